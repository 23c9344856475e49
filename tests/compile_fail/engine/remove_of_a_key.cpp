// SPDX-License-Identifier: BSL-1.0
// error: mica: an entity is an aggregate
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Car {
    std::int64_t id = 0;
    std::string make;
};

auto use(mica::Connection& connection) {
#ifdef MICA_COMPILE_FAIL
    return connection.remove(7);
#else
    return connection.remove(Car{.id = 7, .make = {}});
#endif
}
