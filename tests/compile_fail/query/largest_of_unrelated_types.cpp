// SPDX-License-Identifier: BSL-1.0
// error: mica: these values have no type in common
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
    std::optional<int> price;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select(mica::max(col<&Car::year>, col<&Car::make>));
#else
    return mica::select(mica::max(col<&Car::year>, col<&Car::price>));
#endif
}
