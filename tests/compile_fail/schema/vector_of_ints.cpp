// SPDX-License-Identifier: BSL-1.0
// error: mica: a field of this entity has a type that mica cannot store
#include <mica/mica.hpp>

#include <cstdint>
#include <vector>

struct Car {
    std::int64_t id = 0;
    std::vector<int> gears;

#ifndef MICA_COMPILE_FAIL
    static constexpr auto mapping() { return mica::table(mica::ignore<&Car::gears>); }
#endif
};

auto statement() { return mica::insert_into<Car>(); }
