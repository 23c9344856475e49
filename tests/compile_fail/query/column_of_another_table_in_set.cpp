// SPDX-License-Identifier: BSL-1.0
// error: mica: this statement uses a column of a table
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Car {
    std::int64_t id = 0;
    std::string make;
};
struct Maker {
    std::int64_t id = 0;
    std::string name;
};

using mica::col;

void run(const mica::Connection& connection) {
#ifdef MICA_COMPILE_FAIL
    connection.execute(mica::update<Car>().set(col<&Car::make> = col<&Maker::name>).all_rows());
#else
    connection.execute(mica::update<Car>().set(col<&Car::make> = col<&Car::make>).all_rows());
#endif
}
