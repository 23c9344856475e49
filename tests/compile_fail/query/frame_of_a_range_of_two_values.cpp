// SPDX-License-Identifier: BSL-1.0
// error: mica: a range between distances needs order_by\(\) with the one value it measures
#include <mica/mica.hpp>

#include <cstdint>

struct Car {
    std::int64_t id = 0;
    int year = 0;
    double weight = 0;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select(sum(col<&Car::year>)
                            .over(mica::order_by(col<&Car::year>, col<&Car::weight>),
                                  mica::range_between(mica::preceding(1), mica::current_row)));
#else
    return mica::select(
        sum(col<&Car::year>)
            .over(mica::order_by(col<&Car::year>), mica::range_between(mica::preceding(1), mica::current_row)));
#endif
}
