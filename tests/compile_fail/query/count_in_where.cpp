// SPDX-License-Identifier: BSL-1.0
// error: mica: where\(\) sees single rows
#include <mica/mica.hpp>

#include <cstdint>

struct Car {
    std::int64_t id = 0;
    int year = 0;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select<Car>().where(mica::count() > 1);
#else
    return mica::select(col<&Car::year>).group_by(col<&Car::year>).having(mica::count() > 1);
#endif
}
