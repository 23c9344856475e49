// SPDX-License-Identifier: BSL-1.0
// error: mica: an update or delete without where
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
    return connection.execute(mica::update<Car>().set(col<&Car::year> = 1));
#else
    return connection.execute(mica::update<Car>().set(col<&Car::year> = 1).all_rows());
#endif
}
