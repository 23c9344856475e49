// SPDX-License-Identifier: BSL-1.0
// error: mica: select\(\) takes columns and other expressions
#include <mica/mica.hpp>

#include <cstdint>

struct Car {
    std::int64_t id = 0;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select(mica::row_number()).from<Car>();
#else
    return mica::select(mica::row_number().over()).from<Car>();
#endif
}
