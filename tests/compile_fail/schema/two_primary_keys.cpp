// SPDX-License-Identifier: BSL-1.0
// error: mica: an entity has one primary_key<>
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;

    static constexpr auto mapping() {
#ifdef MICA_COMPILE_FAIL
        return mica::table(mica::primary_key<&Car::make>, mica::primary_key<&Car::year>);
#else
        return mica::table(mica::primary_key<&Car::make, &Car::year>);
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
