// SPDX-License-Identifier: BSL-1.0
// error: mica: a frame is between two of unbounded_preceding
#include <mica/mica.hpp>

#include <cstdint>

struct Car {
    std::int64_t id = 0;
    int year = 0;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select(sum(col<&Car::year>).over(mica::rows_between(-1, 1)));
#else
    return mica::select(sum(col<&Car::year>).over(mica::rows_between(mica::preceding(1), mica::following(1))));
#endif
}
