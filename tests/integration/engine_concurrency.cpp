// SPDX-License-Identifier: BSL-1.0
// Many writers and readers of one file at once, in threads and in processes: nothing is lost, nobody is turned away,
// and a reader sees one state.
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace integration_engine_concurrency {

using namespace mica;
using namespace std::chrono_literals;
using mica::test::caught;
using Clock = std::chrono::steady_clock;

/// All counters are equal in every committed state.
struct Counter {
    std::int64_t id = 0;
    std::int64_t value = 0;
};
constexpr int counters = 8;

void increment(Session& session) {
    for (const Ref<Counter>& each : session.query<Counter>().all()) ++each->value;
}

struct Concurrency : testing::Test {
    mica::test::TemporaryDirectory directory;
    std::string url = "sqlite:///" + directory.file("counters.db");

    void create() const {
        const Engine engine{url};
        engine.create_all<Counter>();
        engine.write([](Session& session) {
            for (int i = 0; i < counters; ++i) session.add(Counter{});
        });
    }
    std::int64_t value() const {
        const Engine engine{url};
        return engine.connect().scalar(select(max(col<&Counter::value>))).value();
    }
};

TEST_F(Concurrency, eight_writers_lose_no_update_and_four_readers_see_whole_states) {
    create();
    constexpr int writers = 8;
    constexpr int readers = 4;
    constexpr int rounds = 200;
    const Engine engine{url, {.pool_size = 6}};
    std::atomic<bool> is_done{false};
    std::atomic<std::int64_t> worst_write{0};
    std::atomic<int> reads{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < writers; ++i) {
        threads.emplace_back([&] {
            for (int round = 0; round < rounds; ++round) {
                const auto start = Clock::now();
                ASSERT_NO_THROW(engine.write(increment));
                const std::int64_t took = (Clock::now() - start) / 1us;
                std::int64_t worst = worst_write.load();
                while (took > worst && !worst_write.compare_exchange_weak(worst, took)) {
                }
            }
        });
    }
    std::vector<std::thread> reading;
    for (int i = 0; i < readers; ++i) {
        reading.emplace_back([&] {
            std::int64_t last = 0;
            while (!is_done.load()) {
                engine.read([&](Reader& reader) {
                    const auto first = reader.all(select(col<&Counter::value>));
                    for (int again = 0; again < 3; ++again) {
                        ASSERT_EQ(reader.all(select(col<&Counter::value>)), first);
                        ASSERT_EQ(first, std::vector<std::int64_t>(counters, first.front()));
                        std::this_thread::yield();
                    }
                    ASSERT_GE(first.front(), last);
                    last = first.front();
                });
                ++reads;
            }
        });
    }
    for (std::thread& each : threads) each.join();
    is_done = true;
    for (std::thread& each : reading) each.join();
    EXPECT_EQ(value(), writers * rounds);
    const EngineStats stats = engine.stats();
    EXPECT_EQ(stats.write_timeouts, 0);
    EXPECT_EQ(stats.timeouts, 0);
    EXPECT_EQ(stats.in_use, 0);
    std::printf("%d writes, the slowest %.1f ms, the longest wait %.1f ms; %d reads, %d connections\n",
                writers * rounds, static_cast<double>(worst_write.load()) / 1e3,
                static_cast<double>(stats.longest_write_wait.count()) / 1e6, reads.load(), stats.open);
}

TEST_F(Concurrency, a_writer_is_waited_for_in_line_however_short_the_busy_timeout_is) {
    create();
    const Engine engine{url, {.busy_timeout = 0ms}};
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int round = 0; round < 50; ++round) ASSERT_NO_THROW(engine.write(increment));
        });
    }
    for (std::thread& each : threads) each.join();
    EXPECT_EQ(value(), 200);
}

/// Runs `action` in children of this process; gives how many of them have failed.
template <class Action>
int failures_in_processes(int count, Action action) {
    std::vector<pid_t> children;
    for (int i = 0; i < count; ++i) {
        std::fflush(nullptr);
        const pid_t child = ::fork();
        if (child == 0) {
            int code = 1;
            try {
                action();
                code = 0;
            } catch (const std::exception& error) {
                std::fprintf(stderr, "%s\n", error.what());
            }
            std::fflush(nullptr);
            ::_exit(code);
        }
        children.push_back(child);
    }
    int failures = 0;
    for (const pid_t child : children) {
        int status = 0;
        if (child < 0 || ::waitpid(child, &status, 0) != child || status != 0) ++failures;
    }
    return failures;
}

