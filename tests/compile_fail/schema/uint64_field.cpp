// SPDX-License-Identifier: BSL-1.0
// error: mica: std::uint64_t does not fit
#include <mica/mica.hpp>

#include <cstdint>

struct Car {
    std::int64_t id = 0;
#ifdef MICA_COMPILE_FAIL
    std::uint64_t mileage = 0;
#else
    std::uint32_t mileage = 0;
#endif
};

auto statement() { return mica::insert_into<Car>(); }
