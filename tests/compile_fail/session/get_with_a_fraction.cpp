// SPDX-License-Identifier: BSL-1.0
// error: mica: a key's value must have the type
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

bool use(mica::Session& session) {
#ifdef MICA_COMPILE_FAIL
    return bool(session.get<Car>(1.5));
#else
    return bool(session.get<Car>(1));
#endif
}
