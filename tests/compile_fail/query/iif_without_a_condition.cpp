// SPDX-License-Identifier: BSL-1.0
// error: mica: this function takes a condition here
#include <mica/mica.hpp>

#include <cstdint>

struct Car {
    std::int64_t id = 0;
    int year = 0;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select(iif(col<&Car::year>, 1, 2));
#else
    return mica::select(iif(col<&Car::year> > 0, 1, 2));
#endif
}
