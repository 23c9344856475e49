// SPDX-License-Identifier: BSL-1.0
// error: mica: these values have no type in common
#include <mica/mica.hpp>

#include <cstdint>

struct Car {
    std::int64_t id = 0;
    int year = 0;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select(lag(col<&Car::year>, 1, "none").over());
#else
    return mica::select(lag(col<&Car::year>, 1, 0).over());
#endif
}
