// SPDX-License-Identifier: BSL-1.0
// error: mica: these two operands have unrelated types
#include <mica/mica.hpp>

#include <cstdint>

struct Car {
    std::int64_t id = 0;
    int year = 0;

    static constexpr auto mapping() {
#ifdef MICA_COMPILE_FAIL
        return mica::table(mica::check(mica::col<&Car::year> != ""));
#else
        return mica::table(mica::check(mica::col<&Car::year> != 0));
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
