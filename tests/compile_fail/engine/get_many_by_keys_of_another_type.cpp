// SPDX-License-Identifier: BSL-1.0
// error: mica: a key's value must have the type
#include <mica/mica.hpp>

#include <cstdint>
#include <string>
#include <vector>

struct Car {
    std::int64_t id = 0;
    std::string make;
};

auto use(mica::Connection& connection) {
#ifdef MICA_COMPILE_FAIL
    return connection.get_many<Car>(std::vector<std::string>{"7"});
#else
    return connection.get_many<Car>(std::vector<unsigned char>{7});
#endif
}
