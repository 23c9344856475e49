// SPDX-License-Identifier: BSL-1.0
// error: mica: col<> names a field that is one column
#include <mica/mica.hpp>

#include <cstdint>

struct Engine {
    int cylinders = 0;
    double litres = 0;
};
struct Car {
    std::int64_t id = 0;
    Engine engine;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select(col<&Car::id>, col<&Car::engine>);
#else
    return mica::select(col<&Car::id>, col<&Car::engine, &Engine::cylinders>);
#endif
}
