// SPDX-License-Identifier: BSL-1.0
// error: mica: in a path of col<>
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
    return mica::select<Car>().where(col<&Car::engine, &Car::id> == 5);
#else
    return mica::select<Car>().where(col<&Car::engine, &Engine::cylinders> == 5);
#endif
}
