// SPDX-License-Identifier: BSL-1.0
// error: mica: check\(\) and the where\(\) of an index take a condition
#include <mica/mica.hpp>

#include <cstdint>

struct Car {
    std::int64_t id = 0;
    int year = 0;

    static constexpr auto mapping() {
#ifdef MICA_COMPILE_FAIL
        return mica::table(mica::check(mica::col<&Car::year>));
#else
        return mica::table(mica::check(mica::col<&Car::year> >= 1886));
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
