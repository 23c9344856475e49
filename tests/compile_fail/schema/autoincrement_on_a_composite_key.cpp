// SPDX-License-Identifier: BSL-1.0
// error: mica: autoincrement is for one column
#include <mica/mica.hpp>

#include <cstdint>
#include <string_view>

struct Wheel {
    std::int64_t car_id = 0;
    int position = 0;

    static constexpr auto mapping() {
#ifdef MICA_COMPILE_FAIL
        return mica::table(mica::primary_key<&Wheel::car_id, &Wheel::position>, mica::autoincrement);
#else
        return mica::table(mica::primary_key<&Wheel::car_id, &Wheel::position>);
#endif
    }
};

constexpr std::string_view text = mica::ddl<Wheel>;
