// SPDX-License-Identifier: BSL-1.0
#include <mica/core/shared_listeners.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace unit_shared_listeners {

using mica::ListenerToken;
using mica::detail::ListenersObserver;
using mica::detail::ListenersReference;
using mica::detail::SharedListeners;

constexpr unsigned spoken = 3;
constexpr unsigned written = 5;

struct SharedListenersTest : testing::Test {
    ListenersReference listeners{new SharedListeners};

    template <class Action>
    [[nodiscard]] ListenerToken listen(Action action, unsigned event = spoken) {
        return listeners->add<int>(event, std::move(action));
    }
    void say(int value, unsigned event = spoken) { listeners->call<int>(event, value); }
};

TEST_F(SharedListenersTest, are_called_in_the_order_of_their_subscription) {
    std::string heard;
    const auto first = listen([&](int value) { heard += "a" + std::to_string(value); });
    const auto second = listen([&](int value) { heard += "b" + std::to_string(value); });
    say(1);
    say(2);
    EXPECT_EQ(heard, "a1b1a2b2");
}

TEST_F(SharedListenersTest, are_called_for_their_event_only) {
    int heard = 0;
    const auto token = listen([&](int value) { heard += value; }, written);
    say(1);
    say(10, written);
    EXPECT_EQ(heard, 10);
}

TEST_F(SharedListenersTest, tell_which_events_are_wanted) {
    EXPECT_EQ(listeners->wanted(), 0U);
    {
        const auto first = listen([](int) {});
        const auto second = listen([](int) {}, written);
        EXPECT_TRUE(listeners->wants(spoken));
        EXPECT_EQ(listeners->wanted(), 1U << spoken | 1U << written);
    }
    EXPECT_FALSE(listeners->wants(spoken));
}

TEST_F(SharedListenersTest, end_with_the_token_and_free_what_they_hold) {
    const auto held = std::make_shared<int>(0);
    {
        const auto token = listen([held](int value) { *held += value; });
        say(1);
    }
    say(1);
    EXPECT_EQ(*held, 1);
    EXPECT_EQ(held.use_count(), 1);
}

TEST_F(SharedListenersTest, a_token_may_outlive_them) {
    const auto held = std::make_shared<int>(0);
    auto token = listen([held](int) {});
    listeners = {};
    EXPECT_EQ(held.use_count(), 2);
    token.cancel();
    EXPECT_EQ(held.use_count(), 1);
}

TEST_F(SharedListenersTest, one_may_end_itself_while_it_is_called) {
    const auto held = std::make_shared<int>(0);
    std::optional<ListenerToken> token;
    token.emplace(listen([&token, held](int) {
        token.reset();
        ++*held;
    }));
    say(1);
    say(1);
    EXPECT_EQ(*held, 1);
    EXPECT_EQ(held.use_count(), 1);
}

TEST_F(SharedListenersTest, one_may_end_another_which_is_not_called_then) {
    bool heard = false;
    std::optional<ListenerToken> second;
    const auto first = listen([&](int) { second.reset(); });
    second.emplace(listen([&](int) { heard = true; }));
    say(1);
    EXPECT_FALSE(heard);
}

TEST_F(SharedListenersTest, one_that_is_added_meanwhile_is_called_the_next_time) {
    int heard = 0;
    std::vector<ListenerToken> added;
    const auto first = listen([&](int) { added.push_back(listen([&](int) { ++heard; })); });
    say(1);
    EXPECT_EQ(heard, 0);
    say(1);
    EXPECT_EQ(heard, 1);
}

TEST_F(SharedListenersTest, one_may_cause_its_own_event) {
    int heard = 0;
    const auto token = listen([&](int value) {
        ++heard;
        if (value > 0) say(value - 1);
    });
    say(3);
    EXPECT_EQ(heard, 4);
}

TEST_F(SharedListenersTest, what_one_throws_reaches_the_caller_and_later_ones_are_not_called) {
    bool heard = false;
    const auto first = listen([](int) { throw std::runtime_error("no"); });
    const auto second = listen([&](int) { heard = true; });
    EXPECT_THROW(say(1), std::runtime_error);
    EXPECT_FALSE(heard);
    EXPECT_THROW(say(1), std::runtime_error) << "and it is still there";
}

TEST_F(SharedListenersTest, tell_their_observers_of_each_change) {
    struct Observer : ListenersObserver {
        int notices = 0;
        Observer()
            : ListenersObserver{[](ListenersObserver& self) noexcept { ++static_cast<Observer&>(self).notices; }} {}
    } first, second;
    listeners->attach(first);
    listeners->attach(second);
    auto token = listen([](int) {});
    listeners->detach(first);
    token.cancel();
    listeners->detach(second);
    const auto third = listen([](int) {});
    EXPECT_EQ(first.notices, 1);
    EXPECT_EQ(second.notices, 2);
}

TEST_F(SharedListenersTest, the_end_of_a_token_waits_for_a_call_in_another_thread) {
    std::atomic<bool> entered = false;
    std::atomic<bool> left = false;
    std::optional<ListenerToken> token;
    token.emplace(listen([&](int) {
        entered = true;
        for (int i = 0; i < 20; ++i) std::this_thread::yield();
        left = true;
    }));
    std::thread caller([this] { say(1); });
    while (!entered) std::this_thread::yield();
    token.reset();
    EXPECT_TRUE(left);
    caller.join();
}

TEST_F(SharedListenersTest, threads_may_subscribe_and_cancel_while_others_call) {
    std::atomic<int> heard = 0;
    std::atomic<bool> ends = false;
    std::vector<std::thread> threads;
    for (int i = 0; i < 2; ++i) {
        threads.emplace_back([&] {
            while (!ends) say(1);
        });
    }
    for (int i = 0; i < 2; ++i) {
        threads.emplace_back([&] {
            for (int round = 0; round < 200; ++round) {
                auto own = std::make_unique<std::atomic<int>>(0);
                const auto token = listen([&heard, &counter = *own](int value) {
                    counter += value;
                    heard += value;
                });
                std::this_thread::yield();
            }
        });
    }
    const auto constant = listen([&](int value) { heard += value; });
    threads[2].join();
    threads[3].join();
    ends = true;
    threads[0].join();
    threads[1].join();
    say(1);
    EXPECT_GT(heard.load(), 0);
}

}  // namespace unit_shared_listeners
