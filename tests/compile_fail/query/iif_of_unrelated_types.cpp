// SPDX-License-Identifier: BSL-1.0
// error: mica: these values have no type in common
#include <mica/mica.hpp>

#include <cstdint>

enum class Color { red, green };

struct Car {
    std::int64_t id = 0;
    bool sold = false;
    Color color = Color::red;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select(iif(col<&Car::sold>, col<&Car::color>, 1));
#else
    return mica::select(iif(col<&Car::sold>, col<&Car::color>, Color::green));
#endif
}
