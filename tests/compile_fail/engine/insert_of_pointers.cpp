// SPDX-License-Identifier: BSL-1.0
// error: mica: an entity is an aggregate
#include <mica/mica.hpp>

#include <cstdint>
#include <string>
#include <vector>

struct Car {
    std::int64_t id = 0;
    std::string make;
};

auto use(mica::Connection& connection, const std::vector<Car*>& cars) {
#ifdef MICA_COMPILE_FAIL
    return connection.insert(cars);
#else
    return connection.insert(*cars.front());
#endif
}
