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

auto use(mica::Session& session) {
#ifdef MICA_COMPILE_FAIL
    return session.get_many<Car>(std::vector<double>{7});
#else
    return session.get_many<Car>(std::vector<int>{7});
#endif
}
