// SPDX-License-Identifier: BSL-1.0
// error: mica: these values have no type in common
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>

struct Car {
    std::int64_t id = 0;
    std::optional<int> price;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select(coalesce(col<&Car::price>, "none"));
#else
    return mica::select(coalesce(col<&Car::price>, 0));
#endif
}
