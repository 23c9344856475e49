// SPDX-License-Identifier: BSL-1.0
// error: mica: get_many\(\) takes a range of keys
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Car {
    std::int64_t id = 0;
    std::string make;
};

auto use(mica::Connection& connection) {
#ifdef MICA_COMPILE_FAIL
    return connection.get_many<Car>(7);
#else
    return connection.get_many<Car>({7});
#endif
}
