// SPDX-License-Identifier: BSL-1.0
// error: mica: a primary key's field cannot be std::optional
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Car {
#ifdef MICA_COMPILE_FAIL
    std::optional<std::int64_t> id;
#else
    std::int64_t id = 0;
#endif
    std::string make;
};

bool use(mica::Session& session) { return bool(session.get<Car>(1)); }
