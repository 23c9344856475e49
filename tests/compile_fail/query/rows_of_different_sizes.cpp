// SPDX-License-Identifier: BSL-1.0
// error: mica: row values that are compared have the same number of elements
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
    return mica::select<Car>().where(mica::row(col<&Car::year>, col<&Car::make>) == mica::row(1, "x", 2));
#else
    return mica::select<Car>().where(mica::row(col<&Car::year>, col<&Car::make>) == mica::row(1, "x"));
#endif
}
