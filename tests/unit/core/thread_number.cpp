// SPDX-License-Identifier: BSL-1.0
#include <mica/core/thread_number.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <thread>

namespace unit_core_thread_number {
namespace {

using mica::detail::thread_number;

TEST(ThreadNumber, stays_the_same) {
    EXPECT_NE(thread_number(), 0U);
    EXPECT_EQ(thread_number(), thread_number());
}

TEST(ThreadNumber, is_another_for_each_thread_also_after_its_end) {
    std::set<std::uint64_t> numbers{thread_number()};
    for (int i = 0; i < 20; ++i) std::thread{[&] { numbers.insert(thread_number()); }}.join();
    EXPECT_EQ(numbers.size(), 21U);
}

}  // namespace
}  // namespace unit_core_thread_number
