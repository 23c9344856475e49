// SPDX-License-Identifier: BSL-1.0
// error: mica: a primary key's field cannot be std::optional
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

struct Wheel {
    std::int64_t car_id = 0;
#ifdef MICA_COMPILE_FAIL
    std::optional<int> position;
#else
    int position = 0;
#endif

    static constexpr auto mapping() { return mica::table(mica::primary_key<&Wheel::car_id, &Wheel::position>); }
};

constexpr std::string_view text = mica::ddl<Wheel>;
