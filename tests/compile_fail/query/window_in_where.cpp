// SPDX-License-Identifier: BSL-1.0
// error: mica: where\(\) comes before window functions
#include <mica/mica.hpp>

#include <cstdint>

struct Car {
    std::int64_t id = 0;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select<Car>().where(mica::row_number().over() == 1);
#else
    return mica::select<Car>().order_by(mica::row_number().over());
#endif
}
