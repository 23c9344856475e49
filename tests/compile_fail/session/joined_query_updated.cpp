// SPDX-License-Identifier: BSL-1.0
// error: mica: a set-based update or remove takes no join
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
    return session.query<Car>().join<Maker>().update(col<&Car::year> = 1);
#else
    return session.query<Car>().update(col<&Car::year> = 1);
#endif
}
