// SPDX-License-Identifier: BSL-1.0
// error: mica: this function takes a text here
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
    return mica::select(lower(col<&Car::year>));
#else
    return mica::select(lower(col<&Car::make>));
#endif
}
