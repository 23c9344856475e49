// SPDX-License-Identifier: BSL-1.0
// error: mica: a default_value<>
#include <mica/mica.hpp>

#include <cstdint>

struct Car {
    std::int64_t id = 0;
    std::uint8_t doors = 0;

    static constexpr auto mapping() {
#ifdef MICA_COMPILE_FAIL
        return mica::table(mica::default_value<&Car::doors>(500));
#else
        return mica::table(mica::default_value<&Car::doors>(5));
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
