// SPDX-License-Identifier: BSL-1.0
// error: mica: order_by\(\) takes expressions
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
    return session.query<Car>().order_by(1).first()->make;
#else
    return session.query<Car>().order_by(col<&Car::year>).first()->make;
#endif
}
