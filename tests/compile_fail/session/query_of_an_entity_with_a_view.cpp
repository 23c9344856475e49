// SPDX-License-Identifier: BSL-1.0
// error: mica: a session keeps its objects
#include <mica/mica.hpp>

#include <cstdint>
#include <string>
#include <string_view>

struct Car {
    std::int64_t id = 0;
#ifdef MICA_COMPILE_FAIL
    std::string_view make;
#else
    std::string make;
#endif
};

auto use(mica::Session& session) { return session.query<Car>().all(); }
