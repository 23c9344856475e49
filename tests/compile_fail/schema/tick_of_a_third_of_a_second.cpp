// SPDX-License-Identifier: BSL-1.0
// error: mica: a field of this entity has a type that mica cannot store
#include <mica/mica.hpp>

#include <chrono>
#include <cstdint>
#include <ratio>

#ifdef MICA_COMPILE_FAIL
using Tick = std::chrono::duration<std::int64_t, std::ratio<1, 3>>;
#else
using Tick = std::chrono::milliseconds;
#endif

struct Lap {
    std::int64_t id = 0;
    std::chrono::sys_time<Tick> finished{};
};

void use(const mica::Engine& engine) { engine.create_all<Lap>(); }
