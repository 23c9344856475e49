// SPDX-License-Identifier: BSL-1.0
// error: mica: check\(\), generated<>, default_expr<> and an index see one row
#include <mica/mica.hpp>

#include <cstdint>

struct Make {
    std::int64_t id = 0;
    int cars = 0;
};

struct Car {
    std::int64_t id = 0;
    int year = 0;
    int age = 0;

    static constexpr auto mapping() {
        using mica::col;
#ifdef MICA_COMPILE_FAIL
        return mica::table(mica::index<&Car::year>.where(mica::count() > 1));
#else
        return mica::table(mica::index<&Car::year>.where(col<&Car::age> > 1));
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
