// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <future>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

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

struct File {
    mica::test::TemporaryDirectory directory;
    std::string url = "sqlite:///" + directory.file("cars.db");
};

/// Both kinds of database.
struct Held : testing::TestWithParam<bool> {
    File file;
    std::string url = GetParam() ? file.url : "sqlite://";
};
INSTANTIATE_TEST_SUITE_P(Each, Held, testing::Bool(),
                         [](const auto& each) { return std::string{each.param ? "file" : "memory"}; });

TEST_P(Held, an_idle_connection_blocks_nobody_in_its_own_thread) {
    const Engine engine{url, {.checkout_timeout = 0ms}};
    const Connection connection = engine.connect();
    connection.execute("CREATE TABLE t (a)");
    connection.execute("INSERT INTO t VALUES (1)");
    EXPECT_EQ(engine.connect().execute<int>("SELECT a FROM t").one(), 1);
    connection.begin().commit();
    engine.connect().execute("DELETE FROM t");
    EXPECT_EQ(connection.execute<int>("SELECT count(*) FROM t").one(), 0);
}

TEST_P(Held, an_idle_connection_blocks_no_other_thread) {
    const Engine engine{url, {.checkout_timeout = 0ms}};
    const Connection connection = engine.connect();
    connection.execute("CREATE TABLE t (a)");
    std::thread{[&] { engine.connect().execute("INSERT INTO t VALUES (1)"); }}.join();
    EXPECT_EQ(connection.execute<int>("SELECT a FROM t").one(), 1);
}

TEST_P(Held, a_thread_that_would_wait_for_its_own_transaction_is_told_at_once) {
    const Engine engine{url};
    const Connection connection = engine.connect();
    connection.execute("CREATE TABLE t (a)");
    const auto transaction = connection.begin();
    const double waited = seconds([&] {
        const auto error = caught<OperationalError>([&] { engine.connect().execute("INSERT INTO t VALUES (1)"); });
        EXPECT_STREQ(error.what(),
                     GetParam()
                         ? "mica: this thread would wait for itself: a Connection of its own is writing; end its "
                           "transaction or result first, or write with it"
                         : "mica: this thread would wait for itself: a Connection of its own has a transaction "
                           "or an unfinished result open on the one connection that all holders share; end that "
                           "first, or go on with it");
        EXPECT_FALSE(error.is_busy() || error.is_timeout());
    });
    EXPECT_LT(waited, 5.0) << "the checkout timeout is 30 seconds";
    EXPECT_NO_THROW(connection.execute("INSERT INTO t VALUES (2)"));
}

TEST_P(Held, a_write_waits_no_longer_than_it_was_told_for_another_thread) {
    const Engine engine{url, {.checkout_timeout = 50ms}};
    const Connection connection = engine.connect();
    connection.execute("CREATE TABLE t (a)");
    const auto transaction = connection.begin();
    std::thread{[&] {
        const Connection other = engine.connect();
        const double waited = seconds([&] {
            const auto error = caught<OperationalError>([&] { other.execute("INSERT INTO t VALUES (1)"); });
            EXPECT_TRUE(error.is_timeout());
            EXPECT_TRUE(std::string_view{error.what()}.starts_with(
                "mica: waited 50 ms (checkout_timeout) for a Connection of another thread, which "))
                << error.what();
        });
        EXPECT_GE(waited, 0.04);
    }}.join();
    EXPECT_EQ(engine.stats().write_timeouts, 1);
}

TEST_P(Held, a_write_goes_on_when_the_other_transaction_ends) {
    const Engine engine{url};
    const Connection connection = engine.connect();
    connection.execute("CREATE TABLE t (a)");
    auto transaction = connection.begin();
    auto other = std::async(std::launch::async, [&] { engine.connect().execute("INSERT INTO t VALUES (1)"); });
    while (engine.stats().write_waits == 0) std::this_thread::yield();
    transaction.commit();
    EXPECT_NO_THROW(other.get());
    EXPECT_EQ(connection.execute<int>("SELECT a FROM t").one(), 1);
}

