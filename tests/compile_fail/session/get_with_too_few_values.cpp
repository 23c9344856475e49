// SPDX-License-Identifier: BSL-1.0
// error: mica: get\(\) needs as many values
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Wheel {
    std::int64_t car_id = 0;
    std::string position;

    static constexpr auto mapping() { return mica::table(mica::primary_key<&Wheel::car_id, &Wheel::position>); }
};

bool use(mica::Session& session) {
#ifdef MICA_COMPILE_FAIL
    return bool(session.get<Wheel>(1));
#else
    return bool(session.get<Wheel>(1, "front left"));
#endif
}
