// SPDX-License-Identifier: BSL-1.0
// error: mica: two fields of this entity have the same column name
#include <mica/mica.hpp>

#include <cstdint>
#include <string>
#include <string_view>

struct Car {
    std::int64_t id = 0;
    std::string make;
    std::string model;

    static constexpr auto mapping() {
#ifdef MICA_COMPILE_FAIL
        return mica::table(mica::column<&Car::model>("make"));
#else
        return mica::table(mica::column<&Car::model>("variant"));
#endif
    }
};

constexpr std::string_view text = mica::ddl<Car>;
