// SPDX-License-Identifier: BSL-1.0
// error: mica: filter\(\) takes a condition
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
    return mica::select(sum(col<&Car::year>).filter(col<&Car::year>));
#else
    return mica::select(sum(col<&Car::year>).filter(col<&Car::sold>));
#endif
}
