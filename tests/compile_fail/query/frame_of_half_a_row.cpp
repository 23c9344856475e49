// SPDX-License-Identifier: BSL-1.0
// error: mica: rows and groups of a frame are counted in integers
#include <mica/mica.hpp>

#include <cstdint>

struct Car {
    std::int64_t id = 0;
    int year = 0;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select(sum(col<&Car::year>).over(mica::rows_between(mica::preceding(0.5), mica::current_row)));
#else
    return mica::select(sum(col<&Car::year>).over(mica::range_between(mica::unbounded_preceding, mica::current_row)));
#endif
}
