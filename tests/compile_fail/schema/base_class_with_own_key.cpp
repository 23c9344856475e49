// SPDX-License-Identifier: BSL-1.0
// error: mica: an entity has no base class
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Vehicle {
    std::string make;
};

#ifdef MICA_COMPILE_FAIL
struct Car : Vehicle {
    std::int64_t id = 0;
};
#else
struct Car {
    std::int64_t id = 0;
    Vehicle vehicle;
};
#endif

void use(mica::Session& session) { session.add(Car{}); }
