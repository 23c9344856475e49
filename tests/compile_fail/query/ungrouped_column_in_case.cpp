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
    return connection.all(mica::select(mica::case_(mica::when(col<&Car::year> > 1, mica::count()))));
#else
    return connection.all(mica::select(mica::case_(mica::when(mica::max(col<&Car::year>) > 1, mica::count()))));
#endif
}
