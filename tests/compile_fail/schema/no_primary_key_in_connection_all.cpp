// SPDX-License-Identifier: BSL-1.0
// error: mica: an entity needs a primary key
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Car {
    std::string make;
#ifndef MICA_COMPILE_FAIL
    std::int64_t id = 0;
#endif
};

auto use(mica::Connection& connection) {
    return connection.all(mica::select<Car>().where(mica::col<&Car::make> == "Ford"));
}
