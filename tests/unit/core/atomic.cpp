// SPDX-License-Identifier: BSL-1.0
#include <mica/core/atomic.hpp>

#include <gtest/gtest.h>

#include <thread>

namespace unit_atomic {

using mica::detail::Atomic;

TEST(Atomic, loads_what_was_stored) {
    Atomic<int> number{7};
    EXPECT_EQ(number.load(), 7);
    number.store(8);
    EXPECT_EQ(number.load(), 8);
}

TEST(Atomic, gives_the_value_before_the_increment) {
    Atomic<unsigned> number{7};
    EXPECT_EQ(number.increment(), 7U);
    EXPECT_EQ(number.load(), 8U);
}

TEST(Atomic, tells_the_last_reference_from_the_others) {
    Atomic<int> references{2};
    EXPECT_FALSE(references.decrement_to_zero());
    EXPECT_TRUE(references.decrement_to_zero());
}

TEST(Atomic, replaces_the_value_that_was_expected) {
    Atomic<int> number{0};
    int expected = 0;
    EXPECT_TRUE(number.replace(expected, 5));
    EXPECT_EQ(number.load(), 5);
}

TEST(Atomic, tells_the_value_where_it_was_not_the_expected_one) {
    Atomic<int> number{5};
    int expected = 0;
    EXPECT_FALSE(number.replace(expected, 6));
    EXPECT_EQ(expected, 5);
    EXPECT_EQ(number.load(), 5);
}

TEST(Atomic, counts_what_two_threads_count) {
    Atomic<int> number{0};
    const auto count = [&number] {
        for (int i = 0; i < 10'000; ++i) static_cast<void>(number.increment());
    };
    std::thread other{count};
    count();
    other.join();
    EXPECT_EQ(number.load(), 20'000);
}

}  // namespace unit_atomic
