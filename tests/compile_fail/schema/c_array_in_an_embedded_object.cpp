// SPDX-License-Identifier: BSL-1.0
// error: mica: a field of this entity has a type that mica cannot store
#include <mica/mica.hpp>

#include <cstdint>

struct Engine {
#ifdef MICA_COMPILE_FAIL
    int cylinders[12] = {};
#else
    int cylinders = 12;
#endif
};
struct Car {
    std::int64_t id = 0;
    Engine engine;
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
