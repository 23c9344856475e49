// SPDX-License-Identifier: BSL-1.0
// error: mica: a foreign key must reference a primary key or a unique key
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Maker {
    std::int64_t id = 0;
    std::string name;
};
struct Car {
    std::int64_t id = 0;
    std::string maker;

    static constexpr auto mapping() {
#ifdef MICA_COMPILE_FAIL
        return mica::table(mica::foreign_key<&Car::maker, &Maker::name>);
#else
        return mica::table();
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Maker, Car>(); }
