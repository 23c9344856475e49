// SPDX-License-Identifier: BSL-1.0
// error: mica: autoincrement is for one column
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Car {
    std::int64_t id = 0;
    std::string make;

    static constexpr auto mapping() {
#ifdef MICA_COMPILE_FAIL
        return mica::table(mica::autoincrement, mica::autoincrement);
#else
        return mica::table(mica::autoincrement);
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
