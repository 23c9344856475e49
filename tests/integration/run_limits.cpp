// SPDX-License-Identifier: BSL-1.0
// Deadlines, requests to stop, and transactions that are tried again.
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <sqlite3.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

namespace integration_run_limits {

using namespace mica;
using namespace std::chrono_literals;
using mica::test::caught;
using Clock = std::chrono::steady_clock;
using Texts = std::vector<std::string>;

struct Car {
    std::int64_t id = 0;
    std::string name{};
};

constexpr const char* endless =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n WHERE i < 0";
constexpr const char* endless_insert =
    "INSERT INTO Car (name) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i < "
    "0";

struct Limited : testing::Test {
    mica::test::TemporaryDirectory directory;
    std::string url = "sqlite:///" + directory.file("cars.db");
    Engine engine{url, {.busy_timeout = 10s}};
    Engine other{url, {.busy_timeout = 10s}};

    Limited() { engine.create_all<Car>(); }
    Texts names() const { return Engine{url}.connect().execute<std::string>("SELECT name FROM Car ORDER BY id").all(); }
};

TEST_F(Limited, a_deadline_stops_a_reader) {
    const auto begin = Clock::now();
    const auto error = caught<InterruptedError>(
        [&] { engine.read([](Reader& reader) { return reader.execute<int>(endless).one(); }, {.deadline = 30ms}); });
    EXPECT_TRUE(error.is_interrupted());
    EXPECT_GE(Clock::now() - begin, 29ms);
    EXPECT_EQ(engine.read([](Reader& reader) { return reader.all(select<Car>()).size(); }), 0U) << "it is over";
}

TEST_F(Limited, a_deadline_may_be_a_point_in_time_of_any_clock) {
    const auto run = [&](RunLimits limits) {
        engine.read([](Reader& reader) { return reader.execute<int>(endless).one(); }, std::move(limits));
    };
    EXPECT_THROW(run({.deadline = Clock::now() + 10ms}), InterruptedError);
    EXPECT_THROW(run({.deadline = std::chrono::system_clock::now() + 10ms}), InterruptedError);
    EXPECT_THROW(run({.deadline = Clock::now() - 1s}), InterruptedError);
}

TEST_F(Limited, a_deadline_may_be_as_far_away_as_its_clock_goes) {
    const auto runs_until = [&](mica::Deadline deadline) {
        bool ran = false;
        try {
            engine.read([&](Reader&) { ran = true; }, {.deadline = deadline});
        } catch (const InterruptedError&) {
        }
        return ran;
    };
    EXPECT_FALSE(runs_until(std::chrono::steady_clock::time_point::min()));
    EXPECT_FALSE(runs_until(std::chrono::system_clock::time_point::min()));
    EXPECT_TRUE(runs_until(std::chrono::steady_clock::time_point::max()));
    EXPECT_TRUE(runs_until(std::chrono::system_clock::time_point::max()));
}

TEST_F(Limited, limits_that_are_reached_run_nothing) {
    bool ran = false;
    const auto note = [&](auto&) { ran = true; };
    EXPECT_STREQ(caught<InterruptedError>([&] { engine.write(note, {.deadline = 0ms}); }).what(),
                 "mica: the deadline has passed, or a stop was requested");
    EXPECT_THROW(engine.read(note, {.deadline = -5s}), InterruptedError);
    EXPECT_THROW(engine.write_retry(3, note, {.deadline = 0s}), InterruptedError);
    EXPECT_FALSE(ran);
}

TEST_F(Limited, what_ends_in_time_is_not_touched) {
    for (const Deadline& deadline :
         {Deadline{1h}, Deadline{std::chrono::hours::max()}, Deadline{Clock::time_point::max()}, Deadline{}}) {
        engine.write([](Session& session) { session.add(Car{.name = "F8"}); }, {.deadline = deadline});
    }
    EXPECT_EQ(names().size(), 4U);
}

TEST_F(Limited, a_stop_token_stops_a_writer_and_undoes_it) {
    std::stop_source source;
    std::optional<std::thread> stopper;
    EXPECT_THROW(engine.write(
                     [&](Session& session) {
                         session.add(Car{.name = "lost"});
                         session.flush();
                         stopper.emplace([&] { source.request_stop(); });
                         session.execute<int>(endless).one();
                     },
                     {.stop = source.get_token()}),
                 InterruptedError);
    stopper->join();
    EXPECT_EQ(names(), Texts{});
    engine.write([](Session& session) { session.add(Car{.name = "next"}); });
    EXPECT_EQ(names(), Texts{"next"});
}

TEST_F(Limited, an_interrupted_select_keeps_its_transaction) {
    const auto connection = engine.connect();
    auto transaction = connection.begin();
    connection.insert(Car{.name = "kept"});
    {
        const LimitScope scope{{.deadline = 10ms}};
        EXPECT_THROW(connection.execute<int>(endless).one(), InterruptedError);
    }
    EXPECT_TRUE(transaction.is_active());
    EXPECT_TRUE(connection.in_transaction());
    transaction.commit();
    EXPECT_EQ(names(), Texts{"kept"});
}

TEST_F(Limited, an_interrupted_write_ends_its_transaction_and_mica_knows) {
    const auto connection = engine.connect();
    {
        auto transaction = connection.begin();
        connection.insert(Car{.name = "lost"});
        {
            const LimitScope scope{{.deadline = 10ms}};
            EXPECT_THROW(connection.execute(endless_insert), InterruptedError);
        }
        EXPECT_EQ(transaction.is_active(), sqlite3_get_autocommit(connection.open().database.handle()) == 0);
        EXPECT_FALSE(transaction.is_active());
        EXPECT_FALSE(connection.in_transaction());
        EXPECT_THROW(connection.insert(Car{.name = "by itself"}), ProgrammingError);
        EXPECT_THROW(transaction.commit(), ProgrammingError);
    }
    connection.insert(Car{.name = "next"});
    EXPECT_EQ(names(), Texts{"next"});
}

TEST_F(Limited, an_interrupted_write_ends_the_transaction_of_a_session) {
    Session session{engine};
    const auto car = session.add(Car{.name = "F8"});
    session.flush();
    {
        const LimitScope scope{{.deadline = 10ms}};
        EXPECT_THROW(session.execute(endless_insert), InterruptedError);
    }
    EXPECT_THROW(session.commit(), ProgrammingError);
    session.rollback();
    EXPECT_EQ(car->id, 0);
    session.add(Car{.name = "next"});
    session.commit();
    EXPECT_EQ(names(), Texts{"next"});
}

TEST_F(Limited, of_scopes_in_each_other_the_narrowest_counts) {
    const auto connection = engine.connect();
    const LimitScope outer{{.deadline = 10ms}};
    const LimitScope inner{{.deadline = 1h}};
    EXPECT_THROW(connection.execute<int>(endless).one(), InterruptedError);
    EXPECT_TRUE(inner.is_over());
}

TEST_F(Limited, a_scope_is_its_threads_own) {
    std::stop_source source;
    source.request_stop();
    const LimitScope scope{{.stop = source.get_token()}};
    std::thread{[&] {
        const auto connection = engine.connect();
        const char* const long_one =
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) SELECT count(*) FROM n";
        EXPECT_EQ(connection.execute<int>(long_one).one(), 5000);
    }}.join();
}

