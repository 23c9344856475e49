// SPDX-License-Identifier: BSL-1.0
#include <mica/core/probe_table.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <random>

namespace unit_core_probe_table {
namespace {

/// Numbers, each under a hash that several have.
struct Slot {
    int number = 0;

    bool is_empty() const { return number == 0; }
    std::uint64_t hash() const { return static_cast<std::uint64_t>(number) / 4; }
};
using Numbers = mica::detail::ProbeTable<Slot>;

const Slot& find(const Numbers& numbers, int wanted) {
    return numbers.find(Slot{wanted}.hash(), [wanted](const Slot& slot) { return slot.number == wanted; });
}

void add(Numbers& numbers, int number) {
    numbers.reserve(numbers.size() + 1);
    numbers.add({number});
}

TEST(ProbeTable, has_no_places_until_room_is_made) {
    Numbers numbers;
    EXPECT_TRUE(numbers.has_no_places());
    EXPECT_FALSE(numbers.has_room());
    numbers.reserve(1);
    EXPECT_FALSE(numbers.has_no_places());
    EXPECT_TRUE(numbers.has_room());
    EXPECT_EQ(numbers.size(), 0U);
}

TEST(ProbeTable, finds_each_of_those_with_one_hash) {
    Numbers numbers;
    for (const int number : {4, 5, 6, 7}) add(numbers, number);
    for (const int number : {4, 5, 6, 7}) EXPECT_EQ(find(numbers, number).number, number);
    EXPECT_TRUE(find(numbers, 8).is_empty());
}

TEST(ProbeTable, erasing_moves_up_those_that_stepped_aside) {
    Numbers numbers;
    for (const int number : {60, 61, 62, 1, 4}) add(numbers, number);  // from the last of 16 places around to the first
    numbers.erase(find(numbers, 60));
    for (const int number : {61, 62, 1, 4}) EXPECT_EQ(find(numbers, number).number, number);
    EXPECT_TRUE(find(numbers, 60).is_empty());
    EXPECT_EQ(numbers.size(), 4U);
}

TEST(ProbeTable, keeps_everything_while_it_grows) {
    Numbers numbers;
    for (int number = 1; number < 1000; ++number) add(numbers, number);
    for (int number = 1; number < 1000; ++number) EXPECT_EQ(find(numbers, number).number, number);
}

TEST(ProbeTable, behaves_as_a_map_does) {
    std::mt19937 random{7};
    std::uniform_int_distribution<int> any{1, 200};
    Numbers numbers;
    std::map<int, bool> model;
    for (int step = 0; step < 20000; ++step) {
        const int number = any(random);
        bool& is_there = model[number];
        ASSERT_EQ(!numbers.has_no_places() && !find(numbers, number).is_empty(), is_there);
        if (is_there) {
            numbers.erase(find(numbers, number));
        } else {
            add(numbers, number);
        }
        is_there = !is_there;
    }
    numbers.clear();
    EXPECT_EQ(numbers.size(), 0U);
}

}  // namespace
}  // namespace unit_core_probe_table
