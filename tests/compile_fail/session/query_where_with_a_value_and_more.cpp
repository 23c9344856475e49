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
    return session.query<Car>().where(5).join<Maker>().where(col<&Maker::id> == 1).distinct().limit(3).one()->make;
#else
    return session.query<Car>().where(col<&Car::id> == 5).join<Maker>().distinct().limit(3).one()->make;
#endif
}
