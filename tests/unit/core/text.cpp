// SPDX-License-Identifier: BSL-1.0
#include <mica/core/text.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>

namespace {

using mica::detail::as_given;
using mica::detail::AsGiven;
using mica::detail::Decimal;
using mica::detail::text_of_array;
using namespace std::string_view_literals;

TEST(Text, is_joined_from_its_parts) {
    EXPECT_EQ(mica::detail::join({"a", "", "\0b"sv, "c"}), "a\0bc"sv);
    std::string text = "x";
    mica::detail::append(text, {"y", "z"});
    EXPECT_EQ(text, "xyz");
}

TEST(Text, of_a_literal_keeps_the_nuls_inside_of_it) {
    static_assert(text_of_array("a\0b") == "a\0b"sv);
    static_assert(text_of_array("") == ""sv);
}

TEST(Text, of_a_buffer_ends_at_its_first_nul) {
    constexpr char filled_up[8] = "abc";
    static_assert(text_of_array(filled_up) == "abc"sv);
    constexpr char unended[3] = {'a', 'b', 'c'};
    static_assert(text_of_array(unended) == "abc"sv);
    char buffer[8] = "ab\0c";
    EXPECT_EQ(as_given(buffer), "ab"sv);
}

TEST(Text, of_anything_else_is_left_as_it_is) {
    static_assert(std::is_same_v<AsGiven<const int&>, int>);
    static_assert(std::is_same_v<AsGiven<std::string>, std::string>);
    static_assert(std::is_same_v<AsGiven<const char(&)[4]>, std::string_view>);
    const int five = 5;
    EXPECT_EQ(&as_given(five), &five);
}

TEST(Decimals, have_every_digit_of_every_number) {
    static_assert(std::string_view{Decimal{0}} == "0");
    static_assert(std::string_view{Decimal{-7}} == "-7");
    static_assert(std::string_view{Decimal{std::numeric_limits<std::int64_t>::max()}} == "9223372036854775807");
    static_assert(std::string_view{Decimal{std::numeric_limits<std::int64_t>::min()}} == "-9223372036854775808");
}

}  // namespace
