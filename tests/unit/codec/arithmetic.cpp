// SPDX-License-Identifier: BSL-1.0
#include <mica/codec/arithmetic.hpp>

#include <support/fake_cell.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>

namespace unit_codec_arithmetic {
namespace {

using mica::DecodeFlaw;
using mica::Storable;
using mica::storage_class_of;
using mica::StorageClass;
using mica::test::flaw_of;
using mica::test::integer_cell;
using mica::test::null_cell;
using mica::test::read_as;
using mica::test::real_cell;
using mica::test::round_trip;
using mica::test::sent;

// Neither half of a 64-bit unsigned integer is better than the other, and a character is no number.
static_assert(!Storable<unsigned long> && !Storable<unsigned long long> && !Storable<std::optional<std::uint64_t>>);
static_assert(!Storable<char> && !Storable<wchar_t> && !Storable<char8_t> && !Storable<char16_t> &&
              !Storable<char32_t>);
static_assert(!Storable<long double>);
static_assert(!mica::StoredInteger<bool> && Storable<bool>);

__extension__ using Wide = __int128;
__extension__ using WideUnsigned = unsigned __int128;
static_assert(!Storable<Wide> && !Storable<WideUnsigned>);

template <class Integer>
class IntegerCodec : public testing::Test {
protected:
    static constexpr std::int64_t smallest = static_cast<std::int64_t>(std::numeric_limits<Integer>::min());
    static constexpr std::int64_t largest = static_cast<std::int64_t>(std::numeric_limits<Integer>::max());
};

using Integers = testing::Types<signed char, unsigned char, short, unsigned short, int, unsigned int, long, long long>;
TYPED_TEST_SUITE(IntegerCodec, Integers);

TYPED_TEST(IntegerCodec, is_stored_as_integer) {
    EXPECT_EQ(storage_class_of<TypeParam>, StorageClass::integer);
    EXPECT_EQ(sent(TypeParam{1}).storage, StorageClass::integer);
}

TYPED_TEST(IntegerCodec, both_ends_of_the_range_round_trip) {
    EXPECT_EQ(sent(std::numeric_limits<TypeParam>::min()).integer, this->smallest);
    EXPECT_EQ(sent(std::numeric_limits<TypeParam>::max()).integer, this->largest);
    EXPECT_EQ(read_as<TypeParam>(integer_cell(this->smallest)), std::numeric_limits<TypeParam>::min());
    EXPECT_EQ(read_as<TypeParam>(integer_cell(this->largest)), std::numeric_limits<TypeParam>::max());
    EXPECT_EQ(round_trip(TypeParam{}), TypeParam{});
}

TYPED_TEST(IntegerCodec, a_real_is_refused_even_where_it_is_whole) {
    EXPECT_EQ(flaw_of<TypeParam>(real_cell(1.0)), DecodeFlaw::storage_class);
    EXPECT_EQ(flaw_of<TypeParam>(null_cell()), DecodeFlaw::null);
}

TYPED_TEST(IntegerCodec, an_optional_holds_the_same_range) {
    using Optional = std::optional<TypeParam>;
    EXPECT_EQ(round_trip(Optional{std::numeric_limits<TypeParam>::min()}), std::numeric_limits<TypeParam>::min());
    EXPECT_EQ(round_trip(Optional{std::numeric_limits<TypeParam>::max()}), std::numeric_limits<TypeParam>::max());
    EXPECT_EQ(round_trip(Optional{}), std::nullopt);
}

template <class Integer>
class NarrowIntegerCodec : public IntegerCodec<Integer> {};

using NarrowIntegers = testing::Types<signed char, unsigned char, short, unsigned short, int, unsigned int>;
TYPED_TEST_SUITE(NarrowIntegerCodec, NarrowIntegers);

TYPED_TEST(NarrowIntegerCodec, the_first_values_outside_the_range_are_refused) {
    EXPECT_EQ(flaw_of<TypeParam>(integer_cell(this->smallest - 1)), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<TypeParam>(integer_cell(this->largest + 1)), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<std::optional<TypeParam>>(integer_cell(this->largest + 1)), DecodeFlaw::range);
}

TYPED_TEST(NarrowIntegerCodec, what_would_wrap_to_a_small_number_is_refused) {
    EXPECT_EQ(flaw_of<TypeParam>(integer_cell(std::int64_t{1} << 32)), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<TypeParam>(integer_cell(INT64_MIN)), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<TypeParam>(integer_cell(INT64_MAX)), DecodeFlaw::range);
}

TEST(IntegerCodecOf64Bits, keeps_the_numbers_around_32_and_53_bits) {
    for (const std::int64_t number :
         {std::int64_t{2147483646}, std::int64_t{2147483647}, std::int64_t{2147483648}, std::int64_t{2147483649},
          std::int64_t{1376537018368127}, std::int64_t{9007199254740993}}) {
        EXPECT_EQ(round_trip(number), number);
        EXPECT_EQ(round_trip(-number), -number);
    }
}

TEST(BoolCodec, is_stored_as_0_and_1) {
    EXPECT_EQ(sent(false).integer, 0);
    EXPECT_EQ(sent(true).integer, 1);
    EXPECT_FALSE(read_as<bool>(integer_cell(0)));
    EXPECT_TRUE(read_as<bool>(integer_cell(1)));
}

TEST(BoolCodec, any_other_number_is_refused) {
    for (const std::int64_t number : {std::int64_t{-1}, std::int64_t{2}, std::int64_t{256}, INT64_MIN, INT64_MAX}) {
        EXPECT_EQ(flaw_of<bool>(integer_cell(number)), DecodeFlaw::range) << number;
    }
}

TEST(BoolCodec, has_three_states_as_an_optional) {
    EXPECT_EQ(round_trip(std::optional<bool>{true}), true);
    EXPECT_EQ(round_trip(std::optional<bool>{false}), false);
    EXPECT_EQ(round_trip(std::optional<bool>{}), std::nullopt);
}

TEST(DoubleCodec, keeps_every_bit) {
    using Limits = std::numeric_limits<double>;
    for (const double number : {0.0, 15.7563, 0.1, Limits::min(), Limits::denorm_min(), Limits::max(), Limits::lowest(),
                                Limits::infinity(), -Limits::infinity()}) {
        EXPECT_EQ(sent(number).storage, StorageClass::real);
        EXPECT_EQ(round_trip(number), number);
    }
    EXPECT_TRUE(std::signbit(round_trip(-0.0)));
}

TEST(DoubleCodec, an_integer_cell_is_read_where_the_double_holds_it_exactly) {
    EXPECT_EQ(read_as<double>(integer_cell(1)), 1.0);
    EXPECT_EQ(read_as<double>(integer_cell(-3)), -3.0);
    EXPECT_EQ(read_as<double>(integer_cell(9007199254740992)), 9007199254740992.0);
    EXPECT_EQ(read_as<double>(integer_cell(9007199254740994)), 9007199254740994.0);
    EXPECT_EQ(read_as<double>(integer_cell(INT64_MIN)), -9223372036854775808.0);
    EXPECT_EQ(read_as<double>(integer_cell(INT64_MAX - 1023)), 9223372036854774784.0);
}

TEST(DoubleCodec, an_integer_cell_that_it_cannot_hold_is_refused) {
    for (const std::int64_t number : {std::int64_t{9007199254740993}, std::int64_t{-9007199254740993}, INT64_MAX,
                                      INT64_MAX - 1, INT64_MAX - 512, INT64_MIN + 1}) {
        EXPECT_EQ(flaw_of<double>(integer_cell(number)), DecodeFlaw::range) << number;
    }
}

TEST(DoubleCodec, an_optional_reads_integers_too) {
    EXPECT_EQ(read_as<std::optional<double>>(integer_cell(7)), 7.0);
    EXPECT_EQ(read_as<std::optional<double>>(null_cell()), std::nullopt);
    EXPECT_EQ(flaw_of<std::optional<double>>(integer_cell(INT64_MAX)), DecodeFlaw::range);
}

TEST(FloatCodec, keeps_every_bit) {
    using Limits = std::numeric_limits<float>;
    for (const float number : {0.0F, 0.1F, 15.7563F, Limits::min(), Limits::denorm_min(), Limits::max(),
                               Limits::lowest(), Limits::infinity(), -Limits::infinity()}) {
        EXPECT_EQ(sent(number).storage, StorageClass::real);
        EXPECT_EQ(round_trip(number), number);
    }
    EXPECT_TRUE(std::signbit(round_trip(-0.0F)));
}

TEST(FloatCodec, a_real_out_of_its_range_is_refused) {
    const double largest = static_cast<double>(std::numeric_limits<float>::max());
    const double beyond = std::nextafter(largest, std::numeric_limits<double>::infinity());
    EXPECT_EQ(flaw_of<float>(real_cell(beyond)), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<float>(real_cell(-beyond)), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<float>(real_cell(1e300)), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<float>(real_cell(std::numeric_limits<double>::max())), DecodeFlaw::range);
}

TEST(FloatCodec, a_real_between_two_floats_is_read_as_the_nearest) {
    EXPECT_EQ(read_as<float>(real_cell(0.1)), 0.1F);
    EXPECT_EQ(read_as<float>(real_cell(16777217.0)), 16777216.0F);
    EXPECT_EQ(read_as<float>(real_cell(1e-50)), 0.0F);
    EXPECT_EQ(flaw_of<float>(integer_cell(16777217)), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<float>(real_cell(std::nan(""))), DecodeFlaw::range);
}

TEST(FloatCodec, an_integer_cell_is_read_where_the_float_holds_it_exactly) {
    EXPECT_EQ(read_as<float>(integer_cell(16777216)), 16777216.0F);
    EXPECT_EQ(flaw_of<float>(integer_cell(16777217)), DecodeFlaw::range);
    EXPECT_EQ(flaw_of<float>(integer_cell(INT64_MAX)), DecodeFlaw::range);
}

}  // namespace
}  // namespace unit_codec_arithmetic
