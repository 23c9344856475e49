// SPDX-License-Identifier: BSL-1.0
// error: mica: order_by\(\) takes expressions
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select(sum(col<&Car::year>).over(mica::order_by("make")));
#else
    return mica::select(sum(col<&Car::year>).over(mica::order_by(col<&Car::make>.desc())));
#endif
}
