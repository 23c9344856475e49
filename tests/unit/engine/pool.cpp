// SPDX-License-Identifier: BSL-1.0
#include <mica/engine/engine.hpp>
#include <mica/sqlite.hpp>

#include <support/caught.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <future>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace unit_pool {

using namespace mica;
using namespace std::chrono_literals;
using mica::test::caught;

/// The seconds that `action` takes.
template <class Action>
double seconds(Action&& action) {
    const auto start = std::chrono::steady_clock::now();
    action();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

TEST(Pool, tells_at_once_that_the_thread_holds_the_connection_already) {
    const Engine engine{"sqlite://"};
    const Connection connection = engine.connect();
    const double waited = seconds([&] {
        const auto error = caught<OperationalError>([&] { static_cast<void>(engine.connect()); });
        EXPECT_STREQ(error.what(),
                     "mica: this thread holds the engine's connection already; end that connection's scope, or commit "
                     "that session, first");
        EXPECT_FALSE(error.is_busy());
    });
    EXPECT_LT(waited, 5.0) << "the checkout timeout is 30 seconds";
}

TEST(Pool, waits_no_longer_than_it_was_told_for_another_thread) {
    const Engine engine{"sqlite://", {.checkout_timeout = 50ms}};
    const Connection connection = engine.connect();
    std::thread{[&] {
        const double waited = seconds([&] {
            const auto error = caught<OperationalError>([&] { static_cast<void>(engine.connect()); });
            EXPECT_STREQ(error.what(),
                         "mica: the engine's connection was not given back in time; checkout_timeout says how long to "
                         "wait");
        });
        EXPECT_GE(waited, 0.04);
    }}.join();
}

TEST(Pool, gives_the_connection_to_who_waits_for_it) {
    const Engine engine{"sqlite://"};
    auto connection = std::make_optional(engine.connect());
    connection->execute("CREATE TABLE t (a)");
    auto other =
        std::async(std::launch::async, [&] { return engine.connect().execute("SELECT * FROM t").rows_affected(); });
    std::this_thread::sleep_for(20ms);
    connection.reset();
    EXPECT_EQ(other.get(), 0);
}

TEST(Pool, a_timeout_of_zero_does_not_wait) {
    const Engine engine{"sqlite://", {.checkout_timeout = 0ms}};
    const Connection connection = engine.connect();
    std::thread{[&] { EXPECT_THROW(static_cast<void>(engine.connect()), OperationalError); }}.join();
}

TEST(Pool, the_longest_timeout_there_is_waits) {
    const Engine engine{"sqlite://", {.checkout_timeout = std::chrono::milliseconds::max()}};
    auto connection = std::make_optional(engine.connect());
    auto other = std::async(std::launch::async, [&] { static_cast<void>(engine.connect()); });
    EXPECT_EQ(other.wait_for(50ms), std::future_status::timeout);
    connection.reset();
    EXPECT_NO_THROW(other.get());
}

TEST(Pool, a_thread_may_wait_for_the_connection_that_it_has_handed_to_another) {
    const Engine engine{"sqlite://"};
    Connection connection = engine.connect();
    std::thread other{[handed = std::move(connection)]() mutable {
        std::this_thread::sleep_for(50ms);
        const Connection ended = std::move(handed);
    }};
    EXPECT_NO_THROW(static_cast<void>(engine.connect()));
    other.join();
}

TEST(Pool, a_failed_opening_leaves_it_ready_for_the_next_try) {
    const mica::test::TemporaryDirectory directory;
    const Engine engine{"sqlite:///" + directory.file("later/cars.db")};
    for (int i = 0; i < 2; ++i) {
        EXPECT_TRUE(caught<OperationalError>([&] { static_cast<void>(engine.connect()); }).is_cannot_open());
    }
    std::filesystem::create_directory(directory.file("later"));
    EXPECT_NO_THROW(engine.connect().execute("CREATE TABLE t (a)"));
}

TEST(Pool, opens_nothing_before_it_is_needed) {
    const mica::test::TemporaryDirectory directory;
    const Engine engine{"sqlite:///" + directory.file("cars.db")};
    EXPECT_FALSE(std::filesystem::exists(directory.file("cars.db")));
    static_cast<void>(engine.connect());
    EXPECT_TRUE(std::filesystem::exists(directory.file("cars.db")));
}

TEST(Pool, keeps_one_connection_open) {
    const Engine engine{"sqlite://"};
    engine.connect().execute("CREATE TABLE t (a)");
    EXPECT_NO_THROW(engine.connect().execute("SELECT * FROM t"));
}

TEST(Pool, lives_as_long_as_its_last_user) {
    auto engine = std::make_optional<Engine>("sqlite://");
    Connection connection = engine->connect();
    connection.execute("CREATE TABLE t (a)");
    engine.reset();
    auto transaction = connection.begin();
    connection.execute("INSERT INTO t VALUES (1)");
    transaction.commit();
    EXPECT_EQ(connection.execute<int>("SELECT a FROM t").one(), 1);
}

TEST(PoolReference, counts_copies_and_moves) {
    const Engine engine{"sqlite://"};
    auto first = engine.pool();
    auto second = first;
    auto third = std::move(first);
    EXPECT_FALSE(first);  // NOLINT(bugprone-use-after-move)
    second = third;
    third = std::move(second);
    EXPECT_TRUE(third);
    EXPECT_EQ(&*third, &*engine.pool());
}

TEST(Pool, a_thread_that_has_ended_is_not_taken_for_the_one_that_follows_it) {
    const Engine engine{"sqlite://", {.checkout_timeout = 0ms}};
    std::optional<Connection> held;
    std::thread{[&] { held.emplace(engine.pool()); }}.join();
    std::thread{[&] {
        const auto error = caught<OperationalError>([&] { static_cast<void>(engine.connect()); });
        EXPECT_TRUE(std::string_view{error.what()}.find("not given back in time") != std::string_view::npos);
    }}.join();
}

}  // namespace unit_pool
