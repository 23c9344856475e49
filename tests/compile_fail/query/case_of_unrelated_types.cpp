// SPDX-License-Identifier: BSL-1.0
// error: mica: these values have no type in common
#include <mica/mica.hpp>

#include <cstdint>

struct Car {
    std::int64_t id = 0;
    int year = 0;
    bool sold = false;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select(mica::case_(mica::when(col<&Car::year> > 1, "new"), mica::when(col<&Car::sold>, 1)));
#else
    return mica::select(mica::case_(mica::when(col<&Car::year> > 1, "new"), mica::when(col<&Car::sold>, "1")));
#endif
}
