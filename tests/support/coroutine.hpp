// SPDX-License-Identifier: BSL-1.0
// A coroutine's way into a test, and the cars that the tests of the asynchronous layer drive.
#pragma once

#include <mica/asio.hpp>

#include <support/temporary_directory.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>

namespace mica::test {

namespace asio = boost::asio;

/// Runs a coroutine to its end in this thread; gives what it gives, throws what it throws.
template <class Value>
Value run(asio::awaitable<Value> coroutine) {
    asio::io_context context;
    auto result = asio::co_spawn(context, std::move(coroutine), asio::use_future);
    context.run();
    return result.get();
}
/// Of a function that makes one: what it captures must live until then.
template <class Function>
    requires std::is_invocable_v<Function&>
auto run(Function function) {
    return run(function());
}

inline asio::awaitable<void> sleep(std::chrono::milliseconds duration) {
    asio::steady_timer timer{co_await asio::this_coro::executor, duration};
    co_await timer.async_wait(asio::use_awaitable);
}

struct Driver {
    std::int64_t id = 0;
    std::string name{};
};

struct Car {
    std::int64_t id = 0;
    std::string make{};
    int year = 0;
    std::int64_t driver_id = 0;
    BelongsTo<Driver> driver{};
    static constexpr auto mapping() {
        return table("car", foreign_key<&Car::driver_id, &Driver::id>, unique<&Car::make>);
    }
};

/// Takes seconds, unless somebody interrupts it.
inline constexpr const char* endless =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) SELECT count(*) FROM n";

/// A file with three cars and their driver.
class Garage {
public:
    Garage() {
        const Engine engine{url()};
        engine.create_all<Driver, Car>();
        const Connection connection = engine.connect();
        connection.insert(Driver{.id = 1, .name = "Ada"});
        connection.insert({Car{.make = "Lotus", .year = 1977, .driver_id = 1},
                           Car{.make = "Alpine", .year = 1971, .driver_id = 1},
                           Car{.make = "Lancia", .year = 1985, .driver_id = 1}});
    }

    std::string url() const { return "sqlite:///" + directory_.file("garage.db"); }

    std::int64_t count() const { return Engine{url()}.connect().scalar(select(mica::count()).from<Car>()); }

private:
    TemporaryDirectory directory_{};
};

}  // namespace mica::test
