// SPDX-License-Identifier: BSL-1.0
#include <mica/engine/permit.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

namespace unit_permit {

using mica::detail::Permit;
using namespace std::chrono_literals;

TEST(Permit, is_free_at_first_and_taken_once) {
    Permit permit;
    EXPECT_TRUE(permit.try_acquire());
    EXPECT_FALSE(permit.try_acquire());
    permit.release();
    EXPECT_TRUE(permit.try_acquire());
}

TEST(Permit, is_had_at_once_where_it_is_free) {
    Permit permit;
    EXPECT_TRUE(permit.try_acquire_for(0));
    permit.release();
    permit.acquire();
    EXPECT_FALSE(permit.try_acquire());
}

TEST(Permit, is_waited_for_no_longer_than_told) {
    Permit permit;
    permit.acquire();
    const auto start = std::chrono::steady_clock::now();
    EXPECT_FALSE(permit.try_acquire_for(30));
    EXPECT_GE(std::chrono::steady_clock::now() - start, 29ms);
}

TEST(Permit, is_not_waited_for_where_there_is_no_time) {
    Permit permit;
    permit.acquire();
    EXPECT_FALSE(permit.try_acquire_for(0));
    EXPECT_FALSE(permit.try_acquire_for(-1));
}

TEST(Permit, is_given_back_by_another_thread) {
    Permit permit;
    permit.acquire();
    std::thread other{[&permit] {
        std::this_thread::sleep_for(20ms);
        permit.release();
    }};
    EXPECT_TRUE(permit.try_acquire_for(30'000));
    other.join();
}

TEST(Permit, wakes_who_waits_without_end) {
    Permit permit;
    permit.acquire();
    std::thread other{[&permit] {
        std::this_thread::sleep_for(20ms);
        permit.release();
    }};
    permit.acquire();
    other.join();
    EXPECT_FALSE(permit.try_acquire());
}

TEST(Permit, lets_one_thread_at_a_time_through) {
    Permit permit;
    int inside = 0;
    int passed = 0;
    const auto pass = [&] {
        for (int i = 0; i < 1000; ++i) {
            permit.acquire();
            EXPECT_EQ(++inside, 1);
            ++passed;
            --inside;
            permit.release();
        }
    };
    std::thread other{pass};
    pass();
    other.join();
    EXPECT_EQ(passed, 2000);
}

}  // namespace unit_permit
