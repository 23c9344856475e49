// SPDX-License-Identifier: BSL-1.0
// error: mica: get_many\(\) takes a range of keys
#include <mica/mica.hpp>

#include <cstdint>
#include <string>
#include <vector>

struct Wheel {
    std::int64_t car_id = 0;
    std::string position;
    int size = 0;

    static constexpr auto mapping() { return mica::table(mica::primary_key<&Wheel::car_id, &Wheel::position>); }
};

auto use(mica::Connection& connection) {
#ifdef MICA_COMPILE_FAIL
    return connection.get_many<Wheel>(std::vector<int>{7});
#else
    return connection.get_many<Wheel>({{7, "front left"}});
#endif
}
