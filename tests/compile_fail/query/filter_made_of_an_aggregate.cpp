// SPDX-License-Identifier: BSL-1.0
// error: mica: where\(\) sees single rows
#include <mica/mica.hpp>

#include <cstdint>

struct Car {
    std::int64_t id = 0;
};

using mica::col;

auto make() {
#ifdef MICA_COMPILE_FAIL
    mica::Filter<Car> filter = mica::count() > 1;
#else
    mica::Filter<Car> filter = col<&Car::id> > 1;
#endif
    return mica::select<Car>().where(filter);
}
