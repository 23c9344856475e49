// SPDX-License-Identifier: BSL-1.0
// error: mica: a mapping option names a field that is no column
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Maker {
    std::int64_t id = 0;
    std::string name;
};
struct Car {
    std::int64_t id = 0;
    std::string make;

    static constexpr auto mapping() {
#ifdef MICA_COMPILE_FAIL
        return mica::table(mica::unique<&Maker::name>);
#else
        return mica::table(mica::unique<&Car::make>);
#endif
    }
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
