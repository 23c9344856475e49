// SPDX-License-Identifier: BSL-1.0
// Coroutines: operations on threads of their own, sessions, streams, timeouts, and the end. docs/async.md explains it.
#include <mica/asio.hpp>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>

#include <chrono>
#include <coroutine>
#include <cstdint>
#include <exception>
#include <future>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace asio = boost::asio;
using asio::awaitable;
using mica::col;
using mica::select;
using namespace asio::experimental::awaitable_operators;
using namespace std::chrono_literals;

struct Owner {
    std::int64_t id = 0;
    std::string name{};
};

struct Car {
    std::int64_t id = 0;
    std::string make{};
    int year = 0;
    std::optional<std::int64_t> owner_id{};
    mica::BelongsTo<Owner> owner{};
    static constexpr auto mapping() {
        return mica::table("car", mica::foreign_key<&Car::owner_id, &Owner::id>, mica::unique<&Car::make>);
    }
};

void check(bool holds, const char* what) {
    if (!holds) throw std::logic_error(what);
}

awaitable<void> reads_and_writes(mica::AsyncEngine& engine) {
    co_await engine.create_all<Owner, Car>();
    co_await engine.write([](mica::Session& session) {
        session.add(Car{.make = "Lotus", .year = 1977});
        session.add(Car{.make = "Alpine", .year = 1971});
    });
    const auto cars =
        co_await engine.read([](mica::Reader& reader) { return reader.all(select<Car>().order_by(col<&Car::year>)); });
    check(cars.size() == 2 && cars.front().make == "Alpine", "in one state of the database");

    try {
        co_await engine.write([](mica::Session& session) { session.add(Car{.make = "Lotus"}); });
        check(false, "there is one");
    } catch (const mica::IntegrityError& error) {
        check(error.kind() == mica::IntegrityError::unique, "what was thrown there arrives here");
    }
}

awaitable<void> single_statements(mica::AsyncEngine& engine) {
    const auto old = co_await engine.all(select<Car>().where(col<&Car::year> < 1975));
    check(old.size() == 1, "one row");
    const std::optional<Car> first = co_await engine.get<Car>(1);
    check(first->make == "Lotus", "by its key");
    auto changed = co_await engine.execute(mica::update<Car>().set(col<&Car::year> = 1978).where(col<&Car::id> == 1));
    check(changed.rows_affected() == 1, "one");
    auto years = co_await engine.execute<int>("SELECT year FROM car WHERE make = ?", "Lotus");
    check(years.one() == 1978, "and SQL text");

    Car seat{.make = "Seat", .year = 1990};
    co_await engine.insert(seat);
    check(seat.id == 3, "the key is written back");
}

awaitable<void> sessions(mica::AsyncEngine& engine) {
    mica::AsyncSession session{engine};
    auto ada = session.add(Owner{.name = "Ada"});
    auto saab = session.add(Car{.make = "Saab", .year = 1968});
    saab->owner = ada;
    co_await session.commit();
    check(saab->id != 0 && saab->owner_id == ada->id, "written, and keys are there");

    const auto old = co_await session.query<Car>().where(col<&Car::year> < 1970).with<&Car::owner>().all();
    check(old.front() == saab && old.front()->owner->name == "Ada", "the same object");
    saab->year = 1969;
    co_await session.commit();

    const int count = co_await session.run([](mica::Session& inside) {
        int cars = 0;
        for (const auto& car : inside.query<Car>()) cars += car->year > 0 ? 1 : 0;
        return cars;
    });
    check(count == 4, "many statements in one hop");
    co_await session.rollback();
}

awaitable<void> streams(mica::AsyncEngine& engine) {
    std::size_t rows_read = 0;
    auto rows = engine.stream(select<Car>(), 3);
    while (auto block = co_await rows.next()) rows_read += block->size();
    check(rows_read == 4, "in blocks of at most three");
}

awaitable<void> timeouts(mica::AsyncEngine& engine) {
    asio::steady_timer timer{co_await asio::this_coro::executor, 50ms};
    const auto outcome = co_await (engine.execute<std::int64_t>("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
                                                                "SELECT i + 1 FROM n) SELECT count(*) FROM n") ||
                                   timer.async_wait(asio::use_awaitable));
    check(outcome.index() == 1, "the timer was first: the statement is interrupted");
    check((co_await engine.all(select<Car>())).size() == 4, "and its worker reads on");
}

awaitable<void> errors_as_values(mica::AsyncEngine& engine) {
    auto [error, car] = co_await engine.get<Car>(2, asio::as_tuple(asio::use_awaitable));
    check(!error && car->make == "Alpine", "no exception");
}

void other_tokens(mica::AsyncEngine& engine) {
    std::future<std::optional<Car>> car = engine.get<Car>(2, asio::use_future);
    check(car.get()->make == "Alpine", "a future");

    asio::io_context context;
    bool is_called = false;
    engine.get<Car>(2, asio::bind_executor(context, [&](std::exception_ptr error, std::optional<Car> found) {
                        is_called = !error && found->make == "Alpine";
                    }));
    context.run();
    check(is_called, "a callback, by the executor that it is bound to");
}

/// A coroutine type that knows nothing of Boost.Asio, and what its library resumes coroutines with.
struct Task {
    struct promise_type {
        Task get_return_object() { return {}; }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() { std::terminate(); }
    };
};

Task ask(mica::AsyncEngine& engine, asio::io_context& loop, std::string& make) {
    const auto in_loop = mica::resume_by(
        [&loop](std::coroutine_handle<> waiting) { asio::post(loop, [waiting] { waiting.resume(); }); });
    const auto car = co_await engine.get<Car>(2, in_loop);
    make = car->make;
    loop.stop();
}

void another_library(mica::AsyncEngine& engine) {
    asio::io_context loop;  // stands for that library's own
    const auto keeps_running = asio::make_work_guard(loop);
    std::string make;
    ask(engine, loop, make);
    loop.run();
    check(make == "Alpine", "any promise type");
}

awaitable<void> everything(mica::AsyncEngine& engine) {
    co_await reads_and_writes(engine);
    co_await single_statements(engine);
    co_await sessions(engine);
    co_await streams(engine);
    co_await timeouts(engine);
    co_await errors_as_values(engine);
}

int main() {
    mica::AsyncEngine engine{"sqlite:///cars.db", {.workers = 4, .queue = 1024}};
    asio::io_context context;
    auto done = asio::co_spawn(context, everything(engine), asio::use_future);
    context.run();
    done.get();
    other_tokens(engine);
    another_library(engine);
    engine.stop(asio::use_future).get();
}
