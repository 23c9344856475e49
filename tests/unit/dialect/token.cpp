// SPDX-License-Identifier: BSL-1.0
#include <mica/dialect/token.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace unit_dialect_token {
namespace {

using mica::detail::cut_parentheses;
using mica::detail::cut_token;
using mica::detail::is_word;
using mica::detail::name_of;
using mica::detail::Token;
using mica::detail::trim;

std::vector<std::string> tokens_of(std::string_view sql) {
    std::vector<std::string> texts;
    for (Token token = cut_token(sql); token.kind != 0; token = cut_token(sql)) texts.emplace_back(token.text);
    return texts;
}

std::string first_name(std::string_view sql) { return name_of(cut_token(sql)); }

using Texts = std::vector<std::string>;

TEST(Token, words_numbers_and_signs_are_told_apart) {
    EXPECT_EQ(tokens_of("a>=10,b2"), (Texts{"a", ">", "=", "10", ",", "b2"}));
}

TEST(Token, blanks_and_comments_are_passed_over) {
    EXPECT_EQ(tokens_of("a -- to the end of the line\n\t/* and\nso on */ b/*"), (Texts{"a", "b"}));
}

TEST(Token, a_letter_beyond_ascii_is_one_of_a_word) { EXPECT_EQ(tokens_of("größe+1"), (Texts{"größe", "+", "1"})); }

TEST(Token, a_string_holds_its_doubled_quotes_and_what_looks_like_a_comment) {
    EXPECT_EQ(tokens_of("'it''s -- one' x"), (Texts{"'it''s -- one'", "x"}));
}

TEST(Token, a_string_without_an_end_is_the_rest) { EXPECT_EQ(tokens_of("'abc def"), (Texts{"'abc def"})); }

TEST(Token, a_name_is_the_same_in_each_kind_of_quotes) {
    for (const std::string_view sql : {"my name", "\"my name\"", "`my name`", "[my name]"}) {
        EXPECT_EQ(first_name(sql), sql == "my name" ? "my" : "my name") << sql;
    }
}

TEST(Token, a_doubled_quote_stands_for_one_in_a_name) { EXPECT_EQ(first_name(R"("a""b")"), "a\"b"); }

TEST(Token, a_bracket_inside_of_brackets_is_part_of_the_name) { EXPECT_EQ(first_name("[a[[b]"), "a[[b"); }

TEST(Token, a_word_is_found_in_whatever_case_but_not_in_quotes) {
    std::string_view sql = "Check \"check\" checks";
    EXPECT_TRUE(is_word(cut_token(sql), "CHECK"));
    EXPECT_FALSE(is_word(cut_token(sql), "CHECK"));
    EXPECT_FALSE(is_word(cut_token(sql), "CHECK"));
}

TEST(Token, parentheses_are_cut_with_those_inside_of_them) {
    std::string_view sql = " (a + (b) + ')') , c";
    EXPECT_EQ(cut_parentheses(sql), "a + (b) + ')'");
    EXPECT_EQ(sql, " , c");
}

TEST(Token, parentheses_without_an_end_hold_nothing) {
    std::string_view sql = "(a";
    EXPECT_EQ(cut_parentheses(sql), "");
}

TEST(Token, blanks_around_a_text_are_trimmed) { EXPECT_EQ(trim(" \t\na b\r "), "a b"); }

}  // namespace
}  // namespace unit_dialect_token