TEST_F(Limited, many_short_statements_reach_a_deadline_too) {
    const auto connection = engine.connect();
    const LimitScope scope{{.deadline = 20ms}};
    EXPECT_THROW(
        {
            for (;;) connection.execute<int>("SELECT count(*) FROM Car").one();
        },
        InterruptedError);
}

TEST_F(Limited, a_change_that_has_happened_is_never_called_interrupted) {
    const auto connection = engine.connect();
    std::int64_t done = 0;
    std::stop_source source;
    source.request_stop();
    {
        const LimitScope scope{{.stop = source.get_token()}};
        for (int i = 0; i < 3000; ++i) {
            try {
                connection.execute("INSERT INTO Car (name) VALUES ('F8')");
                ++done;
            } catch (const InterruptedError&) {
            }
        }
    }
    EXPECT_EQ(connection.execute<std::int64_t>("SELECT count(*) FROM Car").one(), done);
}

TEST_F(Limited, a_writer_waits_for_a_lock_no_longer_than_its_deadline) {
    const auto holder = other.connect();
    const auto transaction = holder.begin();
    const auto begin = Clock::now();
    EXPECT_THROW(engine.write([](Session&) {}, {.deadline = 60ms}), OperationalError);
    EXPECT_LT(Clock::now() - begin, 5s);
    std::stop_source source;
    std::thread stopper{[&] {
        std::this_thread::sleep_for(30ms);
        source.request_stop();
    }};
    EXPECT_THROW(engine.write([](Session&) {}, {.stop = source.get_token()}), InterruptedError);
    stopper.join();
    EXPECT_EQ(engine.connect().execute<int>("PRAGMA busy_timeout").one(), 10000);
}

