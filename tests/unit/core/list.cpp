// SPDX-License-Identifier: BSL-1.0
#include <mica/core/list.hpp>

#include <gtest/gtest.h>

#include <string>
#include <type_traits>
#include <utility>

namespace unit_list {

using mica::ListView;
using mica::detail::List;

List<std::string> words(int count) {
    List<std::string> list;
    for (int i = 0; i < count; ++i)
        list.push_back("a word that is too long to lie inside of a string " + std::to_string(i));
    return list;
}

TEST(List, whose_copy_may_throw_lets_nothing_around_it_promise_otherwise) {
    struct Around {
        List<std::string> list;
    };
    static_assert(!std::is_nothrow_copy_assignable_v<Around>);
    static_assert(std::is_nothrow_move_assignable_v<Around>);
    Around one{words(3)};
    Around other{};
    other = one;
    EXPECT_EQ(other.list.size(), 3U);
    EXPECT_EQ(one.list.back(), other.list.back());
    one = Around{};
    EXPECT_TRUE(one.list.empty());
}

TEST(List, is_empty_at_first) {
    const List<int> list;
    EXPECT_TRUE(list.empty());
    EXPECT_EQ(list.size(), 0U);
    EXPECT_EQ(list.begin(), list.end());
}

TEST(List, keeps_what_is_pushed_while_it_grows) {
    const List<std::string> list = words(100);
    ASSERT_EQ(list.size(), 100U);
    for (std::size_t i = 0; i < 100; ++i) EXPECT_TRUE(list[i].ends_with(" " + std::to_string(i)));
}

TEST(List, takes_one_of_its_own_elements) {
    List<std::string> list = words(4);
    for (int i = 0; i < 20; ++i) list.push_back(list[0]);
    EXPECT_EQ(list.back(), list.front());
}

TEST(List, gives_up_the_last_one) {
    List<std::string> list = words(3);
    list.pop_back();
    EXPECT_EQ(list.size(), 2U);
    EXPECT_TRUE(list.back().ends_with(" 1"));
}

TEST(List, inserts_before_an_element) {
    List<int> list;
    for (const int number : {1, 2, 4}) list.push_back(number);
    list.insert(list.begin() + 2, 3);
    list.insert(list.begin(), 0);
    list.insert(list.end(), 5);
    for (std::size_t i = 0; i < 6; ++i) EXPECT_EQ(list[i], static_cast<int>(i));
}

TEST(List, reserves_without_elements) {
    List<std::string> list = words(2);
    list.reserve(1000);
    const std::string* const first = list.data();
    while (list.size() < 1000) list.push_back("");
    EXPECT_EQ(list.data(), first);
    EXPECT_TRUE(list[1].ends_with(" 1"));
}

TEST(List, resizes_with_values_that_are_zero) {
    List<int*> list;
    list.resize(50);
    ASSERT_EQ(list.size(), 50U);
    for (const int* const pointer : list) EXPECT_EQ(pointer, nullptr);
}

TEST(List, can_be_filled_again_after_it_was_cleared) {
    List<std::string> list = words(9);
    list.clear();
    EXPECT_TRUE(list.empty());
    list.push_back("again");
    EXPECT_EQ(list.front(), "again");
}

TEST(List, is_copied_with_its_elements) {
    List<std::string> list = words(9);
    List<std::string> copy = list;
    EXPECT_EQ(copy, list);
    copy[0] = "other";
    EXPECT_FALSE(copy == list);
    copy = list;
    EXPECT_EQ(copy, list);
}

TEST(List, is_empty_once_it_was_moved) {
    List<std::string> list = words(9);
    const List<std::string> taken = std::move(list);
    EXPECT_EQ(taken, words(9));
    EXPECT_TRUE(list.empty());
    list = words(2);
    EXPECT_EQ(list, words(2));
}

TEST(List, is_unequal_where_a_size_or_an_element_differs) {
    EXPECT_FALSE(words(2) == words(3));
    List<std::string> list = words(2);
    list[1] = "other";
    EXPECT_FALSE(list == words(2));
}

TEST(List, is_viewed_as_it_is) {
    const List<std::string> list = words(3);
    const ListView<std::string> view = list;
    EXPECT_EQ(view.size(), 3U);
    EXPECT_EQ(view.data(), list.data());
}

}  // namespace unit_list
