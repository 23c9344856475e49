// SPDX-License-Identifier: BSL-1.0
// error: mica: this statement uses a column of a table
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
struct Maker {
    std::int64_t id = 0;
    std::string name;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::update<Car>().set(col<&Car::make> = "x").where(col<&Maker::id> == 1);
#else
    return mica::update<Car>().set(col<&Car::make> = "x").where(col<&Car::id> == 1);
#endif
}
