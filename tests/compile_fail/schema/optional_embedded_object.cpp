// SPDX-License-Identifier: BSL-1.0
// error: mica: a field of this entity has a type that mica cannot store
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>

struct Engine {
    int cylinders = 0;
    double litres = 0;
};
struct Car {
    std::int64_t id = 0;
#ifdef MICA_COMPILE_FAIL
    std::optional<Engine> engine;
#else
    Engine engine;
#endif
};

auto use(mica::Session& session) { return session.query<Car>().all(); }
