// SPDX-License-Identifier: BSL-1.0
// error: mica: a column has at most one default_value
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;

    static constexpr auto mapping() {
#ifdef MICA_COMPILE_FAIL
        return mica::table(mica::default_value<&Car::year>(5), mica::generated<&Car::year>(mica::col<&Car::id> + 1));
#else
        return mica::table(mica::default_value<&Car::make>("x"), mica::generated<&Car::year>(mica::col<&Car::id> + 1));
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
