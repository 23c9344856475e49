// SPDX-License-Identifier: BSL-1.0
#include <support/caught.hpp>
#include <support/coroutine.hpp>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <future>
#include <memory>
#include <optional>
#include <random>
#include <thread>
#include <utility>
#include <vector>

namespace unit_async_cancel {

using namespace mica;
using namespace mica::test;
using namespace asio::experimental::awaitable_operators;
using namespace std::chrono_literals;
using asio::awaitable;

/// Keeps a worker until it is let go.
class Gate {
public:
    auto holder() {
        return [opened = opened_, entered = entered_](Reader&) {
            entered->set_value();
            opened.wait();
        };
    }
    void wait_until_held() { entered_->get_future().wait(); }
    void open() { open_.set_value(); }

private:
    std::promise<void> open_{};
    std::shared_future<void> opened_ = open_.get_future().share();
    std::shared_ptr<std::promise<void>> entered_ = std::make_shared<std::promise<void>>();
};

bool is_aborted(const std::exception_ptr& error) {
    try {
        if (error) std::rethrow_exception(error);
    } catch (const boost::system::system_error& thrown) {
        return thrown.code() == asio::error::operation_aborted;
    } catch (...) {
    }
    return false;
}

struct Shed {
    std::int64_t id = 0;
};

class AsyncCancelTest : public testing::Test {
protected:
    Garage garage{};
    AsyncEngine engine{garage.url(), {.workers = 1, .queue = 4}};

    void expect_usable() {
        run([&] { return engine.write([](Session& session) { session.execute("UPDATE car SET year = 1"); }); });
        EXPECT_EQ(run([&] { return engine.all(select<Car>()); }).size(), 3U);
    }
};

TEST_F(AsyncCancelTest, calls_away_what_waits_for_a_writer_outside_of_the_workers) {
    const Connection outside = engine.engine().connect();
    const auto transaction = outside.begin();
    const auto begin = std::chrono::steady_clock::now();
    run([&]() -> awaitable<void> {
        asio::steady_timer timer{co_await asio::this_coro::executor, 20ms};
        co_await (engine.write([](Session&) {}) || timer.async_wait(asio::use_awaitable));
    });
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 20s) << "and not the whole checkout_timeout";
}

TEST_F(AsyncCancelTest, calls_away_what_creates_tables_and_waits_for_a_writer_outside_of_the_workers) {
    const Connection outside = engine.engine().connect();
    const auto transaction = outside.begin();
    const auto begin = std::chrono::steady_clock::now();
    run([&]() -> awaitable<void> { co_await (engine.create_all<Shed>() || sleep(20ms)); });
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 20s) << "and not the whole checkout_timeout";
}

TEST_F(AsyncCancelTest, calls_away_a_stream_that_waits_for_a_connection) {
    AsyncEngine narrow{garage.url(), {.workers = 1, .engine = {.pool_size = 1}}};
    const Connection outside = narrow.engine().connect();
    const auto begin = std::chrono::steady_clock::now();
    run([&]() -> awaitable<void> {
        auto rows = narrow.stream(select<Car>());
        const auto outcome = co_await (rows.next() || sleep(20ms));
        EXPECT_EQ(outcome.index(), 1U);
        EXPECT_FALSE(co_await rows.next());
    });
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 20s);
}

TEST_F(AsyncCancelTest, takes_out_what_waits) {
    Gate gate;
    auto held = engine.read(gate.holder(), asio::use_future);
    gate.wait_until_held();
    asio::io_context context;
    asio::cancellation_signal signal;
    std::exception_ptr error;
    bool has_run = false;
    engine.read([&](Reader&) { has_run = true; },
                asio::bind_cancellation_slot(
                    signal.slot(), asio::bind_executor(context, [&](std::exception_ptr given) { error = given; })));
    signal.emit(asio::cancellation_type::terminal);
    context.run();
    EXPECT_TRUE(is_aborted(error)) << "while the worker is busy";
    gate.open();
    held.get();
    EXPECT_FALSE(has_run);
    expect_usable();
}

TEST_F(AsyncCancelTest, interrupts_a_query_that_runs) {
    const auto started = std::chrono::steady_clock::now();
    run([&]() -> awaitable<void> {
        auto query = engine.read([](Reader& reader) { return reader.execute<std::int64_t>(endless).one(); });
        const auto outcome = co_await (std::move(query) || sleep(50ms));
        EXPECT_EQ(outcome.index(), 1U);
    });
    EXPECT_LT(std::chrono::steady_clock::now() - started, 5s);
    expect_usable();
}

