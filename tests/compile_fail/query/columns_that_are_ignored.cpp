// SPDX-License-Identifier: BSL-1.0
// error: mica: columns<>\(\) names a field that is no column
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
    return mica::insert_into<Car>().columns<&Car::make, &Car::year>().from(
        mica::select(col<&Car::make>, col<&Car::id>));
#else
    return mica::insert_into<Car>().columns<&Car::make, &Car::id>().from(mica::select(col<&Car::make>, col<&Car::id>));
#endif
}
