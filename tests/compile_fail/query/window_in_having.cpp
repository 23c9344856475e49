// SPDX-License-Identifier: BSL-1.0
// error: mica: having\(\) comes before window functions
#include <mica/mica.hpp>

#include <cstdint>

struct Car {
    std::int64_t id = 0;
    int year = 0;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select(col<&Car::year>).group_by(col<&Car::year>).having(sum(col<&Car::year>).over() > 1);
#else
    return mica::select(col<&Car::year>).group_by(col<&Car::year>).having(sum(col<&Car::year>) > 1);
#endif
}
