// SPDX-License-Identifier: BSL-1.0
// error: mica: a column that is not std::optional cannot be set to NULL
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
    return mica::update<Car>().set(col<&Car::year> = std::nullopt).all_rows();
#else
    return mica::update<Car>().set(col<&Car::price> = std::nullopt).all_rows();
#endif
}
