// SPDX-License-Identifier: BSL-1.0
#include <mica/codec/text.hpp>

#include <support/fake_cell.hpp>

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

namespace unit_codec_text {
namespace {

using mica::DecodeFlaw;
using mica::Lifetime;
using mica::StorageClass;
using mica::test::flaw_of;
using mica::test::integer_cell;
using mica::test::null_cell;
using mica::test::read_as;
using mica::test::round_trip;
using mica::test::sent;
using mica::test::text_cell;

using namespace std::string_literals;
using namespace std::string_view_literals;

static_assert(!mica::Storable<const char*> && !mica::Storable<char[4]>);
static_assert(mica::storage_class_of<std::string> == StorageClass::text);
static_assert(mica::storage_class_of<std::string_view> == StorageClass::text);

TEST(TextCodec, keeps_text_in_any_language) {
    for (const std::string& text :
         {"plain"s, "🐍 m’a réveillé … «…»"s, "測試"s, "some 'text' hey \"hi there\""s, "\\ % _ %%"s}) {
        EXPECT_EQ(sent(text).text, text);
        EXPECT_EQ(round_trip(text), text);
    }
}

TEST(TextCodec, keeps_an_embedded_nul) {
    const std::string text = "a\0b\0"s;
    EXPECT_EQ(sent(text).text.size(), 4U);
    EXPECT_EQ(round_trip(text), text);
    EXPECT_EQ(read_as<std::string_view>(text_cell("\0"sv)), "\0"sv);
}

TEST(TextCodec, keeps_bytes_that_are_no_utf_8) { EXPECT_EQ(round_trip("\xff\xfe"s), "\xff\xfe"s); }

TEST(TextCodec, an_empty_text_is_not_null) {
    EXPECT_EQ(sent(std::string{}).storage, StorageClass::text);
    EXPECT_EQ(sent(std::string_view{}).storage, StorageClass::text);
    EXPECT_EQ(sent(std::optional<std::string>{""}).storage, StorageClass::text);
    EXPECT_EQ(read_as<std::string>(text_cell("")), "");
    EXPECT_EQ(read_as<std::optional<std::string>>(text_cell("")), "");
    EXPECT_EQ(read_as<std::string>(text_cell(std::string_view{})), "");
}

TEST(TextCodec, null_is_refused_but_for_an_optional) {
    EXPECT_EQ(flaw_of<std::string>(null_cell()), DecodeFlaw::null);
    EXPECT_EQ(flaw_of<std::string_view>(null_cell()), DecodeFlaw::null);
    EXPECT_EQ(read_as<std::optional<std::string>>(null_cell()), std::nullopt);
}

TEST(TextCodec, a_number_is_not_read_as_text) {
    EXPECT_EQ(flaw_of<std::string>(integer_cell(1)), DecodeFlaw::storage_class);
}

TEST(TextCodec, replaces_what_the_string_held) {
    std::string out = "what was there before, and longer";
    EXPECT_EQ(mica::decode(text_cell("new"), out), DecodeFlaw::none);
    EXPECT_EQ(out, "new");
}

TEST(TextCodec, fills_an_optional_string_whether_it_held_one_or_not) {
    std::optional<std::string> out;
    EXPECT_EQ(mica::decode(text_cell("first, and too long to live inside of the object"), out), DecodeFlaw::none);
    EXPECT_EQ(out, "first, and too long to live inside of the object");
    EXPECT_EQ(mica::decode(text_cell("next"), out), DecodeFlaw::none);
    EXPECT_EQ(out, "next");
}

TEST(TextCodec, sends_a_view_of_the_strings_own_bytes) {
    const std::string text = "long enough to live on the heap, where its address stays";
    EXPECT_EQ(sent(text, Lifetime::borrowed).data, text.data());
    EXPECT_EQ(sent(text, Lifetime::borrowed).lifetime, Lifetime::borrowed);
    EXPECT_EQ(sent(text, Lifetime::copied).lifetime, Lifetime::copied);
    EXPECT_EQ(sent(std::optional{text}, Lifetime::borrowed).lifetime, Lifetime::borrowed);
    EXPECT_EQ(sent(std::string_view{text}, Lifetime::borrowed).lifetime, Lifetime::borrowed);
}

TEST(TextCodec, a_string_view_reads_the_cells_own_bytes) {
    const std::string row = "of a row";
    EXPECT_EQ(read_as<std::string_view>(text_cell(row)).data(), row.data());
}

}  // namespace
}  // namespace unit_codec_text
