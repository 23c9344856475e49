// SPDX-License-Identifier: BSL-1.0
// error: mica: beside an aggregate a column must be in group_by\(\)
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
};

using mica::col;

auto rows(mica::Connection& connection) {
#ifdef MICA_COMPILE_FAIL
    return connection.all(mica::select(sum(col<&Car::year>), mica::rank().over(mica::order_by(col<&Car::make>))));
#else
    return connection.all(
        mica::select(sum(col<&Car::year>), mica::rank().over(mica::order_by(mica::max(col<&Car::make>)))));
#endif
}