TEST_P(Held, a_transaction_that_sql_text_began_holds_as_one_of_begin) {
    const Engine engine{url, {.checkout_timeout = 0ms}};
    const Connection connection = engine.connect();
    connection.execute("CREATE TABLE t (a)");
    connection.execute("BEGIN IMMEDIATE");
    const Connection other = engine.connect();
    EXPECT_THROW(other.execute("INSERT INTO t VALUES (1)"), OperationalError);
    connection.execute("COMMIT");
    EXPECT_NO_THROW(other.execute("INSERT INTO t VALUES (1)"));
    EXPECT_THROW(connection.execute("SELECT nothing"), DatabaseError);
    EXPECT_NO_THROW(other.execute("INSERT INTO t VALUES (1)")) << "a failed statement holds nothing";
}

TEST_P(Held, a_transaction_that_a_failure_ended_holds_nothing) {
    const Engine engine{url, {.checkout_timeout = 0ms}};
    const Connection connection = engine.connect();
    connection.execute("CREATE TABLE t (a UNIQUE)");
    connection.execute("INSERT INTO t VALUES (1)");
    const auto transaction = connection.begin();
    EXPECT_THROW(connection.execute("INSERT OR ROLLBACK INTO t VALUES (1)"), IntegrityError);
    EXPECT_NO_THROW(engine.connect().execute("INSERT INTO t VALUES (2)"));
}

TEST_P(Held, preparing_a_write_takes_nothing_for_long) {
    struct Car {
        std::int64_t id = 0;
    };
    const Engine engine{url, {.checkout_timeout = 0ms}};
    engine.create_all<Car>();
    const Connection connection = engine.connect();
    const auto remove = connection.prepare(delete_from<Car>().where(col<&Car::id> == param<int>));
    engine.connect().insert(Car{});
    EXPECT_EQ(remove(1).rows_affected(), 1);
    engine.connect().insert(Car{});
}

TEST(Memory, an_unfinished_result_holds_the_connection_until_it_is_read_or_ends) {
    const Engine engine{"sqlite://", {.checkout_timeout = 0ms}};
    const Connection connection = engine.connect();
    connection.execute("CREATE TABLE t (a)");
    const Connection other = engine.connect();
    {
        auto result = connection.execute<int>("SELECT 1 UNION ALL SELECT 2");
        EXPECT_THROW(other.execute("INSERT INTO t VALUES (1)"), OperationalError);
        EXPECT_NO_THROW(connection.execute("INSERT INTO t VALUES (1)"));
        EXPECT_THROW(other.execute("INSERT INTO t VALUES (1)"), OperationalError);
        EXPECT_EQ(result.all().size(), 2U);
        EXPECT_NO_THROW(other.execute("INSERT INTO t VALUES (1)"));
    }
    {
        const auto dropped = connection.execute<int>("SELECT 1 UNION ALL SELECT 2");
    }
    EXPECT_NO_THROW(other.execute("INSERT INTO t VALUES (1)"));
    const auto empty = connection.execute<int>("SELECT a FROM t WHERE 0");
    EXPECT_NO_THROW(other.execute("INSERT INTO t VALUES (1)")) << "a result without rows is finished";
}

TEST(Memory, settings_of_one_handle_are_undone_when_no_other_has_changed_any) {
    const Engine engine{"sqlite://"};
    const auto cache_size = [&] { return engine.connect().execute<int>("PRAGMA cache_size").one(); };
    const int at_open = cache_size();
    auto first = std::make_optional(engine.connect());
    auto second = std::make_optional(engine.connect());
    first->execute("PRAGMA cache_size = 77");
    second->execute("CREATE TEMP TABLE t (a)");
    first.reset();
    EXPECT_NO_THROW(second->execute("INSERT INTO t VALUES (1)"));
    second.reset();
    EXPECT_EQ(cache_size(), at_open);
    EXPECT_THROW(engine.connect().execute("INSERT INTO t VALUES (1)"), SchemaMismatch);
}

