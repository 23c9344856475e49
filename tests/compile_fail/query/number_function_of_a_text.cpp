// SPDX-License-Identifier: BSL-1.0
// error: mica: this function takes a number here
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
    return mica::select(mica::abs(col<&Car::make>));
#else
    return mica::select(mica::abs(col<&Car::year>));
#endif
}
