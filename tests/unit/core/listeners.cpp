// SPDX-License-Identifier: BSL-1.0
#include <mica/core/listeners.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace unit_listeners {

using mica::ListenerToken;
using mica::detail::Listeners;

static_assert(!std::is_copy_constructible_v<ListenerToken>);

TEST(Listeners, are_called_in_the_order_of_their_subscription) {
    Listeners<int> listeners;
    std::string heard;
    const auto first = listeners.add([&](int value) { heard += "a" + std::to_string(value); });
    const auto second = listeners.add([&](int value) { heard += "b" + std::to_string(value); });
    listeners.call(1);
    listeners.call(2);
    EXPECT_EQ(heard, "a1b1a2b2");
}

TEST(Listeners, take_references) {
    Listeners<int&> listeners;
    const auto token = listeners.add([](int& value) { ++value; });
    int value = 1;
    listeners.call(value);
    EXPECT_EQ(value, 2);
}

TEST(Listeners, keep_state_of_their_own) {
    Listeners<> listeners;
    int last = 0;
    const auto token = listeners.add([&last, count = 0]() mutable { last = ++count; });
    listeners.call();
    listeners.call();
    EXPECT_EQ(last, 2);
}

TEST(Listeners, end_with_the_token_and_free_what_they_hold) {
    Listeners<> listeners;
    const auto held = std::make_shared<int>(0);
    {
        const auto token = listeners.add([held] { ++*held; });
        listeners.call();
    }
    listeners.call();
    EXPECT_EQ(*held, 1);
    const auto next = listeners.add([] {});
    EXPECT_EQ(held.use_count(), 1);
}

TEST(Listeners, free_what_they_hold_at_their_end) {
    const auto held = std::make_shared<int>(0);
    std::optional<Listeners<>> listeners{std::in_place};
    auto token = std::make_optional(listeners->add([held] {}));
    listeners.reset();
    EXPECT_EQ(held.use_count(), 2) << "the token has a share";
    token.reset();
    EXPECT_EQ(held.use_count(), 1);
}

TEST(Listeners, stop_at_an_exception) {
    Listeners<> listeners;
    int calls = 0;
    const auto first = listeners.add([] { throw 1; });
    const auto second = listeners.add([&] { ++calls; });
    EXPECT_THROW(listeners.call(), int);
    EXPECT_EQ(calls, 0);
}

TEST(Listeners, may_end_themselves_and_others_while_they_are_called) {
    Listeners<> listeners;
    std::string heard;
    ListenerToken own;
    ListenerToken other;
    own = listeners.add([&] {
        heard += 'a';
        own.cancel();
        other.cancel();
    });
    other = listeners.add([&] { heard += 'b'; });
    const auto last = listeners.add([&] { heard += 'c'; });
    listeners.call();
    listeners.call();
    EXPECT_EQ(heard, "acc");
}

TEST(Listeners, that_are_added_during_a_call_come_next_time) {
    Listeners<> listeners;
    std::string heard;
    std::optional<ListenerToken> added;
    const auto first = listeners.add([&] {
        heard += 'a';
        if (!added) added = listeners.add([&] { heard += 'b'; });
    });
    listeners.call();
    EXPECT_EQ(heard, "a");
    listeners.call();
    EXPECT_EQ(heard, "aab");
}

TEST(Listeners, may_call_again_from_inside) {
    Listeners<int> listeners;
    int calls = 0;
    const auto token = listeners.add([&](int depth) {
        ++calls;
        if (depth > 0) listeners.call(depth - 1);
    });
    listeners.call(3);
    EXPECT_EQ(calls, 4);
}

TEST(ListenerToken, moves_its_subscription) {
    Listeners<> listeners;
    int calls = 0;
    ListenerToken token;
    {
        auto made = listeners.add([&] { ++calls; });
        token = std::move(made);
    }
    listeners.call();
    EXPECT_EQ(calls, 1);
    const ListenerToken taken = std::move(token);
    token.cancel();
    listeners.call();
    EXPECT_EQ(calls, 2);
}

}  // namespace unit_listeners
