// SPDX-License-Identifier: BSL-1.0
// error: mica: a mapping option names a field that is no column
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Car {
    std::int64_t id = 0;
    std::string make;

    static constexpr auto mapping() {
#ifdef MICA_COMPILE_FAIL
        return mica::table(mica::ignore<&Car::make>, mica::index<&Car::make>);
#else
        return mica::table(mica::index<&Car::make>);
#endif
    }
};

auto statement() { return mica::select<Car>(); }
