// SPDX-License-Identifier: BSL-1.0
#include <mica/core/text.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

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

}  // namespace
