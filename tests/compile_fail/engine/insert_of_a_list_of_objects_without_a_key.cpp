// SPDX-License-Identifier: BSL-1.0
// error: mica: an entity needs a primary key
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Car {
#ifdef MICA_COMPILE_FAIL
    std::int64_t number = 0;
#else
    std::int64_t id = 0;
#endif
    std::string make;
};

auto use(mica::Connection& connection) { return connection.insert({Car{}, Car{}}); }
