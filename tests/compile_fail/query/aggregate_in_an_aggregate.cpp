// SPDX-License-Identifier: BSL-1.0
// error: mica: an aggregate cannot contain another aggregate
#include <mica/mica.hpp>

#include <cstdint>

struct Car {
    std::int64_t id = 0;
    int year = 0;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select(mica::max(sum(col<&Car::year>)));
#else
    return mica::select(mica::max(sum(col<&Car::year>), 1));
#endif
}
