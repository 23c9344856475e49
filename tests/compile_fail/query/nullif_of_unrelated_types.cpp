// SPDX-License-Identifier: BSL-1.0
// error: mica: these two operands have unrelated types
#include <mica/mica.hpp>

#include <cstdint>

struct Car {
    std::int64_t id = 0;
    int year = 0;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select(nullif(col<&Car::year>, ""));
#else
    return mica::select(nullif(col<&Car::year>, 0));
#endif
}
