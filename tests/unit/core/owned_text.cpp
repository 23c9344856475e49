// SPDX-License-Identifier: BSL-1.0
#include <mica/core/owned_text.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <type_traits>

namespace unit_core_owned_text {
namespace {

using mica::detail::OwnedText;
using mica::detail::text_capacity;
using namespace std::string_view_literals;

TEST(OwnedText, is_a_constant_that_is_copied_as_its_bytes) {
    constexpr OwnedText<16> text{"short"};
    constexpr OwnedText<16> copy{text};
    static_assert(static_cast<std::string_view>(copy) == "short");
    static_assert(std::is_trivially_copyable_v<OwnedText<16>> && std::is_trivially_destructible_v<OwnedText<16>>);
}

TEST(OwnedText, is_not_what_it_was_made_of) {
    std::string given(16, 'x');
    const OwnedText<16> text{given};
    given.assign(16, 'y');
    EXPECT_EQ(static_cast<std::string_view>(text), std::string(16, 'x'));
}

TEST(OwnedText, keeps_nuls) { EXPECT_EQ(static_cast<std::string_view>(OwnedText<16>{"a\0b"sv}), "a\0b"sv); }

TEST(OwnedText, has_few_capacities) {
    static_assert(text_capacity(1) == 16 && text_capacity(16) == 16);
    static_assert(text_capacity(17) == 64 && text_capacity(64) == 64);
    static_assert(text_capacity(65) == 256);
}

}  // namespace
}  // namespace unit_core_owned_text
