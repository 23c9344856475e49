// SPDX-License-Identifier: BSL-1.0
#include <mica/core/text.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace unit_core_text {
namespace {

using mica::detail::Decimal;
using namespace std::string_view_literals;

TEST(Text, is_joined_from_its_parts) {
    EXPECT_EQ(mica::detail::join({"a", "", "\0b"sv, "c"}), "a\0bc"sv);
    std::string text = "x";
    mica::detail::append(text, {"y", "z"});
    EXPECT_EQ(text, "xyz");
}

TEST(Decimals, have_every_digit_of_every_number) {
    static_assert(std::string_view{Decimal{0}} == "0");
    static_assert(std::string_view{Decimal{-7}} == "-7");
    static_assert(std::string_view{Decimal{std::numeric_limits<std::int64_t>::max()}} == "9223372036854775807");
    static_assert(std::string_view{Decimal{std::numeric_limits<std::int64_t>::min()}} == "-9223372036854775808");
}

TEST(Reals, have_the_fewest_digits_that_read_back) {
    const auto text_of = [](double value) {
        std::string text;
        mica::detail::append_real(text, value);
        return text;
    };
    EXPECT_EQ(text_of(0.1), "0.1");
    EXPECT_EQ(text_of(-2.0), "-2");
    EXPECT_EQ(text_of(0.1 + 0.2), "0.30000000000000004");
    EXPECT_EQ(text_of(1e300), "1e+300");
}

TEST(Reals, have_a_point_whatever_the_locale_has_there) {
    std::string text;
    mica::detail::append_with_point(text, "-1,5e-07");
    mica::detail::append_with_point(text, " 0\u066b25"sv.substr(1));
    EXPECT_EQ(text, "-1.5e-070.25");
}

}  // namespace
}  // namespace unit_core_text
