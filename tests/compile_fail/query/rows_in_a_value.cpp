// SPDX-License-Identifier: BSL-1.0
// error: mica: in\(\) of a row value takes a SELECT
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

struct Car {
    std::int64_t id = 0;
    int year = 0;
};

using mica::col;

auto use(mica::Connection& connection) {
#ifdef MICA_COMPILE_FAIL
    return connection.all(mica::select<Car>().where(mica::row(col<&Car::id>, col<&Car::year>).in(7)));
#else
    return connection.all(mica::select<Car>().where(mica::row(col<&Car::id>, col<&Car::year>).in({{7, 2000}})));
#endif
}
