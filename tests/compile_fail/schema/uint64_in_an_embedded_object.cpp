// SPDX-License-Identifier: BSL-1.0
// error: mica: std::uint64_t does not fit
#include <mica/mica.hpp>

#include <cstdint>

struct Odometer {
#ifdef MICA_COMPILE_FAIL
    std::uint64_t mileage = 0;
#else
    std::int64_t mileage = 0;
#endif
};
struct Car {
    std::int64_t id = 0;
    Odometer odometer;
};

auto statement() { return mica::select<Car>(); }
