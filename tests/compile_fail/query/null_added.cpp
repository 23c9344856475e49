// SPDX-License-Identifier: BSL-1.0
// error: mica: arithmetic needs numbers on both sides
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
    std::optional<int> price;
    bool sold = false;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select(col<&Car::year> + std::nullopt);
#else
    return mica::select(col<&Car::year> + 1);
#endif
}
