// SPDX-License-Identifier: BSL-1.0
// error: mica: otherwise\(\) is called once
#include <mica/mica.hpp>

#include <cstdint>

struct Car {
    std::int64_t id = 0;
    int year = 0;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select(mica::case_(mica::when(col<&Car::year> > 1, "new")).otherwise("a").otherwise("b"));
#else
    return mica::select(mica::case_(mica::when(col<&Car::year> > 1, "new")).otherwise("a"));
#endif
}
