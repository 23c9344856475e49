// SPDX-License-Identifier: BSL-1.0
// error: mica: no foreign key leads from this table to the others or back
#include <mica/mica.hpp>

#include <cstdint>

struct Car {
    std::int64_t id = 0;
};

using mica::col;
using mica::select;

auto statement() {
    const auto v = mica::values<"v", "id">({1, 2});
#ifdef MICA_COMPILE_FAIL
    return select(col<&Car::id>).join(v);
#else
    return select(col<&Car::id>).join(v, v.col<"id"> == col<&Car::id>);
#endif
}
