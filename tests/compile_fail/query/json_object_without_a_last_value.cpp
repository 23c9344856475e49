// SPDX-License-Identifier: BSL-1.0
// error: mica: json_object\(\) takes names and values in pairs
#include <mica/mica.hpp>

#include <cstdint>

struct Car {
    std::int64_t id = 0;
    int year = 0;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select(mica::json_object("year", col<&Car::year>, "make"));
#else
    return mica::select(mica::json_object("year", col<&Car::year>));
#endif
}
