// SPDX-License-Identifier: BSL-1.0
// error: mica: this function takes a number here
#include <mica/mica.hpp>

#include <cstdint>

enum class Color { red, green };

struct Car {
    std::int64_t id = 0;
    int year = 0;
    Color color = Color::red;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select(avg(col<&Car::color>));
#else
    return mica::select(avg(col<&Car::year>));
#endif
}
