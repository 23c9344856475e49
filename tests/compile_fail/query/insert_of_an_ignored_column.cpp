// SPDX-License-Identifier: BSL-1.0
// error: mica: a field in ignore<> is no column
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;

    static constexpr auto mapping() { return mica::table(mica::ignore<&Car::year>); }
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::insert_into<Car>().values(col<&Car::make> = "x", col<&Car::year> = 5);
#else
    return mica::insert_into<Car>().values(col<&Car::make> = "x");
#endif
}
