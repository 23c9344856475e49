// SPDX-License-Identifier: BSL-1.0
#include <mica/session/object/pointer_set.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <vector>

namespace unit_session_pointer_set {
namespace {

/// A list of addresses in an array, and the set beside it.
struct PointerSet : testing::Test {
    int objects[1000]{};
    std::vector<int*> list{};
    mica::detail::PointerSet<int> set{};

    void add(std::size_t index) {
        list.push_back(&objects[index]);
        set.add(&objects[index]);
    }
    bool contains(std::size_t index) {
        const auto itself = [](const int* each) { return each; };
        set.learn(list, itself);
        return set.contains(list, &objects[index], itself);
    }
};

TEST_F(PointerSet, finds_in_a_short_list) {
    EXPECT_FALSE(contains(0));
    add(0);
    add(2);
    EXPECT_TRUE(contains(0));
    EXPECT_FALSE(contains(1));
    EXPECT_TRUE(contains(2));
}

TEST_F(PointerSet, finds_in_a_long_list_also_what_came_after_the_first_question) {
    for (std::size_t i = 0; i < 40; i += 2) add(i);
    EXPECT_TRUE(contains(38));
    for (std::size_t i = 40; i < 1000; i += 2) add(i);
    for (std::size_t i = 0; i < 1000; ++i) EXPECT_EQ(contains(i), i % 2 == 0) << i;
}

TEST_F(PointerSet, loses_what_is_removed_and_nothing_else) {
    for (std::size_t i = 0; i < 1000; ++i) add(i);
    EXPECT_TRUE(contains(999));
    for (std::size_t i = 0; i < 900; ++i) {
        const std::size_t index = i * 7 % 1000;
        std::erase(list, &objects[index]);
        set.remove(&objects[index]);
        EXPECT_FALSE(contains(index));
    }
    for (std::size_t i = 0; i < 1000; ++i) EXPECT_EQ(contains(i * 7 % 1000), i >= 900) << i;
    set.remove(&objects[0]);
    add(0);
    EXPECT_TRUE(contains(0));
}

TEST_F(PointerSet, looks_again_once_it_has_been_told_to_forget) {
    for (std::size_t i = 0; i < 100; ++i) add(i);
    EXPECT_TRUE(contains(0));
    list.erase(list.begin());
    set.forget();
    EXPECT_FALSE(contains(0));
    EXPECT_TRUE(contains(1));
}

}  // namespace
}  // namespace unit_session_pointer_set
