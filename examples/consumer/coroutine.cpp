// SPDX-License-Identifier: BSL-1.0
// The smallest program that proves mica::asio is found, compiles, links and reaches SQLite.
#include <mica/asio.hpp>
#include <mica/version.hpp>

#include "garage.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include <cstdio>

boost::asio::awaitable<void> store_a_car(mica::AsyncEngine& engine) {
    co_await engine.create_all<garage::Car>();
    garage::Car porsche{.make = "Porsche"};
    co_await engine.insert(porsche);
    const garage::Car car = co_await engine.one(mica::select<garage::Car>());
    std::printf("mica %d.%d stored a %s\n", MICA_VERSION_MAJOR, MICA_VERSION_MINOR, car.make.c_str());
}

int main() {
    mica::AsyncEngine engine{"sqlite://"};
    boost::asio::io_context context;
    boost::asio::co_spawn(context, store_a_car(engine), boost::asio::detached);
    context.run();
}
