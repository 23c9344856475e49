// SPDX-License-Identifier: BSL-1.0
// error: mica: in\(\) needs values of the type of the expression before it
#include <mica/mica.hpp>

#include <cstdint>

struct Car {
    std::int64_t id = 0;
    int year = 0;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select<Car>().where(col<&Car::year>.in(2025, "2026"));
#else
    return mica::select<Car>().where(col<&Car::year>.in(2025, col<&Car::id>));
#endif
}
