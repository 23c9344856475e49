// SPDX-License-Identifier: BSL-1.0
// error: mica: two indexes of this entity have the same name
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;

    static constexpr auto mapping() {
#ifdef MICA_COMPILE_FAIL
        return mica::table(mica::index<&Car::year>.name("by_year"), mica::index<&Car::make>.name("BY_YEAR"));
#else
        return mica::table(mica::index<&Car::year>.name("by_year"), mica::index<&Car::make>.name("by_make"));
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
