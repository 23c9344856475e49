// SPDX-License-Identifier: BSL-1.0
#include <mica/core/given_text.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <type_traits>

namespace unit_core_given_text {
namespace {

using mica::detail::as_given;
using mica::detail::AsGiven;
using mica::detail::text_of;
using namespace std::string_view_literals;

TEST(GivenText, of_an_array_ends_at_its_first_nul) {
    static_assert(text_of("a\0b") == "a"sv);
    static_assert(text_of("") == ""sv);
    constexpr char filled_up[8] = "abc";
    static_assert(text_of(filled_up) == "abc"sv);
    char buffer[8] = "ab\0c";
    EXPECT_EQ(as_given(buffer), "ab"sv);
}

TEST(GivenText, of_an_array_without_a_nul_is_all_of_it) {
    constexpr char unended[3] = {'a', 'b', 'c'};
    static_assert(text_of(unended) == "abc"sv);
    char buffer[2] = {'x', 'y'};
    EXPECT_EQ(text_of(buffer), "xy"sv);
}

TEST(GivenText, keeps_the_nuls_of_what_has_a_length) {
    static_assert(text_of("a\0b"sv) == "a\0b"sv);
    EXPECT_EQ(text_of(std::string("a\0b", 3)), "a\0b"sv);
}

TEST(GivenText, is_never_a_null_pointer) {
    const char* const text = "a";
    EXPECT_EQ(text_of(text), "a"sv);
    const char* const nothing = nullptr;
    char* const no_buffer = nullptr;
    EXPECT_THROW(static_cast<void>(text_of(nothing)), mica::ProgrammingError);
    EXPECT_THROW(static_cast<void>(as_given(nothing)), mica::ProgrammingError);
    EXPECT_THROW(static_cast<void>(as_given(no_buffer)), mica::ProgrammingError);
}

TEST(GivenText, leaves_what_is_no_array_and_no_pointer) {
    static_assert(std::is_same_v<AsGiven<const int&>, int>);
    static_assert(std::is_same_v<AsGiven<std::string>, std::string>);
    static_assert(std::is_same_v<AsGiven<const char(&)[4]>, std::string_view>);
    static_assert(std::is_same_v<AsGiven<const char*>, std::string_view>);
    const int five = 5;
    EXPECT_EQ(&as_given(five), &five);
}

}  // namespace
}  // namespace unit_core_given_text
