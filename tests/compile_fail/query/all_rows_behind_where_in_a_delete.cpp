// SPDX-License-Identifier: BSL-1.0
// error: mica: where\(\) and all_rows\(\) exclude each other
#include <mica/mica.hpp>

#include <cstdint>

struct Car {
    std::int64_t id = 0;
    int year = 0;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::delete_from<Car>().where(col<&Car::id> == 1).all_rows();
#else
    return mica::delete_from<Car>().all_rows();
#endif
}
