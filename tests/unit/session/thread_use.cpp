// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <thread>

namespace unit_thread_use {

using namespace mica;

struct Car {
    std::int64_t id = 0;
};

/// Whether an action throws in another thread.
template <class Action>
bool throws_elsewhere(Action action) {
    bool thrown = false;
    std::thread{[&] {
        try {
            action();
        } catch (const ProgrammingError&) {
            thrown = true;
        }
    }}.join();
    return thrown;
}

#ifndef NDEBUG
constexpr bool is_watched = true;
#else
constexpr bool is_watched = false;
#endif

TEST(ThreadUse, lets_one_thread_in_again_and_again) {
    detail::ThreadUse use;
    const auto outer = use.enter();
    const auto inner = use.enter();
}

TEST(ThreadUse, notices_a_second_thread_in_a_debug_build) {
    detail::ThreadUse use;
    {
        const auto outer = use.enter();
        {
            const auto inner = use.enter();
        }
        EXPECT_EQ(throws_elsewhere([&] { const auto inside = use.enter(); }), is_watched);
    }
    EXPECT_FALSE(throws_elsewhere([&] { const auto inside = use.enter(); })) << "one after the other is fine";
}

TEST(ThreadUse, of_a_session_is_noticed_while_it_works) {
    Engine engine{"sqlite://"};
    engine.create_all<Car>();
    Session session{engine};
    const auto token = session.on_before_flush([&] {
        EXPECT_EQ(throws_elsewhere([&] { session.add(Car{}); }), is_watched);
        EXPECT_EQ(throws_elsewhere([&] { static_cast<void>(session.plan()); }), is_watched);
    });
    session.add(Car{});
    if (is_watched) session.flush();
    EXPECT_FALSE(throws_elsewhere([&] { session.rollback(); })) << "it may wander from thread to thread";
}

}  // namespace unit_thread_use
