// SPDX-License-Identifier: BSL-1.0
// error: mica: an entity has no base class
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Vehicle {
    std::int64_t id = 0;
};

#ifdef MICA_COMPILE_FAIL
struct Car : Vehicle {
    std::string make;
};
#else
struct Car {
    std::int64_t id = 0;
    std::string make;
};
#endif

auto statement() { return mica::select<Car>(); }