TEST_F(AsyncCancelTest, interrupts_a_single_statement) {
    run([&]() -> awaitable<void> {
        const auto outcome = co_await (engine.execute<std::int64_t>(endless) || sleep(50ms));
        EXPECT_EQ(outcome.index(), 1U);
    });
    expect_usable();
}

TEST_F(AsyncCancelTest, rolls_back_a_write_that_runs) {
    run([&]() -> awaitable<void> {
        auto write = engine.write([](Session& session) {
            session.execute("DELETE FROM car");
            session.execute<std::int64_t>(endless).one();
        });
        const auto outcome = co_await (std::move(write) || sleep(50ms));
        EXPECT_EQ(outcome.index(), 1U);
    });
    EXPECT_EQ(garage.count(), 3);
    expect_usable();
}

TEST_F(AsyncCancelTest, rolls_back_a_write_whose_function_ignores_the_interrupt) {
    asio::io_context context;
    asio::cancellation_signal signal;
    std::exception_ptr error;
    std::promise<void> entered;
    std::promise<void> cancelled;
    engine.write(
        [&](Session& session) {
            session.execute("DELETE FROM car");
            entered.set_value();
            cancelled.get_future().wait();
        },
        asio::bind_cancellation_slot(signal.slot(),
                                     asio::bind_executor(context, [&](std::exception_ptr given) { error = given; })));
    entered.get_future().wait();
    signal.emit(asio::cancellation_type::terminal);
    cancelled.set_value();
    context.run();
    EXPECT_TRUE(is_aborted(error));
    EXPECT_EQ(garage.count(), 3);
}

TEST_F(AsyncCancelTest, does_not_cancel_a_commit) {
    asio::io_context context;
    asio::cancellation_signal signal;
    std::exception_ptr error;
    AsyncSession session{engine};
    std::promise<void> committing;
    std::promise<void> cancelled;
    engine.write(
        [&](Session& inside) {
            inside.add(Car{.make = "Seat", .driver_id = 1});
            // The listener holds COMMIT's end open: the rows are committed, the operation is not over.
            static std::optional<ListenerToken> token;
            token = inside.on_after_commit([&] {
                committing.set_value();
                cancelled.get_future().wait();
            });
        },
        asio::bind_cancellation_slot(signal.slot(),
                                     asio::bind_executor(context, [&](std::exception_ptr given) { error = given; })));
    committing.get_future().wait();
    signal.emit(asio::cancellation_type::terminal);
    cancelled.set_value();
    context.run();
    EXPECT_FALSE(error);
    EXPECT_EQ(garage.count(), 4);
}

TEST_F(AsyncCancelTest, a_session_rolls_back_and_is_usable) {
    run([&]() -> awaitable<void> {
        AsyncSession session{engine};
        const Ref<Car> lotus = co_await session.get<Car>(1);
        lotus->year = 1;
        co_await session.flush();
        const auto outcome = co_await (session.execute<std::int64_t>(endless) || sleep(50ms));
        EXPECT_EQ(outcome.index(), 1U);
        EXPECT_FALSE(session.in_transaction());
        EXPECT_EQ(lotus->year, 1977) << "as after rollback()";
        lotus->year = 1978;
        co_await session.commit();
    });
    EXPECT_EQ(run([&] { return engine.get<Car>(1); })->year, 1978);
    expect_usable();
}

TEST_F(AsyncCancelTest, a_stream_ends) {
    run([&]() -> awaitable<void> {
        const auto everything =
            select<Car>().where(sql<bool>("(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
                                          "1000000000) SELECT count(*) FROM n) > 0"));
        auto rows = engine.stream(everything);
        const auto outcome = co_await (rows.next() || sleep(50ms));
        EXPECT_EQ(outcome.index(), 1U);
        EXPECT_FALSE(co_await rows.next());
    });
    expect_usable();
}

TEST_F(AsyncCancelTest, a_session_that_ends_stops_what_it_does) {
    std::future<AsyncRows<std::int64_t>> running;
    {
        AsyncSession session{engine};
        running = session.execute<std::int64_t>(endless, asio::use_future);
        std::this_thread::sleep_for(20ms);
    }
    EXPECT_THROW(running.get(), boost::system::system_error);
    expect_usable();
}

TEST_F(AsyncCancelTest, an_operation_that_is_done_stays_done) {
    asio::io_context context;
    asio::cancellation_signal signal;
    std::exception_ptr error;
    std::int64_t count = 0;
    engine.scalar(select(mica::count()).from<Car>(),
                  asio::bind_cancellation_slot(
                      signal.slot(), asio::bind_executor(context, [&](std::exception_ptr given, std::int64_t found) {
                          error = given;
                          count = found;
                      })));
    engine.stop(asio::use_future).get();
    signal.emit(asio::cancellation_type::terminal);
    context.run();
    EXPECT_FALSE(error);
    EXPECT_EQ(count, 3);
}

