// SPDX-License-Identifier: BSL-1.0
// error: mica: a foreign key must reference a primary key or a unique key
#include <mica/mica.hpp>

#include <cstdint>

struct Wheel {
    std::int64_t car_id = 0;
    int position = 0;

    static constexpr auto mapping() { return mica::table(mica::primary_key<&Wheel::car_id, &Wheel::position>); }
};
struct Tyre {
    std::int64_t id = 0;
    std::int64_t car_id = 0;
    int position = 0;

    static constexpr auto mapping() {
#ifdef MICA_COMPILE_FAIL
        return mica::table(mica::foreign_key<&Tyre::car_id, &Wheel::car_id>);
#else
        return mica::table(mica::foreign_key_to<Wheel>(mica::from<&Tyre::car_id, &Tyre::position>,
                                                       mica::to<&Wheel::car_id, &Wheel::position>));
#endif
    }
};

void use(mica::Session& session) { session.add(Tyre{}); }
