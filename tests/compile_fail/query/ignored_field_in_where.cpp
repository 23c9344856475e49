// SPDX-License-Identifier: BSL-1.0
// error: mica: a field in ignore<> is no column
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Car {
    std::int64_t id = 0;
    std::string make;
    int cached = 0;

    static constexpr auto mapping() { return mica::table(mica::ignore<&Car::cached>); }
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select<Car>().where(col<&Car::cached> == 1);
#else
    return mica::select<Car>().where(col<&Car::id> == 1);
#endif
}
