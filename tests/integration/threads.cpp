// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace integration_threads {

using namespace mica;
using namespace std::chrono_literals;

struct Counter {
    std::int64_t id = 0;
    std::int64_t value = 0;
};

constexpr int thread_count = 4;

/// Runs `work` in several threads at once, each with its number.
template <class Work>
void in_threads(Work work) {
    std::vector<std::thread> threads;
    for (int i = 0; i < thread_count; ++i) threads.emplace_back([&work, i] { work(i); });
    for (std::thread& thread : threads) thread.join();
}

struct Threads : testing::TestWithParam<bool> {
    mica::test::TemporaryDirectory directory;
    Engine engine{GetParam() ? "sqlite:///" + directory.file("count.db") : std::string{"sqlite://"}};

    Threads() {
        engine.create_all<Counter>();
        engine.connect().execute(insert_into<Counter>().values(Counter{.id = 1}));
    }
    std::int64_t value() { return engine.connect().scalar(select(col<&Counter::value>).where(col<&Counter::id> == 1)); }
};

INSTANTIATE_TEST_SUITE_P(, Threads, testing::Bool(), [](const auto& place) { return place.param ? "file" : "memory"; });

TEST_P(Threads, a_transaction_that_may_write_excludes_all_others) {
    std::atomic<int> holders{0};
    in_threads([&](int) {
        const Connection connection = engine.connect();
        for (int i = 0; i < 100; ++i) {
            auto transaction = connection.begin();
            EXPECT_EQ(holders.fetch_add(1), 0);
            connection.execute("SELECT 1");
            holders.fetch_sub(1);
            transaction.commit();
        }
    });
}

TEST_P(Threads, single_statements_of_several_threads_take_turns) {
    in_threads([&](int) {
        const Connection connection = engine.connect();
        for (int i = 0; i < 100; ++i) {
            connection.execute(update<Counter>().set(col<&Counter::value> = col<&Counter::value> + 1).all_rows());
            EXPECT_GT(connection.scalar(select(col<&Counter::value>)), i);
        }
    });
    EXPECT_EQ(value(), thread_count * 100);
}

TEST_P(Threads, no_increment_is_lost_by_connections) {
    in_threads([&](int) {
        for (int i = 0; i < 50; ++i) {
            Connection connection = engine.connect();
            auto transaction = connection.begin();
            const auto old = connection.scalar(select(col<&Counter::value>));
            connection.execute(update<Counter>().set(col<&Counter::value> = old + 1).all_rows());
            transaction.commit();
        }
    });
    EXPECT_EQ(value(), thread_count * 50);
}

TEST_P(Threads, no_increment_is_lost_by_sessions) {
    in_threads([&](int) {
        for (int i = 0; i < 50; ++i) {
            Session session{engine};
            session.get<Counter>(1)->value += 1;
            session.commit();
        }
    });
    EXPECT_EQ(value(), thread_count * 50);
}

TEST_P(Threads, sessions_that_stay_get_a_key_of_their_own_for_each_object) {
    std::atomic<std::int64_t> sum{0};
    in_threads([&](int) {
        Session session{engine};
        for (int i = 0; i < 50; ++i) {
            const auto counter = session.add(Counter{.value = i});
            session.commit();
            sum += counter->id;
        }
    });
    const std::int64_t last = thread_count * 50 + 1;
    EXPECT_EQ(sum, last * (last + 1) / 2 - 1);
}

TEST_P(Threads, a_connection_may_move_to_another_thread) {
    Connection connection = engine.connect();
    auto transaction = connection.begin();
    std::thread{[moved = std::move(connection), ending = std::move(transaction)]() mutable {
        moved.execute(update<Counter>().set(col<&Counter::value> = 5).all_rows());
        ending.commit();
    }}.join();
    EXPECT_EQ(value(), 5);
}

TEST_P(Threads, a_connection_comes_back_from_another_thread) {
    auto opened = std::async(std::launch::async, [this] { return engine.connect(); });
    const Connection connection = opened.get();
    EXPECT_EQ(connection.scalar(select(col<&Counter::id>)), 1);
}

TEST_P(Threads, who_waits_gets_it_while_others_come_and_go) {
    std::atomic<int> done{0};
    in_threads([&](int number) {
        for (int i = 0; i < 100; ++i) {
            const Connection connection = engine.connect();
            if (number % 2 == 0) std::this_thread::yield();
        }
        ++done;
    });
    EXPECT_EQ(done, thread_count);
}

TEST_P(Threads, leftovers_of_one_thread_do_not_disturb_the_next_holder) {
    std::optional<Result<std::int64_t>> rows;
    std::optional<Transaction> transaction;
    {
        Connection connection = engine.connect();
        transaction.emplace(connection.begin());
        rows.emplace(connection.execute<std::int64_t>("SELECT id FROM Counter"));
    }
    std::thread other{[this] {
        for (int i = 0; i < 50; ++i) {
            Connection connection = engine.connect();
            auto own = connection.begin();
            connection.execute(update<Counter>().set(col<&Counter::value> = i).all_rows());
            own.commit();
        }
    }};
    for (int i = 0; i < 50; ++i) {
        EXPECT_THROW(rows->all(), ProgrammingError);
        EXPECT_FALSE(transaction->is_active());
        transaction->rollback();
    }
    rows.reset();
    transaction.reset();
    other.join();
    EXPECT_EQ(value(), 49);
}

TEST_P(Threads, handles_are_read_while_their_session_goes_on) {
    Session session{engine};
    const auto kept = session.get<Counter>(1);
    session.commit();
    std::thread reader{[kept] {
        for (int i = 0; i < 100; ++i) {
            const Ref<Counter> copy = kept;
            EXPECT_EQ(copy->id, 1);
        }
    }};
    for (int i = 0; i < 20; ++i) {
        session.add(Counter{.value = i});
        session.flush();
    }
    session.rollback();
    reader.join();
}

TEST_P(Threads, the_engine_may_go_while_its_last_holder_works_on) {
    auto shortlived = std::make_optional<Engine>("sqlite://");
    shortlived->create_all<Counter>();
    std::promise<void> started;
    std::thread worker{[session = std::make_unique<Session>(*shortlived), &started]() mutable {
        session->add(Counter{.value = 1});
        session->flush();
        started.set_value();
        session->add(Counter{.value = 2});
        session->commit();
        EXPECT_EQ(session->query<Counter>().count(), 2);
    }};
    started.get_future().wait();
    shortlived.reset();
    worker.join();
}

}  // namespace integration_threads
