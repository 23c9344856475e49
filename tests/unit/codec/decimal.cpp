// SPDX-License-Identifier: BSL-1.0
#include <mica/decimal.hpp>

#include <support/fake_cell.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <type_traits>

namespace unit_codec_decimal {
namespace {

using mica::DataError;
using mica::decimal;
using mica::StorageClass;
using Money = decimal<2>;

constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t greatest = std::numeric_limits<std::int64_t>::max();

template <int scale>
std::optional<std::int64_t> units(std::string_view text) {
    const auto value = decimal<scale>::parse(text);
    return value ? std::optional{value->units()} : std::nullopt;
}

TEST(Decimal, reads_digits_and_a_point) {
    static_assert(Money{"12.50"}.units() == 1250);
    EXPECT_EQ(units<2>("12.5"), 1250);
    EXPECT_EQ(units<2>("-0.05"), -5);
    EXPECT_EQ(units<2>("+3"), 300);
    EXPECT_EQ(units<2>(".5"), 50);
    EXPECT_EQ(units<2>("7."), 700);
    EXPECT_EQ(units<2>("-0"), 0);
    EXPECT_EQ(units<0>("15"), 15);
    EXPECT_EQ(units<4>("15.7563"), 157563);
    EXPECT_EQ(units<12>("54.234246451650"), 54234246451650);
    EXPECT_EQ(units<12>("0.004354"), 4354000000);
    EXPECT_EQ(units<12>("900.0"), 900'000'000'000'000);
}

TEST(Decimal, reads_an_exponent) {
    EXPECT_EQ(units<12>("1E-2"), 10'000'000'000);
    EXPECT_EQ(units<12>("696E-12"), 696);
    EXPECT_EQ(units<0>("4E+8"), 400'000'000);
    EXPECT_EQ(units<0>("5748E15"), 5'748'000'000'000'000'000);
    EXPECT_EQ(units<2>("1200e-2"), 1200);
    EXPECT_EQ(units<2>("0e999"), 0);
}

TEST(Decimal, takes_more_decimals_only_where_they_are_zero) {
    EXPECT_EQ(units<2>("1.500000000000000000000000"), 150);
    EXPECT_EQ(units<2>("1.505"), std::nullopt);
    EXPECT_EQ(units<2>("1e-3"), std::nullopt);
}

TEST(Decimal, is_no_other_text) {
    for (const std::string_view text :
         {"", "-", ".", "1 ", " 1", "1,5", "1.2.3", "0x10", "1e", "1e+", "e5", "--1", "1e5.0", "nan", "inf"}) {
        EXPECT_EQ(units<2>(text), std::nullopt) << text;
    }
    EXPECT_EQ(units<2>(std::string_view{"1\0", 2}), std::nullopt);
    EXPECT_THROW(Money{"12,50"}, DataError);
}

TEST(Decimal, has_the_whole_range_of_64_bits) {
    EXPECT_EQ(units<2>("92233720368547758.07"), greatest);
    EXPECT_EQ(units<2>("-92233720368547758.08"), least);
    EXPECT_EQ(units<18>("9.223372036854775807"), greatest);
    EXPECT_EQ(units<2>("92233720368547758.08"), std::nullopt);
    EXPECT_EQ(units<2>("-92233720368547758.09"), std::nullopt);
    EXPECT_EQ(units<2>("31943874831932418390.01"), std::nullopt);
    EXPECT_EQ(units<6>("319438950232418390.273596"), std::nullopt);
    EXPECT_EQ(units<0>("1e19"), std::nullopt);
    EXPECT_EQ(units<0>("1e99999999999999999999"), std::nullopt);
    EXPECT_THROW(Money{greatest}, DataError);
}

TEST(Decimal, is_written_with_all_of_its_decimals) {
    EXPECT_EQ(decimal<3>{"1"}.to_string(), "1.000");
    EXPECT_EQ(Money{"-0.05"}.to_string(), "-0.05");
    EXPECT_EQ(Money{"0"}.to_string(), "0.00");
    EXPECT_EQ(decimal<0>{"-7"}.to_string(), "-7");
    EXPECT_EQ(Money::from_units(least).to_string(), "-92233720368547758.08");
    EXPECT_EQ(decimal<18>::from_units(1).to_string(), "0.000000000000000001");
    std::ostringstream out;
    out << Money{"12.5"};
    EXPECT_EQ(out.str(), "12.50");
}

TEST(Decimal, reads_what_it_writes) {
    for (const std::int64_t value : {std::int64_t{0}, std::int64_t{1}, std::int64_t{-1}, std::int64_t{99},
                                     std::int64_t{-100}, least, greatest, std::int64_t{1000000}}) {
        EXPECT_EQ(units<2>(Money::from_units(value).to_string()), value);
        EXPECT_EQ(units<18>(decimal<18>::from_units(value).to_string()), value);
    }
}

TEST(Decimal, calculates_exactly) {
    static_assert(Money{"2.90"} + Money{"37.12"} == Money{"40.02"});
    EXPECT_EQ(Money{"0.30"} - Money{"0.10"}, Money{"0.20"});
    EXPECT_EQ(Money{"0.10"} * 3, Money{"0.30"});
    EXPECT_EQ(3 * Money{"0.10"}, Money{"0.30"});
    EXPECT_EQ(-Money{"0.10"}, Money{"-0.1"});
    EXPECT_EQ(Money{5}, Money{"5.00"});
    EXPECT_LT(Money{"-1"}, Money{"0.99"});
    EXPECT_DOUBLE_EQ(static_cast<double>(Money{"12.50"}), 12.5);
}

TEST(Decimal, refuses_to_overflow) {
    EXPECT_THROW(Money::from_units(greatest) + Money::from_units(1), DataError);
    EXPECT_THROW(Money::from_units(least) - Money::from_units(1), DataError);
    EXPECT_THROW(-Money::from_units(least), DataError);
    EXPECT_THROW(Money::from_units(greatest) * 2, DataError);
    EXPECT_THROW(static_cast<void>(Money::from_units(greatest).round<3>()), DataError);
}

TEST(Decimal, rounds_half_away_from_zero_where_it_is_told_to) {
    EXPECT_EQ(Money{"1.45"}.round<1>(), decimal<1>{"1.5"});
    EXPECT_EQ(Money{"-1.45"}.round<1>(), decimal<1>{"-1.5"});
    EXPECT_EQ(Money{"1.44"}.round<1>(), decimal<1>{"1.4"});
    EXPECT_EQ(Money{"1.00"}.round<0>(), decimal<0>{"1"});
    EXPECT_EQ(Money{"1.45"}.round<4>(), decimal<4>{"1.4500"});
    EXPECT_EQ(decimal<18>::from_units(least).round<0>(), decimal<0>{"-9"});
}

TEST(Decimal, is_never_made_of_a_binary_fraction) {
    static_assert(!std::is_constructible_v<Money, double>);
    static_assert(!std::is_convertible_v<int, Money>);
    static_assert(!std::is_constructible_v<Money, decimal<3>>);
}

TEST(Decimal, is_stored_as_a_whole_number_of_units) {
    EXPECT_EQ(mica::test::sent(Money{"12.50"}).integer, 1250);
    EXPECT_EQ(mica::test::round_trip(Money{"-0.05"}), Money{"-0.05"});
    EXPECT_EQ(mica::test::round_trip(std::optional<Money>{}), std::nullopt);
    EXPECT_EQ(mica::test::flaw_of<Money>(mica::test::real_cell(12.5)), mica::DecodeFlaw::storage_class);
    static_assert(mica::is_additive<Money> && mica::storage_class_of<Money> == StorageClass::integer);
}

}  // namespace
}  // namespace unit_codec_decimal
