// SPDX-License-Identifier: BSL-1.0
// error: mica: a primary key's column cannot be generated
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;

    static constexpr auto mapping() {
#ifdef MICA_COMPILE_FAIL
        return mica::table(mica::generated<&Car::id>(mica::col<&Car::year> + 1));
#else
        return mica::table(mica::generated<&Car::year>(mica::col<&Car::id> + 1));
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
