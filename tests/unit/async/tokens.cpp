// SPDX-License-Identifier: BSL-1.0
#include <support/coroutine.hpp>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/thread_pool.hpp>
#include <gtest/gtest.h>

#include <atomic>
#include <coroutine>
#include <future>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>
#include <tuple>
#include <vector>

namespace unit_async_tokens {

using namespace mica;
using namespace mica::test;
using asio::awaitable;

class AsyncTokensTest : public testing::Test {
protected:
    Garage garage{};
    AsyncEngine engine{garage.url(), {.workers = 2}};

    static auto count_cars() {
        return [](Reader& reader) { return reader.scalar(select(mica::count()).from<Car>()); };
    }
};

TEST_F(AsyncTokensTest, a_future_needs_no_executor) {
    EXPECT_EQ(engine.read(count_cars(), asio::use_future).get(), 3);
    EXPECT_EQ(engine.get<Car>(2, asio::use_future).get()->make, "Alpine");
    std::future<void> written = engine.write([](Session&) { throw std::out_of_range("no"); }, asio::use_future);
    EXPECT_THROW(written.get(), std::out_of_range);
}

TEST_F(AsyncTokensTest, a_callback_is_called_by_the_executor_that_it_is_bound_to) {
    asio::io_context context;
    bool is_called = false;
    engine.read(count_cars(), asio::bind_executor(context, [&](std::exception_ptr error, std::int64_t count) {
                    EXPECT_FALSE(error);
                    EXPECT_EQ(count, 3);
                    is_called = true;
                }));
    context.run();
    EXPECT_TRUE(is_called) << "an operation is work that run() waits for";
}

TEST_F(AsyncTokensTest, a_callback_without_an_executor_is_called_by_a_worker) {
    std::promise<std::thread::id> promise;
    engine.read(count_cars(), [&](std::exception_ptr, std::int64_t) { promise.set_value(std::this_thread::get_id()); });
    EXPECT_NE(promise.get_future().get(), std::this_thread::get_id());
}

TEST_F(AsyncTokensTest, a_callback_may_start_operations) {
    std::promise<std::int64_t> promise;
    engine.read(count_cars(), [&](std::exception_ptr, std::int64_t) {
        engine.read(count_cars(), [&](std::exception_ptr, std::int64_t count) { promise.set_value(count); });
    });
    EXPECT_EQ(promise.get_future().get(), 3);
}

TEST_F(AsyncTokensTest, as_tuple_gives_the_error_beside_the_result) {
    run([&]() -> awaitable<void> {
        auto [error, count] = co_await engine.read(count_cars(), asio::as_tuple(asio::use_awaitable));
        EXPECT_FALSE(error);
        EXPECT_EQ(count, 3);
        auto [failure] =
            co_await engine.write([](Session&) { throw std::out_of_range("no"); }, asio::as_tuple(asio::use_awaitable));
        EXPECT_TRUE(failure);
    });
}

TEST_F(AsyncTokensTest, a_deferred_operation_starts_when_it_is_asked_to) {
    auto later =
        engine.write([](Session& session) { session.add(Car{.make = "Seat", .driver_id = 1}); }, asio::deferred);
    EXPECT_EQ(garage.count(), 3);
    std::move(later)(asio::use_future).get();
    EXPECT_EQ(garage.count(), 4);
}

TEST_F(AsyncTokensTest, a_deferred_operation_that_is_dropped_does_nothing) {
    {
        auto never = engine.write([](Session& session) { session.execute("DELETE FROM car"); }, asio::deferred);
    }
    EXPECT_EQ(garage.count(), 3);
}

TEST_F(AsyncTokensTest, a_deferred_rollback_may_outlive_its_session) {
    std::optional<AsyncSession> session{engine};
    auto later = session->rollback(asio::deferred);
    session.reset();
    EXPECT_THROW(std::move(later)(asio::use_future).get(), ProgrammingError);
}

TEST_F(AsyncTokensTest, a_strand_runs_one_handler_at_a_time) {
    asio::thread_pool pool{4};
    const auto strand = asio::make_strand(pool);
    int inside = 0;
    int done = 0;
    for (int i = 0; i < 100; ++i) {
        engine.read(count_cars(), asio::bind_executor(strand, [&](std::exception_ptr, std::int64_t) {
                        EXPECT_EQ(++inside, 1);
                        ++done;
                        --inside;
                    }));
    }
    pool.join();
    EXPECT_EQ(done, 100);
}

TEST_F(AsyncTokensTest, each_of_two_executors_gets_its_own_results) {
    asio::io_context first;
    asio::io_context second;
    std::atomic<int> strangers = 0;
    const auto ask = [&](asio::io_context& context) -> awaitable<void> {
        for (int i = 0; i < 50; ++i) {
            co_await engine.read(count_cars());
            if (!context.get_executor().running_in_this_thread()) ++strangers;
        }
    };
    for (int i = 0; i < 4; ++i) {
        asio::co_spawn(first, ask(first), asio::detached);
        asio::co_spawn(second, ask(second), asio::detached);
    }
    std::thread other{[&] { second.run(); }};
    first.run();
    other.join();
    EXPECT_EQ(strangers, 0);
}

TEST_F(AsyncTokensTest, a_handler_that_throws_leaves_the_others_their_results) {
    asio::io_context context;
    int done = 0;
    for (int i = 0; i < 10; ++i) {
        engine.read(count_cars(), asio::bind_executor(context, [&, i](std::exception_ptr, std::int64_t) {
                        ++done;
                        if (i % 3 == 0) throw std::out_of_range("a handler's own");
                    }));
    }
    int thrown = 0;
    for (;;) {
        try {
            context.run();
            break;
        } catch (const std::out_of_range&) {
            ++thrown;
        }
    }
    EXPECT_EQ(done, 10);
    EXPECT_EQ(thrown, 4);
}

TEST_F(AsyncTokensTest, results_are_dropped_with_a_context_that_does_not_run) {
    auto alive = std::make_shared<int>(1);
    {
        asio::io_context context;
        engine.read(count_cars(), asio::bind_executor(context, [alive](std::exception_ptr, std::int64_t) {}));
        engine.read(count_cars(), asio::use_future).get();
        engine.read(count_cars(), asio::use_future).get();
        engine.stop(asio::use_future).get();
    }
    EXPECT_EQ(alive.use_count(), 1);
}

/// A coroutine of a library that knows nothing of Asio: its own promise type, and a loop of its own.
struct Task {
    struct promise_type {
        Task get_return_object() { return {}; }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() { std::terminate(); }
    };
};

class Loop {
public:
    void post(std::coroutine_handle<> waiting) {
        const std::scoped_lock lock{mutex_};
        waiting_.push_back(waiting);
        changed_.notify_one();
    }
    void run_one() {
        std::unique_lock lock{mutex_};
        changed_.wait(lock, [this] { return !waiting_.empty(); });
        const std::coroutine_handle<> next = waiting_.back();
        waiting_.pop_back();
        lock.unlock();
        next.resume();
    }

private:
    std::mutex mutex_{};
    std::condition_variable changed_{};
    std::vector<std::coroutine_handle<>> waiting_{};
};

TEST_F(AsyncTokensTest, a_coroutine_of_another_library_awaits_operations) {
    Loop loop;
    const auto here = std::this_thread::get_id();
    int done = 0;
    const auto task = [&]() -> Task {
        const auto in_loop = resume_by([&](std::coroutine_handle<> waiting) { loop.post(waiting); });
        const std::int64_t count = co_await engine.read(count_cars(), in_loop);
        EXPECT_EQ(count, 3);
        EXPECT_EQ(std::this_thread::get_id(), here);
        ++done;
        try {
            co_await engine.write([](Session&) { throw std::out_of_range("no"); }, in_loop);
        } catch (const std::out_of_range&) {
            ++done;
        }
        AsyncSession session{engine};
        session.add(Car{.make = "Seat", .driver_id = 1});
        co_await session.commit(in_loop);
        ++done;
    };
    task();
    while (done < 3) loop.run_one();
    EXPECT_EQ(garage.count(), 4);
}

}  // namespace unit_async_tokens