TEST_F(Concurrency, two_processes_with_several_threads_each_lose_no_update) {
    create();
    const int failures = failures_in_processes(2, [&] {
        const Engine engine{url, {.busy_timeout = 60s}};
        std::vector<std::thread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&] {
                for (int round = 0; round < 50; ++round) engine.write(increment);
            });
        }
        for (std::thread& each : threads) each.join();
    });
    EXPECT_EQ(failures, 0);
    EXPECT_EQ(value(), 2 * 4 * 50);
}

TEST_F(Concurrency, another_process_is_waited_for_up_to_the_busy_timeout) {
    create();
    const Engine engine{url};
    const Connection connection = engine.connect();
    const auto transaction = connection.begin();
    EXPECT_EQ(failures_in_processes(1,
                                    [&] {
                                        const Engine own{url, {.busy_timeout = 20ms}};
                                        if (!caught<OperationalError>([&] { own.write(increment); }).is_busy()) {
                                            throw std::runtime_error("not busy");
                                        }
                                    }),
              0);
}

/// Of both kinds of database.
struct Fork : testing::TestWithParam<bool> {
    mica::test::TemporaryDirectory directory;
    std::string url = GetParam() ? "sqlite:///" + directory.file("counters.db") : std::string{"sqlite://"};
};
INSTANTIATE_TEST_SUITE_P(Each, Fork, testing::Bool(),
                         [](const auto& each) { return std::string{each.param ? "file" : "memory"}; });

template <class Action>
void require_refused(Action action) {
    const auto error = caught<ProgrammingError>(action);
    if (std::string_view{error.what()} !=
        "mica: this connection belongs to the process that fork() was called in; make an engine of its own in the "
        "child") {
        throw error;
    }
}

TEST_P(Fork, a_child_uses_nothing_of_its_parents_and_closes_nothing) {
    auto engine = std::make_optional<Engine>(url);
    engine->create_all<Counter>();
    auto connection = std::make_optional(engine->connect());
    auto idle = std::make_optional(engine->connect());
    auto prepared = std::make_optional(idle->prepare(select<Counter>().where(col<&Counter::id> == param<int>)));
    auto transaction = std::make_optional(connection->begin());
    connection->insert(Counter{});
    auto rows = std::make_optional(connection->execute(select<Counter>()));
    EXPECT_EQ(failures_in_processes(1,
                                    [&] {
                                        require_refused([&] { static_cast<void>(engine->connect()); });
                                        require_refused([&] { engine->create_all<Counter>(); });
                                        require_refused([&] { connection->insert(Counter{}); });
                                        require_refused([&] { idle->insert(Counter{}); });
                                        require_refused([&] { idle->execute("SELECT 1"); });
                                        require_refused([&] { (*prepared)(1).all(); });
                                        require_refused([&] { transaction->commit(); });
                                        require_refused([&] { rows->all(); });
                                        require_refused([&] {
                                            engine->read([](Reader& reader) { reader.all(select<Counter>()); });
                                        });
                                        rows.reset();
                                        prepared.reset();
                                        transaction.reset();
                                        connection.reset();
                                        idle.reset();
                                        engine.reset();
                                        const Engine own{url};
                                        own.create_all<Counter>();
                                        if (own.connect().scalar(select(count()).from<Counter>()) != 0) {
                                            throw std::runtime_error("the parent's transaction is seen");
                                        }
                                    }),
              0);
    EXPECT_EQ(rows->all().size(), 1U);
    transaction->commit();
    EXPECT_EQ(idle->scalar(select(count()).from<Counter>()), 1);
    EXPECT_EQ(idle->execute<std::string>("PRAGMA integrity_check").one(), "ok");
}

TEST_P(Fork, a_child_of_a_session_leaves_its_transaction_alone) {
    const Engine engine{url};
    engine.create_all<Counter>();
    auto session = std::make_optional<Session>(engine);
    session->add(Counter{});
    session->flush();
    EXPECT_EQ(failures_in_processes(1,
                                    [&] {
                                        session->add(Counter{});
                                        require_refused([&] { session->commit(); });
                                        session.reset();
                                    }),
              0);
    session->commit();
    EXPECT_EQ(engine.connect().scalar(select(count()).from<Counter>()), 1);
}

}  // namespace integration_engine_concurrency
