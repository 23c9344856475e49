// SPDX-License-Identifier: BSL-1.0
// error: mica: a function takes expressions, and values that mica can store
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <vector>

struct Car {
    std::int64_t id = 0;
    std::optional<int> price;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select(coalesce(col<&Car::price>, std::vector<int>{}));
#else
    return mica::select(coalesce(col<&Car::price>, 1));
#endif
}
