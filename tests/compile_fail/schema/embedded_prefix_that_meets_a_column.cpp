// SPDX-License-Identifier: BSL-1.0
// error: mica: two fields of this entity have the same column name
#include <mica/mica.hpp>

#include <cstdint>

struct Engine {
    double litres = 0;
};
struct Car {
    std::int64_t id = 0;
    Engine engine;
#ifdef MICA_COMPILE_FAIL
    double engine_litres = 0;
#endif
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
