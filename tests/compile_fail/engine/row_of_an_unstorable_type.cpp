// SPDX-License-Identifier: BSL-1.0
// error: mica: a row is a storable value
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

auto use(mica::Connection& connection) {
#ifdef MICA_COMPILE_FAIL
    return connection.execute<int*>("SELECT 1");
#else
    return connection.execute<int>("SELECT 1");
#endif
}
