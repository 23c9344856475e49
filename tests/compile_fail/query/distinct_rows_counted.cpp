// SPDX-License-Identifier: BSL-1.0
// error: mica: distinct\(\) is for an aggregate of one argument
#include <mica/mica.hpp>

#include <cstdint>

struct Car {
    std::int64_t id = 0;
    int year = 0;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select(mica::count().distinct()).from<Car>();
#else
    return mica::select(mica::count(col<&Car::year>).distinct()).from<Car>();
#endif
}
