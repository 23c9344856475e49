// SPDX-License-Identifier: BSL-1.0
// error: mica: std::uint64_t does not fit
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Car {
#ifdef MICA_COMPILE_FAIL
    std::uint64_t id = 0;
#else
    std::int64_t id = 0;
#endif
    std::string make;
};

bool use(mica::Session& session) { return bool(session.get<Car>(1)); }
