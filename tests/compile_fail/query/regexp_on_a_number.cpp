// SPDX-License-Identifier: BSL-1.0
// error: mica: a pattern needs text on both sides
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select<Car>().where(col<&Car::year>.regexp("1.*"));
#else
    return mica::select<Car>().where(col<&Car::make>.regexp("1.*"));
#endif
}
