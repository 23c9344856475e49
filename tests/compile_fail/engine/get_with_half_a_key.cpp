// SPDX-License-Identifier: BSL-1.0
// error: mica: get\(\) needs as many values
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Wheel {
    std::int64_t car_id = 0;
    std::string position;
    int size = 0;

    static constexpr auto mapping() { return mica::table(mica::primary_key<&Wheel::car_id, &Wheel::position>); }
};

auto use(mica::Connection& connection) {
#ifdef MICA_COMPILE_FAIL
    return connection.get<Wheel>(7);
#else
    return connection.get<Wheel>(7, "front left");
#endif
}
