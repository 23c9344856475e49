// SPDX-License-Identifier: BSL-1.0
// error: mica: this function takes an integer here
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
    return mica::select(substr(col<&Car::make>, "1"));
#else
    return mica::select(substr(col<&Car::make>, 1));
#endif
}
