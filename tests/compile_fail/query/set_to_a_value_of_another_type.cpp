// SPDX-License-Identifier: BSL-1.0
// error: mica: a column can only be set to a value of its own type
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
    return mica::update<Car>().set(col<&Car::year> = "new").all_rows();
#else
    return mica::update<Car>().set(col<&Car::year> = 2000).all_rows();
#endif
}
