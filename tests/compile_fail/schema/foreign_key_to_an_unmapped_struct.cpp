// SPDX-License-Identifier: BSL-1.0
// error: mica: an entity needs a primary key
#include <mica/mica.hpp>

#include <cstdint>

struct Maker {
#ifndef MICA_COMPILE_FAIL
    std::int64_t id = 0;
#endif
    std::int64_t number = 0;

    static constexpr auto mapping() { return mica::table(mica::unique<&Maker::number>); }
};
struct Car {
    std::int64_t id = 0;
    std::int64_t maker = 0;

    static constexpr auto mapping() { return mica::table(mica::foreign_key<&Car::maker, &Maker::number>); }
};

void use(const mica::Engine& engine) { engine.create_all<Maker, Car>(); }
