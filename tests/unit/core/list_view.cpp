// SPDX-License-Identifier: BSL-1.0
#include <mica/core/list_view.hpp>

#include <gtest/gtest.h>

#include <array>

namespace unit_core_list_view {
namespace {

using mica::ListView;

constexpr std::array<int, 3> numbers{1, 2, 3};

TEST(ListViews, see_the_elements_where_they_are) {
    constexpr ListView<int> view{numbers};
    static_assert(view.size() == 3 && view[2] == 3 && view.data() == numbers.data());
    int sum = 0;
    for (const int& number : view) sum += number;
    EXPECT_EQ(sum, 6);
}

TEST(ListViews, see_a_part) {
    constexpr ListView<int> view{numbers.data() + 1, 1};
    static_assert(view.size() == 1 && view[0] == 2 && !view.empty());
}

TEST(ListViews, are_empty_by_themselves) {
    constexpr ListView<int> view;
    static_assert(view.empty() && view.begin() == view.end());
}

}  // namespace
}  // namespace unit_core_list_view