TEST(Memory, settings_of_a_handle_that_ends_beside_a_transaction_are_undone_behind_it) {
    const Engine engine{"sqlite://"};
    const int at_open = engine.connect().execute<int>("PRAGMA cache_size").one();
    auto changed = std::make_optional(engine.connect());
    changed->execute("PRAGMA cache_size = 77");
    const Connection busy = engine.connect();
    auto transaction = busy.begin();
    changed.reset();
    const auto cache_size = [&] { return busy.execute<int>("SELECT * FROM pragma_cache_size").one(); };
    EXPECT_EQ(cache_size(), 77);
    transaction.commit();
    EXPECT_EQ(cache_size(), at_open);
}

TEST(FilePool, lends_several_connections_and_no_more_than_it_was_told) {
    const File file;
    const Engine engine{file.url, {.pool_size = 2, .checkout_timeout = 20ms}};
    const Connection first = engine.connect();
    std::optional<Connection> second;
    std::thread{[&] { second.emplace(engine.pool()); }}.join();
    const auto error = caught<OperationalError>([&] { static_cast<void>(engine.connect()); });
    EXPECT_TRUE(error.is_timeout());
    EXPECT_STREQ(error.what(),
                 "mica: no connection came back within 20 ms (checkout_timeout); all 2 (pool_size) are held: 2 by a "
                 "Connection, 1 of them in this thread");
    EXPECT_EQ(error.brief(), "The database is in use by others; please try again");
    second.reset();
    EXPECT_NO_THROW(static_cast<void>(engine.connect()));
    EXPECT_EQ(engine.stats().timeouts, 1);
}

TEST(FilePool, tells_at_once_that_the_thread_has_all_connections_itself) {
    const File file;
    const Engine engine{file.url, {.pool_size = 2}};
    const Connection first = engine.connect();
    const Connection second = engine.connect();
    const auto error = caught<OperationalError>([&] { static_cast<void>(engine.connect()); });
    EXPECT_STREQ(error.what(),
                 "mica: this thread would wait for itself: it has all 2 connections of the engine (pool_size) already; "
                 "end one of them first");
}

TEST(FilePool, gives_a_connection_to_who_has_waited_longest) {
    const File file;
    const Engine engine{file.url, {.pool_size = 1}};
    auto connection = std::make_optional(engine.connect());
    std::vector<int> order;  // guarded by the one connection
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&, i] {
            const Connection mine = engine.connect();
            order.push_back(i);
        });
        while (engine.stats().waits <= i) std::this_thread::yield();
    }
    connection.reset();
    for (std::thread& each : threads) each.join();
    EXPECT_EQ(order, (std::vector<int>{0, 1, 2, 3}));
}

TEST(FilePool, readers_do_not_wait_for_a_writer) {
    const File file;
    const Engine engine{file.url, {.checkout_timeout = 0ms}};
    engine.connect().execute("CREATE TABLE t (a)");
    const Connection writer = engine.connect();
    auto transaction = writer.begin();
    writer.execute("INSERT INTO t VALUES (1)");
    EXPECT_EQ(engine.connect().execute<int>("SELECT count(*) FROM t").one(), 0);
    transaction.commit();
    EXPECT_EQ(engine.connect().execute<int>("SELECT count(*) FROM t").one(), 1);
}

TEST(FilePool, those_who_wait_to_write_keep_no_connection_from_readers) {
    const File file;
    const Engine engine{file.url, {.pool_size = 2}};
    engine.connect().execute("CREATE TABLE t (a)");
    std::vector<std::thread> threads;
    engine.write([&](Session& session) {
        session.execute("INSERT INTO t VALUES (1)");
        for (int i = 0; i < 3; ++i) {
            threads.emplace_back(
                [&] { engine.write([](Session& each) { each.execute("INSERT INTO t VALUES (1)"); }); });
        }
        while (engine.stats().write_waits < 3) std::this_thread::yield();
        EXPECT_EQ(engine.connect().execute<int>("SELECT count(*) FROM t").one(), 0);
    });
    for (std::thread& each : threads) each.join();
    EXPECT_EQ(engine.connect().execute<int>("SELECT count(*) FROM t").one(), 4);
}

