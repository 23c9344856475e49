// SPDX-License-Identifier: BSL-1.0
// error: mica: values\(\) of an insert takes assignments
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
    std::optional<int> price;
    int age = 0;

    static constexpr auto mapping() {
        return mica::table("car", mica::unique<&Car::make>, mica::default_value<&Car::year>(2000),
                           mica::index<&Car::year>.unique().where(mica::col<&Car::price> > 0),
                           mica::generated<&Car::age>(mica::col<&Car::year> - 1886));
    }
};
struct Maker {
    std::int64_t id = 0;
    std::string name;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::insert_into<Car>().values(col<&Maker::name> = "x");
#else
    return mica::insert_into<Car>().values(col<&Car::make> = "x");
#endif
}
