// SPDX-License-Identifier: BSL-1.0
// error: mica: collate<> says how texts are compared
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
    return mica::select<Car>().order_by(col<&Car::year>.collate<"NOCASE">().desc());
#else
    return mica::select<Car>().order_by(col<&Car::make>.collate<"NOCASE">().desc());
#endif
}
