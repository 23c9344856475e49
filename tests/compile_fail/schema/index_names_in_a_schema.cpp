// SPDX-License-Identifier: BSL-1.0
// error: mica: two indexes of this schema have the same name
#include <mica/mica.hpp>

#include <cstdint>

struct Car {
    std::int64_t id = 0;
    int year = 0;

    static constexpr auto mapping() { return mica::table(mica::index<&Car::year>.name("by_year")); }
};
struct Bike {
    std::int64_t id = 0;
    int year = 0;

    static constexpr auto mapping() {
#ifdef MICA_COMPILE_FAIL
        return mica::table(mica::index<&Bike::year>.name("By_Year"));
#else
        return mica::table(mica::index<&Bike::year>.name("bike_by_year"));
#endif
    }
};

using Vehicles = mica::Schema<Car, Bike>;

void use(const mica::Engine& engine) { engine.create_all<Vehicles>(); }
