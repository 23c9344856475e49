// SPDX-License-Identifier: BSL-1.0
// error: mica: an aggregate of distinct values has no over\(\)
#include <mica/mica.hpp>

#include <cstdint>

struct Car {
    std::int64_t id = 0;
    int year = 0;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select(mica::count_distinct(col<&Car::year>).over());
#else
    return mica::select(mica::count(col<&Car::year>).over());
#endif
}
