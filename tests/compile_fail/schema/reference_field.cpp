// SPDX-License-Identifier: BSL-1.0
// error: mica: an entity has no C array, no reference
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Car {
    std::int64_t id = 0;
#ifdef MICA_COMPILE_FAIL
    std::string& make;
#else
    std::string make;
#endif
};

bool use(mica::Session& session) { return bool(session.get<Car>(1)); }
