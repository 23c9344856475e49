// SPDX-License-Identifier: BSL-1.0
// error: mica: an entity is an aggregate
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

void use(mica::Session& session) {
#ifdef MICA_COMPILE_FAIL
    session.add(5);
#else
    session.add(Car{});
#endif
}
