// SPDX-License-Identifier: BSL-1.0
#include <mica/dialect/match_text.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace unit_dialect_match_text {
namespace {

using mica::match_all;
using mica::match_any;
using mica::match_phrase;
using mica::match_prefixes;

TEST(MatchText, quotes_each_word) {
    EXPECT_EQ(match_all("fast cars"), R"("fast" "cars")");
    EXPECT_EQ(match_any("fast cars"), R"("fast" OR "cars")");
    EXPECT_EQ(match_phrase("fast cars"), R"("fast" + "cars")");
    EXPECT_EQ(match_prefixes("fast ca"), R"("fast"* "ca"*)");
}

TEST(MatchText, takes_no_character_for_syntax) {
    EXPECT_EQ(match_all(R"q(say "hi" NOT (a OR b*) title:x -y ^z)q"),
              R"q("say" """hi""" "NOT" "(a" "OR" "b*)" "title:x" "-y" "^z")q");
}

TEST(MatchText, parts_words_by_white_space_and_nul) {
    EXPECT_EQ(match_all(" \t\n a\r\f\vb  "), R"("a" "b")");
    EXPECT_EQ(match_all(std::string_view{"a\0b\0", 4}), R"("a" "b")");
    EXPECT_EQ(match_all("m’a\xc2\xa0réveillé"), "\"m’a\xc2\xa0réveillé\"");
}

TEST(MatchText, of_no_words_is_a_phrase_that_finds_nothing) {
    EXPECT_EQ(match_all(""), R"("")");
    EXPECT_EQ(match_any("  "), R"("")");
    EXPECT_EQ(match_prefixes(std::string_view{"\0", 1}), R"("")");
}

}  // namespace
}  // namespace unit_dialect_match_text
