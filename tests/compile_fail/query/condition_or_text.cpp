// SPDX-License-Identifier: BSL-1.0
// error: mica: && and \|\| combine conditions
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
    return mica::select<Car>().where(col<&Car::sold> || col<&Car::make>);
#else
    return mica::select<Car>().where(col<&Car::sold> || col<&Car::make> == "Ford");
#endif
}
