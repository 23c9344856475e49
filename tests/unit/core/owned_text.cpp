// SPDX-License-Identifier: BSL-1.0
#include <mica/core/owned_text.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace {

using mica::detail::OwnedText;
using namespace std::string_view_literals;

constexpr std::string_view longer = "longer than what lies in the object itself";

std::string_view view(const OwnedText& text) { return text; }

TEST(OwnedText, is_a_constant_whatever_its_length) {
    static constexpr OwnedText near_text{"short"};
    static constexpr OwnedText far_text{longer};
    static constexpr OwnedText copied{far_text};
    static_assert(static_cast<std::string_view>(near_text) == "short");
    static_assert(static_cast<std::string_view>(copied) == longer);
}

TEST(OwnedText, outlives_what_it_was_made_of) {
    for (const std::size_t size : {std::size_t{0}, std::size_t{5}, OwnedText::near_size, OwnedText::near_size + 1}) {
        std::string given(size, 'x');
        const OwnedText text{given};
        given.assign(size, 'y');
        EXPECT_EQ(view(text), std::string(size, 'x'));
    }
}

TEST(OwnedText, keeps_nuls) { EXPECT_EQ(view(OwnedText{"a\0b"sv}), "a\0b"sv); }

TEST(OwnedText, of_a_copy_is_its_own) {
    const std::string given{longer};
    auto* first = new OwnedText{given};
    const OwnedText copy{*first};
    delete first;
    EXPECT_EQ(view(copy), longer);
}

TEST(OwnedText, moves_and_leaves_an_empty_one) {
    const std::string given{longer};
    OwnedText first{given};
    const OwnedText moved{std::move(first)};
    EXPECT_EQ(view(moved), longer);
    EXPECT_EQ(view(first), "");  // NOLINT(bugprone-use-after-move)
}

TEST(OwnedText, is_assigned_in_either_direction) {
    const std::string given{longer};
    OwnedText text{"short"};
    text = OwnedText{given};
    EXPECT_EQ(view(text), longer);
    const OwnedText& itself = text;
    text = itself;
    EXPECT_EQ(view(text), longer);
    text = OwnedText{"short"};
    EXPECT_EQ(view(text), "short");
}

}  // namespace