/// Cancels operations at random times, so that every stage is met; MICA_CANCELLATIONS says how many.
TEST_F(AsyncCancelTest, leaves_everything_usable_whenever_it_comes) {
    const char* const wanted = std::getenv("MICA_CANCELLATIONS");
    const int count = wanted != nullptr ? std::atoi(wanted) : 10'000;
    const AsyncEngine busy{garage.url(), {.workers = 2, .queue = 4}};
    std::mt19937 random{7};
    int cancelled = 0;
    int written = 0;
    int unusable = 0;
    run([&]() -> awaitable<void> {
        AsyncSession session{busy};
        for (int i = 0; i < count; ++i) {
            const auto pause = std::chrono::microseconds{std::uniform_int_distribution<>{0, 120}(random)};
            asio::steady_timer timer{co_await asio::this_coro::executor, pause};
            const int kind = i % 4;
            std::size_t first = 0;
            if (kind == 0) {
                first = (co_await (busy.execute<std::int64_t>("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 "
                                                              "FROM n WHERE i < 2000) SELECT count(*) FROM n") ||
                                   timer.async_wait(asio::use_awaitable)))
                            .index();
            } else if (kind == 1) {
                first = (co_await (busy.write([](Session& inside) {
                            inside.execute("UPDATE car SET year = year + 1 WHERE id = 1");
                        }) || timer.async_wait(asio::use_awaitable)))
                            .index();
                if (first == 0) ++written;
            } else if (kind == 2) {
                first = (co_await (session.query<Car>().all() || timer.async_wait(asio::use_awaitable))).index();
            } else {
                first = (co_await (session.commit() || timer.async_wait(asio::use_awaitable))).index();
                if (session.in_transaction()) co_await session.rollback();
            }
            if (first == 1) ++cancelled;
            const Ref<Car> car = co_await session.get<Car>(1);
            if (!car) ++unusable;
            if (kind != 2) co_await session.rollback();  // others write next
        }
        const auto cars = co_await session.query<Car>().all();
        EXPECT_EQ(cars.size(), 3U);
        co_await session.commit();
    });
    EXPECT_GT(cancelled, 0);
    EXPECT_EQ(unusable, 0);
    EXPECT_GE(run([&] { return busy.get<Car>(1); })->year, 1977 + written) << "what was reported is there";
    std::printf("%d of %d cancelled\n", cancelled, count);
    run([&] { return busy.stop(); });
    expect_usable();
}

class AsyncStopTest : public AsyncCancelTest {};

TEST_F(AsyncStopTest, a_full_queue_is_an_error_for_who_only_tries) {
    Gate gate;
    auto held = engine.read(gate.holder(), asio::use_future);
    gate.wait_until_held();
    std::vector<std::future<void>> waiting;
    for (int i = 0; i < 4; ++i) waiting.push_back(engine.try_read([](Reader&) {}, asio::use_future));
    EXPECT_THROW(engine.try_read([](Reader&) {}, asio::use_future).get(), QueueFull);
    EXPECT_THROW(engine.try_write([](Session&) {}, asio::use_future).get(), QueueFull);
    auto patient = engine.read([](Reader&) { return 7; }, asio::use_future);
    EXPECT_EQ(patient.wait_for(20ms), std::future_status::timeout) << "it waits, and so does its caller";
    gate.open();
    for (auto& each : waiting) each.get();
    EXPECT_EQ(patient.get(), 7);
    EXPECT_EQ(run([&] { return engine.try_read([](Reader&) { return 1; }); }), 1);
    EXPECT_NO_THROW(run([&] { return engine.try_write([](Session&) {}); }));
}

TEST_F(AsyncStopTest, drains_what_it_has_and_takes_no_more) {
    Gate gate;
    auto held = engine.read(gate.holder(), asio::use_future);
    gate.wait_until_held();
    std::vector<std::future<int>> waiting;
    for (int i = 0; i < 20; ++i) waiting.push_back(engine.read([i](Reader&) { return i; }, asio::use_future));
    auto stopped = engine.stop(asio::use_future);
    EXPECT_THROW(engine.read([](Reader&) { return 1; }, asio::use_future).get(), boost::system::system_error);
    gate.open();
    stopped.get();
    for (int i = 0; i < 20; ++i) EXPECT_EQ(waiting.at(static_cast<std::size_t>(i)).get(), i);
    engine.stop(asio::use_future).get();
}

