// SPDX-License-Identifier: BSL-1.0
// error: mica: an entity has no C array, no reference
#include <mica/mica.hpp>

#include <cstdint>

struct Car {
    std::int64_t id = 0;
#ifdef MICA_COMPILE_FAIL
    int gears[3] = {};
#else
    int first_gear = 0;
#endif
};

auto statement() { return mica::select<Car>(); }
