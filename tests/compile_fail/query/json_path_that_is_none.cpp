// SPDX-License-Identifier: BSL-1.0
// error: mica: json<> takes a path
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Car {
    std::int64_t id = 0;
    std::string make;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select(col<&Car::make>.json(2.5));
#else
    return mica::select(col<&Car::make>.json(2));
#endif
}
