// SPDX-License-Identifier: BSL-1.0
// error: mica: a mapping option names a field that is no column
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Maker {
    std::int64_t id = 0;
    std::string name;
};
struct Car {
    std::int64_t number = 0;
    std::string make;

    static constexpr auto mapping() {
#ifdef MICA_COMPILE_FAIL
        return mica::table(mica::primary_key<&Maker::id>);
#else
        return mica::table(mica::primary_key<&Car::number>);
#endif
    }
};

auto statement() { return mica::select<Car>(); }