TEST_F(Limited, a_thread_waits_in_line_no_longer_than_its_deadline) {
    const Engine narrow{url, {.pool_size = 1}};
    for (const bool writes : {false, true}) {
        const Engine& crowded = writes ? engine : narrow;
        const auto holder = crowded.connect();
        const auto transaction = holder.begin();
        std::thread{[&] {
            const auto begin = Clock::now();
            const auto write = [&] { crowded.write([](Session&) {}, {.deadline = 40ms}); };
            const auto read = [&] { crowded.read([](Reader&) {}, {.deadline = 40ms}); };
            EXPECT_THROW(writes ? write() : read(), InterruptedError);
            EXPECT_LT(Clock::now() - begin, 10s);
        }}.join();
    }
}

/// What `waits` throws in another thread, whose waiting `begun` tells and `stop` ends.
template <class Waits, class Begun, class Stop>
void expect_called_away(Waits waits, Begun begun, Stop stop) {
    const auto begin = Clock::now();
    std::thread waiting{[&] { EXPECT_THROW(waits(), InterruptedError); }};
    while (!begun()) std::this_thread::yield();
    stop();
    waiting.join();
    EXPECT_LT(Clock::now() - begin, 10s) << "and not the whole checkout_timeout";
}

TEST_F(Limited, a_stop_token_calls_a_thread_away_from_the_line_of_writers) {
    const auto holder = engine.connect();
    auto transaction = holder.begin();
    std::stop_source source;
    expect_called_away([&] { engine.write([](Session&) {}, {.stop = source.get_token()}); },
                       [&] { return engine.stats().write_waits > 0; }, [&] { source.request_stop(); });
    transaction.rollback();
    EXPECT_NO_THROW(engine.write([](Session& session) { session.add(Car{.name = "next"}); }));
    EXPECT_EQ(names(), Texts{"next"});
}

TEST_F(Limited, a_stop_token_calls_a_thread_away_from_the_line_for_a_connection) {
    const Engine narrow{url, {.pool_size = 1}};
    auto holder = std::make_optional(narrow.connect());
    std::stop_source source;
    expect_called_away([&] { narrow.read([](Reader&) {}, {.stop = source.get_token()}); },
                       [&] { return narrow.stats().waits > 0; }, [&] { source.request_stop(); });
    holder.reset();
    EXPECT_NO_THROW(static_cast<void>(narrow.connect()));
}

TEST_F(Limited, a_stop_token_calls_a_thread_away_from_a_connection_that_all_share) {
    const Engine memory{"sqlite://"};
    const auto holder = memory.connect();
    const auto transaction = holder.begin();
    std::stop_source source;
    expect_called_away(
        [&] {
            const LimitScope scope{{.stop = source.get_token()}};
            memory.connect().execute("SELECT 1");
        },
        [&] { return memory.stats().write_waits > 0; }, [&] { source.request_stop(); });
}

TEST_F(Limited, an_interrupt_calls_a_connection_away_from_the_line_of_writers) {
    const auto holder = engine.connect();
    auto transaction = holder.begin();
    const auto waiting = engine.connect();
    const InterruptHandle handle = waiting.interrupt_handle();
    expect_called_away([&] { waiting.execute("DELETE FROM Car"); }, [&] { return engine.stats().write_waits > 0; },
                       [&] { handle.interrupt(); });
    transaction.rollback();
    handle.forget();
    EXPECT_NO_THROW(waiting.execute("DELETE FROM Car"));
}

TEST_F(Limited, who_is_called_away_leaves_the_others_in_their_order) {
    const auto holder = engine.connect();
    auto transaction = holder.begin();
    std::stop_source source;
    std::vector<std::thread> threads;
    for (int i = 0; i < 3; ++i) {
        threads.emplace_back([&, i] {
            const auto write = [i](Session& session) { session.add(Car{.name = std::to_string(i)}); };
            if (i == 1) {
                EXPECT_THROW(engine.write(write, {.stop = source.get_token()}), InterruptedError);
            } else {
                engine.write(write, {.stop = std::stop_source{}.get_token()});
            }
        });
        while (engine.stats().write_waits <= i) std::this_thread::yield();
    }
    source.request_stop();
    threads[1].join();
    transaction.rollback();
    threads[0].join();
    threads[2].join();
    EXPECT_EQ(names(), (Texts{"0", "2"}));
}

