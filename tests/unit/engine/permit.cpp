// SPDX-License-Identifier: BSL-1.0
#include <mica/engine/permit.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <future>
#include <limits>
#include <optional>
#include <thread>
#include <vector>

namespace unit_permit {

using mica::detail::HolderKind;
using mica::detail::Permit;
using mica::detail::Wait;
using namespace std::chrono_literals;

constexpr HolderKind kind = HolderKind::connection;
constexpr std::int64_t for_ever = std::numeric_limits<std::int64_t>::max();

/// What `action` gives in another thread.
template <class Action>
auto elsewhere(Action action) {
    return std::async(std::launch::async, action).get();
}

TEST(Permit, is_free_at_first_and_taken_once) {
    Permit permit;
    EXPECT_TRUE(permit.try_acquire(kind));
    EXPECT_FALSE(permit.try_acquire(kind));
    permit.release();
    EXPECT_TRUE(permit.try_acquire(kind));
}

TEST(Permit, is_had_at_once_where_it_is_free) {
    Permit permit;
    EXPECT_EQ(permit.acquire(kind, 0), Wait::had);
    EXPECT_EQ(permit.counts().waits, 0);
}

TEST(Permit, knows_its_holder) {
    Permit permit;
    permit.acquire(HolderKind::session, 0);
    EXPECT_TRUE(permit.holder.is_this_thread());
    EXPECT_EQ(permit.holder.kind(), HolderKind::session);
    EXPECT_FALSE(elsewhere([&] { return permit.holder.is_this_thread(); }));
    permit.release();
    EXPECT_FALSE(permit.holder.is_this_thread());
}

TEST(Permit, tells_a_thread_at_once_that_it_holds_it_itself) {
    Permit permit;
    permit.acquire(kind, 0);
    EXPECT_EQ(permit.acquire(kind, for_ever), Wait::own);
}

TEST(Permit, is_waited_for_no_longer_than_told) {
    Permit permit;
    permit.acquire(kind, 0);
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(elsewhere([&] { return permit.acquire(kind, 30); }), Wait::timed_out);
    EXPECT_GE(std::chrono::steady_clock::now() - start, 29ms);
    EXPECT_EQ(permit.counts().waits, 1);
    EXPECT_EQ(permit.counts().timeouts, 1);
    EXPECT_GE(permit.counts().longest_ns, 29'000'000);
}

TEST(Permit, is_not_waited_for_where_there_is_no_time) {
    Permit permit;
    permit.acquire(kind, 0);
    EXPECT_EQ(elsewhere([&] { return permit.acquire(kind, 0); }), Wait::timed_out);
    EXPECT_EQ(elsewhere([&] { return permit.acquire(kind, -1); }), Wait::timed_out);
}

TEST(Permit, is_free_again_where_all_who_waited_have_given_up) {
    Permit permit;
    permit.acquire(kind, 0);
    EXPECT_EQ(elsewhere([&] { return permit.acquire(kind, 1); }), Wait::timed_out);
    permit.release();
    EXPECT_TRUE(elsewhere([&] { return permit.try_acquire(kind); }));
}

TEST(Permit, is_given_back_by_another_thread) {
    Permit permit;
    permit.acquire(kind, 0);
    elsewhere([&] { return permit.release(), 0; });
    EXPECT_TRUE(permit.try_acquire(kind));
}

TEST(Permit, wakes_who_waits_without_end) {
    Permit permit;
    permit.acquire(kind, 0);
    auto other = std::async(std::launch::async, [&] { return permit.acquire(HolderKind::reader, for_ever); });
    while (permit.counts().waits == 0) std::this_thread::yield();
    permit.release();
    EXPECT_EQ(other.get(), Wait::had);
    EXPECT_FALSE(permit.try_acquire(kind));
    EXPECT_EQ(permit.holder.kind(), HolderKind::reader);
}

TEST(Permit, goes_to_who_has_waited_longest) {
    Permit permit;
    permit.acquire(kind, 0);
    std::vector<int> order;  // guarded by the permit
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&, i] {
            permit.acquire(kind, for_ever);
            order.push_back(i);
            permit.release();
        });
        while (permit.counts().waits <= i) std::this_thread::yield();
    }
    permit.release();
    for (std::thread& each : threads) each.join();
    EXPECT_EQ(order, (std::vector<int>{0, 1, 2, 3}));
}

TEST(Permit, who_gives_up_leaves_the_line_in_order) {
    Permit permit;
    permit.acquire(kind, 0);
    std::vector<int> order;  // guarded by the permit
    std::vector<std::thread> threads;
    for (int i = 0; i < 5; ++i) {
        threads.emplace_back([&, i] {
            if (permit.acquire(kind, i % 2 == 0 ? 30 : 30'000) != Wait::had) return;
            order.push_back(i);
            permit.release();
        });
        while (permit.counts().waits <= i) std::this_thread::yield();
    }
    while (permit.counts().timeouts < 3) std::this_thread::yield();
    permit.release();
    for (std::thread& each : threads) each.join();
    EXPECT_EQ(order, (std::vector<int>{1, 3}));
}

TEST(Permit, lets_one_thread_at_a_time_through) {
    Permit permit;
    int inside = 0;
    int passed = 0;
    const auto pass = [&] {
        for (int i = 0; i < 2000; ++i) {
            permit.acquire(kind, i % 2 == 0 ? for_ever : 30'000);
            EXPECT_EQ(++inside, 1);
            ++passed;
            --inside;
            permit.release();
        }
    };
    std::thread other{pass};
    std::thread third{pass};
    pass();
    other.join();
    third.join();
    EXPECT_EQ(passed, 6000);
}

}  // namespace unit_permit
