// SPDX-License-Identifier: BSL-1.0
// error: mica: these two operands have unrelated types
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

auto use(mica::Connection& connection) {
#ifdef MICA_COMPILE_FAIL
    return connection.all(
        mica::select(col<&Car::make>).where(col<&Car::year> > "fast" && col<&Car::sold>).order_by(col<&Car::id>));
#else
    return connection.all(
        mica::select(col<&Car::make>).where(col<&Car::year> > 2000 && col<&Car::sold>).order_by(col<&Car::id>));
#endif
}