TEST_F(AsyncStopTest, cancels_what_it_waits_for_when_it_is_cancelled_itself) {
    auto running = engine.execute<std::int64_t>(endless, asio::use_future);
    auto waiting = engine.read([](Reader&) {}, asio::use_future);
    run([&]() -> awaitable<void> { co_await (engine.stop() || sleep(50ms)); });
    EXPECT_THROW(running.get(), boost::system::system_error);
    EXPECT_THROW(waiting.get(), boost::system::system_error);
}

TEST_F(AsyncStopTest, does_not_wait_for_a_session_that_does_nothing) {
    AsyncSession session{engine};
    session.add(Car{.make = "Seat", .driver_id = 1});
    run([&] { return session.flush(); });
    auto waiting = engine.write([](Session&) {}, asio::use_future);
    engine.stop(asio::use_future).get();
    EXPECT_THROW(waiting.get(), boost::system::system_error) << "it waits for that session";
    EXPECT_THROW(run([&] { return session.commit(); }), boost::system::system_error);
}

TEST_F(AsyncStopTest, an_engine_that_ends_cancels_everything) {
    std::optional<AsyncEngine> own{std::in_place, garage.url(), AsyncOptions{.workers = 2}};
    std::vector<std::future<AsyncRows<std::int64_t>>> running;
    for (int i = 0; i < 5; ++i) running.push_back(own->execute<std::int64_t>(endless, asio::use_future));
    std::this_thread::sleep_for(20ms);
    own.reset();
    for (auto& each : running) EXPECT_THROW(each.get(), boost::system::system_error);
    expect_usable();
}

TEST_F(AsyncStopTest, an_engine_may_end_inside_of_a_callback_of_its_worker) {
    auto own = std::make_unique<AsyncEngine>(garage.url());
    std::promise<void> ended;
    own->read([](Reader&) {},
              [&](std::exception_ptr) {
                  own.reset();
                  ended.set_value();
              });
    ended.get_future().wait();
    expect_usable();
}

TEST_F(AsyncStopTest, coroutines_that_wait_are_told) {
    asio::io_context context;
    std::optional<AsyncEngine> own{std::in_place, garage.url(), AsyncOptions{.workers = 1}};
    int told = 0;
    const auto ask = [&]() -> awaitable<void> {
        auto [error, rows] = co_await own->execute<std::int64_t>(endless, asio::as_tuple(asio::use_awaitable));
        if (is_aborted(error)) ++told;
    };
    for (int i = 0; i < 8; ++i) asio::co_spawn(context, ask(), asio::detached);
    context.run_for(20ms);
    own.reset();
    context.run();
    EXPECT_EQ(told, 8);
}

TEST_F(AsyncStopTest, may_be_asked_for_again) {
    Gate gate;
    auto held = engine.read(gate.holder(), asio::use_future);
    gate.wait_until_held();
    auto first = engine.stop(asio::use_future);
    auto second = engine.stop(asio::use_future);
    EXPECT_EQ(second.wait_for(20ms), std::future_status::timeout) << "an operation runs";
    gate.open();
    first.get();
    second.get();
    held.get();
    engine.stop(asio::use_future).get();
    EXPECT_THROW(engine.get<Car>(1, asio::use_future).get(), boost::system::system_error);
}

TEST_F(AsyncStopTest, a_stream_that_was_read_half_way_may_outlive_its_engine) {
    std::optional<AsyncEngine> own{std::in_place, garage.url(), AsyncOptions{.workers = 1}};
    auto rows = own->stream(select<Car>(), 1);
    EXPECT_TRUE(rows.next(asio::use_future).get());
    own.reset();
    EXPECT_THROW(rows.next(asio::use_future).get(), boost::system::system_error);
    expect_usable();
}

/// The queue's own memory is that of those who wait: nothing else grows with them.
TEST_F(AsyncStopTest, a_hundred_thousand_tries_leave_the_queue_at_its_size) {
    Gate gate;
    auto held = engine.read(gate.holder(), asio::use_future);
    gate.wait_until_held();
    auto counted = std::make_shared<int>(0);
    asio::io_context context;
    int refused = 0;
    for (int i = 0; i < 100'000; ++i) {
        engine.try_read([counted](Reader&) {}, asio::bind_executor(context, [&](std::exception_ptr error) {
                            if (error) ++refused;
                        }));
        context.poll();
    }
    EXPECT_EQ(refused, 100'000 - 4);
    EXPECT_EQ(counted.use_count(), 1 + 4);
    gate.open();
    context.restart();
    context.run();
}

}  // namespace unit_async_cancel
