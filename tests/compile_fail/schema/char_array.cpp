// SPDX-License-Identifier: BSL-1.0
// error: mica: an entity has no C array, no reference
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Car {
    std::int64_t id = 0;
#ifdef MICA_COMPILE_FAIL
    char make[64] = {};
#else
    std::string make;
#endif
    int year = 0;
};

void use(mica::Session& session) { session.add(Car{}); }
