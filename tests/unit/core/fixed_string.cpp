// SPDX-License-Identifier: BSL-1.0
#include <mica/core/fixed_string.hpp>

#include <gtest/gtest.h>

#include <string_view>
#include <type_traits>

namespace unit_core_fixed_string {
namespace {

using mica::FixedString;

template <FixedString text>
struct Named {
    static constexpr std::string_view name = text.view();
};

TEST(FixedString, shows_the_literal_without_its_end) {
    EXPECT_EQ(Named<"boss">::name, "boss");
    EXPECT_EQ(Named<"">::name, "");
    EXPECT_EQ(Named<"測試">::name, "測試");
}

TEST(FixedString, keeps_an_embedded_nul) {
    using namespace std::string_view_literals;
    EXPECT_EQ(Named<"a\0b">::name, "a\0b"sv);
}

TEST(FixedString, equal_literals_make_one_type_and_others_make_others) {
    static_assert(std::is_same_v<Named<"boss">, Named<"boss">>);
    static_assert(!std::is_same_v<Named<"boss">, Named<"bos">>);
    static_assert(!std::is_same_v<Named<"a">, Named<"a\0">>);
    EXPECT_NE((Named<"boss">::name), (Named<"Boss">::name));
}

}  // namespace
}  // namespace unit_core_fixed_string
