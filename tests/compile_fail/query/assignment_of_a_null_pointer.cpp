// SPDX-License-Identifier: BSL-1.0
// error: mica: a column can only be set to a value of its own type
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Car {
    std::int64_t id = 0;
    std::string make;
    std::optional<std::string> owner;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::update<Car>().set(col<&Car::make> = nullptr).all_rows();
#else
    return mica::update<Car>().set(col<&Car::owner> = std::nullopt).all_rows();
#endif
}
