// SPDX-License-Identifier: BSL-1.0
// error: mica: an entity is an aggregate
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Car {
    std::int64_t id = 0;
    std::string make;
#ifdef MICA_COMPILE_FAIL
    explicit Car(std::string name);
#endif
};

auto use(mica::Connection& connection) {
    return connection.all(mica::select<Car>().where(mica::col<&Car::make> == "Ford"));
}