TEST_F(Limited, a_writer_gets_a_lock_that_is_free_in_time) {
    const auto holder = other.connect();
    auto transaction = std::make_unique<Transaction>(holder.begin());
    std::thread ender{[&] {
        std::this_thread::sleep_for(50ms);
        transaction.reset();
    }};
    engine.write([](Session& session) { session.add(Car{.name = "in time"}); }, {.deadline = 1min});
    ender.join();
    EXPECT_EQ(names(), Texts{"in time"});
}

/// Waits for no lock, so that each attempt fails at once.
struct Retried : testing::Test {
    mica::test::TemporaryDirectory directory;
    std::string url = "sqlite:///" + directory.file("cars.db?busy_timeout=0");
    Engine engine{url};
    Engine other{url};
    int attempts = 0;

    Retried() { engine.create_all<Car>(); }
};

TEST_F(Retried, a_busy_database_is_tried_again_so_often_at_most) {
    const auto holder = other.connect();
    const auto transaction = holder.begin();
    const auto count = [&](Session&) { ++attempts; };
    EXPECT_TRUE(caught<OperationalError>([&] { engine.write_retry(4, count); }).is_busy());
    EXPECT_EQ(attempts, 0) << "the lock is taken before";
}

TEST_F(Retried, all_of_it_is_run_again_in_a_new_session) {
    const int given = engine.write_retry(5, [&](Session& session) {
        const auto car = session.add(Car{.name = std::to_string(++attempts)});
        session.flush();
        if (attempts < 3) {
            const auto blocked = other.connect();
            blocked.insert(Car{.name = "never"});  // busy: this session has the lock
        }
        return attempts;
    });
    EXPECT_EQ(given, 3);
    EXPECT_EQ(engine.connect().execute<std::string>("SELECT name FROM Car").all(), Texts{"3"});
}

TEST_F(Retried, what_is_out_of_date_is_run_again) {
    engine.write_retry(2, [&](Session&) {
        if (++attempts == 1)
            throw OperationalError(Failure{.kind = ErrorKind::busy, .extended_code = SQLITE_BUSY_SNAPSHOT});
    });
    EXPECT_EQ(attempts, 2);
}

TEST_F(Retried, the_last_failure_is_thrown) {
    const auto always_busy = [&](Session&) {
        ++attempts;
        other.connect().insert(Car{});
    };
    EXPECT_TRUE(caught<OperationalError>([&] { engine.write_retry(4, always_busy); }).is_busy());
    EXPECT_EQ(attempts, 4);
    EXPECT_TRUE(caught<OperationalError>([&] { engine.write_retry(1, always_busy); }).is_busy());
    EXPECT_EQ(attempts, 5);
    EXPECT_THROW(engine.write_retry(0, always_busy), ProgrammingError);
    EXPECT_EQ(attempts, 5);
}

TEST_F(Retried, other_failures_are_not_repeated) {
    EXPECT_THROW(engine.write_retry(9,
                                    [&](Session& session) {
                                        ++attempts;
                                        session.execute("no SQL");
                                    }),
                 ProgrammingError);
    EXPECT_EQ(attempts, 1);
}

TEST_F(Retried, a_deadline_ends_the_attempts) {
    const auto begin = Clock::now();
    const auto always_busy = [&](Session&) { other.connect().insert(Car{}); };
    EXPECT_THROW(engine.write_retry(1'000'000, always_busy, {.deadline = 50ms}), OperationalError);
    EXPECT_LT(Clock::now() - begin, 10s);
}

TEST_F(Retried, two_writers_without_patience_lose_no_update) {
    engine.connect().insert(Car{.name = "0"});
    const auto count_up = [](const Engine& own) {
        for (int i = 0; i < 100; ++i) {
            own.write_retry(10'000, [](Session& session) {
                const auto car = session.get<Car>(1);
                car->name = std::to_string(std::stoi(car->name) + 1);
            });
        }
    };
    std::thread first{[&] { count_up(engine); }};
    std::thread second{[&] { count_up(other); }};
    first.join();
    second.join();
    EXPECT_EQ(engine.connect().execute<std::string>("SELECT name FROM Car").one(), "200");
}

}  // namespace integration_run_limits
