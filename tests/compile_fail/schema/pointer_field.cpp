// SPDX-License-Identifier: BSL-1.0
// error: mica: a field of this entity has a type that mica cannot store
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Car {
    std::int64_t id = 0;
#ifdef MICA_COMPILE_FAIL
    const char* make = nullptr;
#else
    std::string make;
#endif
};

void use(mica::Session& session) { session.add(Car{}); }
