// SPDX-License-Identifier: BSL-1.0
// error: mica: partition_by\(\) takes columns and other expressions
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
    return mica::select(sum(col<&Car::year>).over(mica::partition_by(1)));
#else
    return mica::select(sum(col<&Car::year>).over(mica::partition_by(col<&Car::make>)));
#endif
}
