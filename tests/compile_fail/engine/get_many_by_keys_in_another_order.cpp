// SPDX-License-Identifier: BSL-1.0
// error: mica: a key's value must have the type
#include <mica/mica.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

struct Wheel {
    std::int64_t car_id = 0;
    std::string position;
    int size = 0;

    static constexpr auto mapping() { return mica::table(mica::primary_key<&Wheel::car_id, &Wheel::position>); }
};

auto use(mica::Connection& connection) {
#ifdef MICA_COMPILE_FAIL
    return connection.get_many<Wheel>(std::vector<std::pair<std::string, int>>{{"front left", 7}});
#else
    return connection.get_many<Wheel>(std::vector<std::pair<int, std::string>>{{7, "front left"}});
#endif
}