/// Threads that have all connections and wait for the permit, until `writer` has ended.
template <class Writer>
void write_with_all_connections_waiting(const Engine& engine, int pool_size, Writer writer) {
    std::vector<Connection> connections;
    std::vector<std::thread> threads;
    engine.connect().execute("CREATE TABLE t (a)");
    for (int i = 0; i < pool_size; ++i) connections.push_back(engine.connect());
    auto begun = std::make_optional(connections.front().begin());
    const auto waits = engine.stats().write_waits;
    std::promise<void> ended;
    std::thread other{[&] {
        writer();
        ended.set_value();
    }};
    while (engine.stats().write_waits == waits) std::this_thread::yield();
    for (std::size_t i = 1; i < connections.size(); ++i) {
        threads.emplace_back([&, i] { connections[i].execute("INSERT INTO t VALUES (1)"); });
    }
    while (engine.stats().write_waits < waits + pool_size) std::this_thread::yield();
    threads.emplace_back([&, mine = std::move(connections.front())]() mutable {
        begun->commit();
        begun.reset();
        mine.execute("INSERT INTO t VALUES (1)");
    });
    other.join();
    for (std::thread& each : threads) each.join();
    connections.clear();
    EXPECT_EQ(engine.connect().execute<int>("SELECT count(*) FROM t").one(), pool_size + 1);
}

TEST(FilePool, who_may_write_waits_for_no_connection_of_those_who_wait_for_him) {
    const File file;
    constexpr int size = 3;
    const Engine engine{file.url, {.pool_size = size, .checkout_timeout = 20s}};
    write_with_all_connections_waiting(engine, size, [&] {
        engine.write([&](Session& session) {
            session.execute("INSERT INTO t VALUES (1)");
            // One more, and one more inside of that.
            engine.read([&](Reader& reader) {
                EXPECT_EQ(reader.execute<int>("SELECT count(*) FROM t").one(), 0);
                EXPECT_EQ(engine.connect().execute<int>("SELECT count(*) FROM t").one(), 0);
            });
        });
    });
    EXPECT_EQ(engine.stats().timeouts, 0);
    EXPECT_LE(engine.stats().open, size) << "what is more than the pool has is closed";
}

TEST(FilePool, who_has_waited_for_a_connection_gets_one_behind_one_that_was_one_more) {
    const File file;
    const Engine engine{file.url, {.pool_size = 1}};
    engine.connect().execute("CREATE TABLE t (a)");
    auto held = std::make_optional(engine.connect());
    std::thread waiting;
    engine.write([&](Session& session) {  // one more
        waiting = std::thread{[&] { engine.connect().execute("INSERT INTO t VALUES (1)"); }};
        while (engine.stats().waits == 0) std::this_thread::yield();
        session.execute("INSERT INTO t VALUES (2)");
    });
    EXPECT_EQ(engine.stats().in_use, 1) << "the one that was more is not handed on";
    held.reset();
    waiting.join();
    EXPECT_EQ(engine.connect().execute<int>("SELECT count(*) FROM t").one(), 2);
}

TEST(FilePool, who_may_write_is_told_at_once_that_he_has_all_connections_himself) {
    const File file;
    const Engine engine{file.url, {.pool_size = 1}};
    const Connection connection = engine.connect();
    const auto transaction = connection.begin();
    EXPECT_THROW(static_cast<void>(engine.connect()), OperationalError);
}

TEST(FilePool, a_write_beside_a_result_that_is_read_is_told_at_once_that_another_is_writing) {
    const File file;
    const Engine engine{file.url};
    const Connection connection = engine.connect();
    connection.execute("CREATE TABLE t (a)");
    connection.execute("INSERT INTO t VALUES (1), (2)");
    std::optional<Connection> other;
    std::optional<Transaction> writing;
    std::thread{[&] {
        other.emplace(engine.pool());
        writing.emplace(other->begin());
    }}.join();
    auto result = connection.execute<int>("SELECT a FROM t");
    const auto error = caught<OperationalError>([&] { connection.execute("DELETE FROM t"); });
    EXPECT_TRUE(error.is_busy()) << error.what();
    writing->rollback();
    EXPECT_NO_THROW(connection.execute("UPDATE t SET a = a + 1"));
    EXPECT_EQ(result.all().size(), 2U);
}

