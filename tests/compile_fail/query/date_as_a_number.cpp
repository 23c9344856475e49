// SPDX-License-Identifier: BSL-1.0
// error: mica: date functions give text
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Car {
    std::int64_t id = 0;
    std::string make;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select(mica::date<int>(col<&Car::make>));
#else
    return mica::select(mica::date<std::string>(col<&Car::make>));
#endif
}
