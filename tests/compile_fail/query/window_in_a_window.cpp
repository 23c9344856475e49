// SPDX-License-Identifier: BSL-1.0
// error: mica: a window function cannot stand inside another one, nor inside an aggregate
#include <mica/mica.hpp>

#include <cstdint>

struct Car {
    std::int64_t id = 0;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select(mica::rank().over(mica::order_by(mica::rank().over()))).from<Car>();
#else
    return mica::select(mica::rank().over(mica::order_by(mica::count()))).from<Car>();
#endif
}
