// SPDX-License-Identifier: BSL-1.0
#include <mica/codec/enumeration.hpp>

#include <support/caught.hpp>
#include <support/fake_cell.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace unit_enumeration {

enum class Color { red, green = 7, blue };
enum class Small : std::uint8_t { low = 0, high = 255 };
enum class Signed : std::int16_t { below = -3, zero = 0, same = 0 };
enum class Switch : bool { off, on };
enum class Wide : std::uint64_t { one = 1 };
enum class Letter : char { a = 'a' };
enum Old { old_zero, old_three = 3 };
enum OldFixed : int { old_minus = -1, old_plus = 1 };
enum class Outermost : std::int8_t { lowest = -128, highest = 127 };
enum class Ends { lowest = -128, highest = 255, too_low = -129, too_high = 256 };
enum class Farther : std::int64_t { near = 1, far = INT64_MAX };
enum class Finish { matte, gloss };

template <class Value>
struct Box {
    enum class Inner { first, second };
    Value value;
};

}  // namespace unit_enumeration

/// The form in which the name of a codec's base is the enum's own.
template <>
struct mica::Codec<unit_enumeration::Finish> : mica::EnumText<unit_enumeration::Finish> {};

namespace unit_enumeration {

using mica::DecodeFlaw;
using mica::EnumText;
using mica::Lifetime;
using mica::Storable;
using mica::storage_class_of;
using mica::StorageClass;
using mica::test::caught;
using mica::test::flaw_of;
using mica::test::integer_cell;
using mica::test::null_cell;
using mica::test::read_as;
using mica::test::round_trip;
using mica::test::sent;
using mica::test::text_cell;

static_assert(storage_class_of<Color> == StorageClass::integer);
static_assert(storage_class_of<EnumText<Color>> == StorageClass::text);
static_assert(storage_class_of<Finish> == StorageClass::text);
static_assert(storage_class_of<std::optional<EnumText<Color>>> == StorageClass::text);
// An enum is as storable as its underlying type, but its names always are.
static_assert(!Storable<Wide> && !Storable<Letter>);
static_assert(Storable<EnumText<Wide>> && Storable<EnumText<Letter>>);

TEST(EnumCodec, is_stored_as_its_number) {
    EXPECT_EQ(sent(Color::green).storage, StorageClass::integer);
    EXPECT_EQ(sent(Color::green).integer, 7);
    EXPECT_EQ(sent(Signed::below).integer, -3);
    EXPECT_EQ(sent(Switch::on).integer, 1);
    EXPECT_EQ(sent(old_three).integer, 3);
}

TEST(EnumCodec, round_trips) {
    EXPECT_EQ(round_trip(Color::blue), Color::blue);
    EXPECT_EQ(round_trip(Small::high), Small::high);
    EXPECT_EQ(round_trip(Signed::below), Signed::below);
    EXPECT_EQ(round_trip(Switch::off), Switch::off);
    EXPECT_EQ(round_trip(old_three), old_three);
    EXPECT_EQ(round_trip(old_minus), old_minus);
    EXPECT_EQ(round_trip(std::optional<Color>{}), std::nullopt);
}

TEST(EnumCodec, a_number_without_a_name_is_kept) {
    EXPECT_EQ(static_cast<int>(read_as<Color>(integer_cell(1234))), 1234);
}

TEST(EnumCodec, a_number_outside_the_underlying_type_is_refused) {
    EXPECT_EQ(flaw_of<Small>(integer_cell(256)), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<Small>(integer_cell(-1)), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<Signed>(integer_cell(32768)), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<Color>(integer_cell(std::int64_t{1} << 32)), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<Switch>(integer_cell(2)), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<std::optional<Small>>(integer_cell(256)), DecodeFlaw::range);
}

TEST(EnumCodec, a_name_is_not_read_as_a_number) {
    EXPECT_EQ(flaw_of<Color>(text_cell("red")), DecodeFlaw::storage_class);
    EXPECT_EQ(flaw_of<Color>(null_cell()), DecodeFlaw::null);
}

TEST(EnumText, is_stored_as_its_name) {
    EXPECT_EQ(sent(EnumText{Color::red}).text, "red");
    EXPECT_EQ(sent(EnumText{Color::green}).text, "green");
    EXPECT_EQ(sent(Finish::gloss).text, "gloss");
}

TEST(EnumText, round_trips_as_a_fields_type) {
    for (const Color color : {Color::red, Color::green, Color::blue}) {
        EXPECT_EQ(round_trip(EnumText{color}), color);
    }
    EXPECT_EQ(round_trip(std::optional<EnumText<Color>>{}), std::nullopt);
    EXPECT_EQ(round_trip(std::optional<EnumText<Color>>{Color::blue}), EnumText{Color::blue});
}

TEST(EnumText, round_trips_as_the_base_of_a_codec) {
    EXPECT_EQ(round_trip(Finish::matte), Finish::matte);
    EXPECT_EQ(read_as<Finish>(text_cell("gloss")), Finish::gloss);
    EXPECT_EQ(read_as<std::optional<Finish>>(text_cell("gloss")), Finish::gloss);
}

TEST(EnumText, an_unknown_name_is_refused) {
    for (const std::string_view text : {"", "Red", "reds", "re", "0", "Color::red", "red "}) {
        EXPECT_EQ(flaw_of<EnumText<Color>>(text_cell(text)), DecodeFlaw::range) << text;
        EXPECT_EQ(flaw_of<Finish>(text_cell(text)), DecodeFlaw::range) << text;
    }
    EXPECT_EQ(flaw_of<EnumText<Color>>(integer_cell(0)), DecodeFlaw::storage_class);
    EXPECT_EQ(flaw_of<EnumText<Color>>(null_cell()), DecodeFlaw::null);
}

TEST(EnumText, a_value_without_a_name_cannot_be_stored) {
    for (const int number : {1, -1, 9, 255, 256, -129, 1000000}) {
        EXPECT_THROW(sent(EnumText{static_cast<Color>(number)}), mica::DataError) << number;
    }
    EXPECT_THROW(sent(static_cast<Finish>(2)), mica::DataError);
    const auto error = caught<mica::DataError>([] { sent(EnumText{static_cast<Color>(1)}); });
    EXPECT_EQ(std::string_view{error.what()}, "mica: an enum value that names no enumerator cannot be stored by name");
}

TEST(EnumText, knows_the_names_from_minus_128_to_255) {
    EXPECT_EQ(sent(EnumText{Ends::lowest}).text, "lowest");
    EXPECT_EQ(sent(EnumText{Ends::highest}).text, "highest");
    EXPECT_EQ(round_trip(EnumText{Ends::lowest}), Ends::lowest);
    EXPECT_EQ(round_trip(EnumText{Ends::highest}), Ends::highest);
    EXPECT_THROW(sent(EnumText{Ends::too_low}), mica::DataError);
    EXPECT_THROW(sent(EnumText{Ends::too_high}), mica::DataError);
    EXPECT_EQ(flaw_of<EnumText<Ends>>(text_cell("too_low")), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<EnumText<Ends>>(text_cell("too_high")), DecodeFlaw::range);
}

TEST(EnumText, knows_the_whole_range_of_a_small_underlying_type) {
    EXPECT_EQ(round_trip(EnumText{Small::high}), Small::high);
    EXPECT_EQ(sent(EnumText{Small::high}).text, "high");
    EXPECT_EQ(round_trip(EnumText{Outermost::lowest}), Outermost::lowest);
    EXPECT_EQ(round_trip(EnumText{Outermost::highest}), Outermost::highest);
    EXPECT_EQ(round_trip(EnumText{Switch::on}), Switch::on);
    EXPECT_EQ(sent(EnumText{Switch::off}).text, "off");
    EXPECT_EQ(sent(EnumText{Letter::a}).text, "a");
}

TEST(EnumText, takes_a_wide_underlying_type) {
    EXPECT_EQ(round_trip(EnumText{Wide::one}), Wide::one);
    EXPECT_EQ(round_trip(EnumText{Farther::near}), Farther::near);
    EXPECT_THROW(sent(EnumText{Farther::far}), mica::DataError);
    EXPECT_THROW(sent(EnumText{static_cast<Wide>(UINT64_MAX)}), mica::DataError);
}

TEST(EnumText, takes_enums_without_class) {
    EXPECT_EQ(sent(EnumText{old_zero}).text, "old_zero");
    EXPECT_EQ(round_trip(EnumText{old_three}), old_three);
    EXPECT_EQ(sent(EnumText{old_minus}).text, "old_minus");
    EXPECT_EQ(round_trip(EnumText{old_minus}), old_minus);
}

TEST(EnumText, two_names_of_one_value_are_one_name) {
    EXPECT_EQ(sent(EnumText{Signed::same}).text, "zero");
    EXPECT_EQ(flaw_of<EnumText<Signed>>(text_cell("same")), DecodeFlaw::range);
}

TEST(EnumText, the_names_outlive_the_value) {
    EXPECT_EQ(sent(EnumText{Color::red}, Lifetime::borrowed).lifetime, Lifetime::borrowed);
    EXPECT_EQ(sent(EnumText{Color::red}).data, sent(EnumText{Color::red}).data);
}

TEST(EnumText, is_made_of_and_becomes_its_enum) {
    EnumText<Color> color = Color::blue;
    EXPECT_TRUE(color == Color::blue);
    color = Color::green;
    const Color plain = color;
    EXPECT_EQ(plain, Color::green);
    EXPECT_EQ(EnumText<Color>{}, Color::red);
}

TEST(EnumText, takes_an_enum_of_a_class_template) {
    EXPECT_EQ(sent(EnumText{Box<int>::Inner::second}).text, "second");
    EXPECT_EQ(read_as<EnumText<Box<Color>::Inner>>(text_cell("first")), Box<Color>::Inner::first);
}

/// Its enumerators are never mentioned before their names are asked for.
TEST(EnumText, takes_an_enum_of_a_class_template_that_nothing_else_needs) {
    EXPECT_EQ(flaw_of<EnumText<Box<long>::Inner>>(text_cell("second")), DecodeFlaw::none);
}

TEST(EnumText, takes_a_local_enum) {
    enum class Local { here, there };
    EXPECT_EQ(sent(EnumText{Local::there}).text, "there");
    EXPECT_EQ(round_trip(EnumText{Local::here}), Local::here);
    EXPECT_THROW(sent(EnumText{static_cast<Local>(2)}), mica::DataError);
}

TEST(EnumText, takes_an_enum_of_a_lambda) {
    [] {
        enum class Hidden { away };
        EXPECT_EQ(sent(EnumText{Hidden::away}).text, "away");
        EXPECT_THROW(sent(EnumText{static_cast<Hidden>(1)}), mica::DataError);
    }();
}

namespace {

enum class Nameless { kept, secret };

TEST(EnumText, takes_an_enum_of_an_anonymous_namespace) {
    EXPECT_EQ(mica::test::sent(mica::EnumText{Nameless::secret}).text, "secret");
    EXPECT_EQ(mica::test::round_trip(mica::EnumText{Nameless::kept}), Nameless::kept);
    EXPECT_THROW(mica::test::sent(mica::EnumText{static_cast<Nameless>(2)}), mica::DataError);
    using Inner = unit_enumeration::Box<Nameless>::Inner;
    EXPECT_EQ(mica::test::sent(mica::EnumText{Inner::first}).text, "first");
}

}  // namespace
}  // namespace unit_enumeration

enum class GloballyNamed { alone };

TEST(EnumText, takes_an_enum_of_no_namespace) {
    EXPECT_EQ(mica::test::sent(mica::EnumText{GloballyNamed::alone}).text, "alone");
}
