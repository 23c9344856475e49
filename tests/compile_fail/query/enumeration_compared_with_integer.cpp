// SPDX-License-Identifier: BSL-1.0
// error: mica: these two operands have unrelated types
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>

enum class Fuel { petrol, diesel };

struct Car {
    std::int64_t id = 0;
    Fuel fuel = Fuel::petrol;
    std::optional<Fuel> spare;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select<Car>().where(col<&Car::fuel> == 1);
#else
    return mica::select<Car>().where(col<&Car::fuel> == Fuel::diesel);
#endif
}
