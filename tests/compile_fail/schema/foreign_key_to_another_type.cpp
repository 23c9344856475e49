// SPDX-License-Identifier: BSL-1.0
// error: mica: a foreign key's field must have the type
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Maker {
    std::int64_t id = 0;
    std::string name;
};
struct Car {
    std::int64_t id = 0;
#ifdef MICA_COMPILE_FAIL
    std::string maker_id;
#else
    std::int64_t maker_id = 0;
#endif

    static constexpr auto mapping() { return mica::table(mica::foreign_key<&Car::maker_id, &Maker::id>); }
};

void use(const mica::Engine& engine) { engine.create_all<Maker, Car>(); }
