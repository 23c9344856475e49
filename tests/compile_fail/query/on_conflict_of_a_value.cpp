// SPDX-License-Identifier: BSL-1.0
// error: mica: on_conflict\(\) is given no key
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

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::insert_into<Car>().values(Car{}).on_conflict(5).do_nothing();
#else
    return mica::insert_into<Car>().values(Car{}).on_conflict<&Car::make>().do_nothing();
#endif
}
