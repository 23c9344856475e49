// SPDX-License-Identifier: BSL-1.0
// error: mica: a date function takes a point in time
#include <mica/mica.hpp>

#include <cstdint>

struct Car {
    std::int64_t id = 0;
    bool sold = false;
    double weight = 0;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select(date(col<&Car::sold>));
#else
    return mica::select(date(col<&Car::weight>));
#endif
}
