// SPDX-License-Identifier: BSL-1.0
// error: mica: an entity needs a primary key
#include <mica/mica.hpp>

#include <cstdint>

struct Car {
    std::int64_t number = 0;
#ifndef MICA_COMPILE_FAIL
    static constexpr auto mapping() { return mica::table(mica::primary_key<&Car::number>); }
#endif
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::insert_into<Car>()
        .values(col<&Car::number> = 5)
        .on_conflict<&Car::number>()
        .do_update(col<&Car::number> = 5)
        .where(col<&Car::number> > 5)
        .returning<Car>();
#else
    return mica::insert_into<Car>().values(Car{}).returning<Car>();
#endif
}
