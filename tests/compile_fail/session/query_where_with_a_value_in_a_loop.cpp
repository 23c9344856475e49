// SPDX-License-Identifier: BSL-1.0
// error: mica: where\(\) takes a condition
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Maker {
    std::int64_t id = 0;
    std::string name;
};
struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
    std::int64_t maker = 0;
    static constexpr auto mapping() { return mica::table("car", mica::foreign_key<&Car::maker, &Maker::id>); }
};

using mica::col;

auto use(mica::Session& session) {
#ifdef MICA_COMPILE_FAIL
    int years = 0;
    for (auto& car : session.query<Car>().where(5)) years += car->year;
    return years;
#else
    int years = 0;
    for (auto& car : session.query<Car>().where(col<&Car::id> == 5)) years += car->year;
    return years;
#endif
}
