// SPDX-License-Identifier: BSL-1.0
// error: mica: when\(\) takes a condition and a value
#include <mica/mica.hpp>

#include <cstdint>

struct Car {
    std::int64_t id = 0;
    int year = 0;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select(mica::case_(mica::when(col<&Car::year>, "new")).otherwise("old"));
#else
    return mica::select(mica::case_(mica::when(col<&Car::year> > 1, "new")).otherwise("old"));
#endif
}