TEST(FilePool, a_deferred_transaction_that_has_read_nothing_waits_to_write) {
    const File file;
    const Engine engine{file.url};
    const Connection connection = engine.connect();
    connection.execute("CREATE TABLE t (a)");
    auto writing = connection.begin();
    auto other = std::async(std::launch::async, [&] {
        const Connection mine = engine.connect();
        auto transaction = mine.begin(mica::deferred);
        mine.execute("INSERT INTO t VALUES (1)");
        transaction.commit();
    });
    while (engine.stats().write_waits == 0) std::this_thread::yield();
    writing.commit();
    EXPECT_NO_THROW(other.get());
}

TEST(FilePool, a_connection_comes_back_as_it_was_opened) {
    const File file;
    const Engine engine{file.url};
    const auto described = [&] {
        const Connection connection = engine.connect();
        return connection.execute<std::string>("SELECT group_concat(name) FROM pragma_database_list").one() + ' ' +
               std::to_string(connection.execute<std::int64_t>("PRAGMA max_page_count").one()) + ' ' +
               std::to_string(connection.execute<int>("PRAGMA foreign_keys").one()) + ' ' +
               connection.execute<std::string>("SELECT CAST(count(*) AS TEXT) FROM sqlite_temp_schema").one();
    };
    const std::string at_open = described();
    {
        const Connection connection = engine.connect();
        connection.execute("ATTACH ? AS \"a \"\" name\"", file.directory.file("other.db"));
        connection.execute("PRAGMA max_page_count = 100");
        connection.execute("PRAGMA foreign_keys = OFF");
        connection.execute("CREATE TEMP TABLE t (a)");
        const auto transaction = connection.begin();
    }
    EXPECT_EQ(described(), at_open);
    EXPECT_EQ(engine.stats().opened, 1) << "it is the same one";
}

TEST(FilePool, tells_what_it_has) {
    const File file;
    const Engine engine{file.url};
    EXPECT_EQ(engine.stats().open, 0);
    {
        const Connection first = engine.connect();
        const Connection second = engine.connect();
        const EngineStats stats = engine.stats();
        EXPECT_EQ(stats.open, 2);
        EXPECT_EQ(stats.in_use, 2);
        EXPECT_EQ(stats.idle, 0);
    }
    static_cast<void>(engine.connect());
    const EngineStats stats = engine.stats();
    EXPECT_EQ(stats.open, 2);
    EXPECT_EQ(stats.in_use, 0);
    EXPECT_EQ(stats.idle, 2);
    EXPECT_EQ(stats.opened, 2);
    EXPECT_EQ(stats.checkouts, 3);
    EXPECT_EQ(stats.waits, 0);
}

TEST(Memory, tells_what_it_has) {
    const Engine engine{"sqlite://"};
    const Connection first = engine.connect();
    const Connection second = engine.connect();
    const EngineStats stats = engine.stats();
    EXPECT_EQ(stats.open, 1);
    EXPECT_EQ(stats.idle, 0);
    EXPECT_EQ(stats.in_use, 2);
    EXPECT_EQ(stats.opened, 1);
}

TEST(Pool, refuses_a_size_that_makes_no_sense) {
    EXPECT_STREQ(caught<ProgrammingError>([] { const Engine engine("sqlite://", {.pool_size = 0}); }).what(),
                 "mica: pool_size is the number of connections, at least 1");
}

TEST(Pool, the_longest_timeout_there_is_waits) {
    const File file;
    const Engine engine{file.url, {.pool_size = 1, .checkout_timeout = std::chrono::milliseconds::max()}};
    auto connection = std::make_optional(engine.connect());
    auto other = std::async(std::launch::async, [&] { static_cast<void>(engine.connect()); });
    EXPECT_EQ(other.wait_for(50ms), std::future_status::timeout);
    connection.reset();
    EXPECT_NO_THROW(other.get());
}

TEST_P(Held, a_thread_may_wait_for_a_transaction_that_it_has_handed_to_another) {
    const Engine engine{url};
    Connection connection = engine.connect();
    connection.execute("CREATE TABLE t (a)");
    connection.execute("BEGIN IMMEDIATE");
    std::thread other{[handed = std::move(connection)]() mutable {
        std::this_thread::sleep_for(50ms);
        const Connection ended = std::move(handed);
    }};
    EXPECT_NO_THROW(engine.connect().execute("INSERT INTO t VALUES (1)"));
    other.join();
}

