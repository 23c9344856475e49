// SPDX-License-Identifier: BSL-1.0
// error: mica: on_conflict\(\) needs do_nothing
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

void run(const mica::Connection& connection) {
#ifdef MICA_COMPILE_FAIL
    connection.execute(mica::insert_into<Car>().values(Car{}).on_conflict<&Car::make>());
#else
    connection.execute(mica::insert_into<Car>().values(Car{}).on_conflict<&Car::make>().do_nothing());
#endif
}
