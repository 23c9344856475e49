// SPDX-License-Identifier: BSL-1.0
// error: mica: the distance of a frame's bound is one for all rows
#include <mica/mica.hpp>

#include <cstdint>

struct Car {
    std::int64_t id = 0;
    int year = 0;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select(
        sum(col<&Car::year>).over(mica::rows_between(mica::preceding(col<&Car::year>), mica::current_row)));
#else
    return mica::select(sum(col<&Car::year>).over(mica::rows_between(mica::preceding(2), mica::current_row)));
#endif
}