/// What was done to connections, by number.
struct Counted final : mica::detail::Setup<mica::sqlite::Backend> {
    Counted(int given_number, std::vector<int>& into, bool given_fails = false)
        : number(given_number), done(into), fails(given_fails) {}
    void apply(mica::detail::OpenConnection<mica::sqlite::Backend>& connection) override {
        connection.run_script("PRAGMA cache_size = " + std::to_string(number));
        done.push_back(number);
        if (fails) throw ProgrammingError(Failure{.message = "refused"});
    }
    int number;
    std::vector<int>& done;
    bool fails;
};

TEST_P(Held, is_set_up_in_order_once_for_each_connection) {
    const Engine engine{url};
    std::vector<int> done;
    engine.pool()->add_setup(new Counted{1, done});
    engine.pool()->add_setup(new Counted{2, done});
    EXPECT_EQ(done, std::vector<int>{});
    {
        const Connection connection = engine.connect();
        EXPECT_EQ(done, (std::vector<int>{1, 2}));
        const Connection second = engine.connect();
    }
    EXPECT_EQ(done, GetParam() ? (std::vector<int>{1, 2, 1, 2}) : (std::vector<int>{1, 2}));
    const Connection connection = engine.connect();
    EXPECT_EQ(done.size(), GetParam() ? 4U : 2U);
}

TEST_P(Held, one_that_is_open_is_set_up_before_its_next_use) {
    const Engine engine{url};
    const Connection connection = engine.connect();
    std::vector<int> done;
    engine.pool()->add_setup(new Counted{1, done});
    connection.execute("SELECT 1");
    EXPECT_EQ(done, std::vector<int>{1});
    auto transaction = connection.begin();
    engine.pool()->add_setup(new Counted{2, done});
    connection.execute("SELECT 1");
    EXPECT_EQ(done, std::vector<int>{1}) << "not inside of a transaction";
    transaction.commit();
    connection.execute("SELECT 1");
    EXPECT_EQ(done, (std::vector<int>{1, 2}));
}

TEST_P(Held, what_it_is_set_up_with_is_what_it_comes_back_with) {
    const Engine engine{url};
    std::vector<int> done;
    engine.pool()->add_setup(new Counted{123, done});
    const auto cache_size = [&] { return engine.connect().execute<int>("PRAGMA cache_size").one(); };
    EXPECT_EQ(cache_size(), 123);
    engine.connect().execute("PRAGMA cache_size = 5");
    EXPECT_EQ(cache_size(), 123);
    {
        const Connection connection = engine.connect();
        connection.execute("PRAGMA cache_size = 5");
        engine.pool()->add_setup(new Counted{124, done});
        connection.execute("SELECT 1");
    }
    EXPECT_EQ(cache_size(), 124);
}

TEST_P(Held, a_setup_that_fails_is_tried_again) {
    const Engine engine{url};
    std::vector<int> done;
    auto* const failing = new Counted{1, done, true};
    engine.pool()->add_setup(failing);
    EXPECT_THROW(static_cast<void>(engine.connect()), ProgrammingError);
    EXPECT_EQ(engine.stats().in_use, 0);
    failing->fails = false;
    EXPECT_NO_THROW(engine.connect().execute("SELECT 1"));
    EXPECT_EQ(done, (std::vector<int>{1, 1}));
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

TEST_P(Held, a_thread_that_has_ended_is_not_taken_for_the_one_that_follows_it) {
    const Engine engine{url, {.checkout_timeout = 0ms}};
    engine.connect().execute("CREATE TABLE t (a)");
    std::optional<Connection> held;
    std::thread{[&] {
        held.emplace(engine.pool());
        held->execute("BEGIN IMMEDIATE");
    }}.join();
    std::thread{[&] {
        const auto error = caught<OperationalError>([&] { engine.connect().execute("INSERT INTO t VALUES (1)"); });
        EXPECT_TRUE(error.is_timeout());
    }}.join();
}

}  // namespace unit_pool
