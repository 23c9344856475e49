// SPDX-License-Identifier: BSL-1.0
// error: mica: these two operands have unrelated types
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
    return mica::select<Car>().where(col<&Car::make> == nullptr);
#else
    return mica::select<Car>().where(col<&Car::owner> == std::nullopt);
#endif
}
