// SPDX-License-Identifier: BSL-1.0
// error: mica: default_value<>
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Car {
    std::int64_t id = 0;
    std::string make;

    static constexpr auto mapping() {
#ifdef MICA_COMPILE_FAIL
        return mica::table(mica::default_value<&Car::make>(5));
#else
        return mica::table(mica::default_value<&Car::make>("Ford"));
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
