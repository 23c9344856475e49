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

auto rows(mica::Connection& connection) {
#ifdef MICA_COMPILE_FAIL
    return connection.all(mica::select<Car>().where(col<&Car::sold>).where(col<&Car::make> == col<&Maker::name>));
#else
    return connection.all(mica::select<Car>().where(col<&Car::sold>).where(col<&Car::make> == "Ford"));
#endif
}
