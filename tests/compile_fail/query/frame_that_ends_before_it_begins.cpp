// SPDX-License-Identifier: BSL-1.0
// error: mica: a frame begins before it ends
#include <mica/mica.hpp>

#include <cstdint>

struct Car {
    std::int64_t id = 0;
    int year = 0;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select(sum(col<&Car::year>).over(mica::rows_between(mica::current_row, mica::preceding(1))));
#else
    return mica::select(sum(col<&Car::year>).over(mica::rows_between(mica::preceding(1), mica::current_row)));
#endif
}
