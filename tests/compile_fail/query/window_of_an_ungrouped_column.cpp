// SPDX-License-Identifier: BSL-1.0
// error: mica: beside an aggregate a column must be in group_by\(\)
#include <mica/mica.hpp>

#include <cstdint>

struct Car {
    std::int64_t id = 0;
    int year = 0;
};

using mica::col;

auto rows(mica::Connection& connection) {
#ifdef MICA_COMPILE_FAIL
    return connection.all(mica::select(mica::count(), sum(col<&Car::year>).over()));
#else
    return connection.all(mica::select(mica::count(), sum(sum(col<&Car::year>)).over()));
#endif
}
