// SPDX-License-Identifier: BSL-1.0
// error: mica: an entity needs a primary key
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Car {
    std::string make;
#ifndef MICA_COMPILE_FAIL
    std::int64_t id = 0;
#endif
};

void use(const mica::Engine& engine) { engine.create_all<Car>(); }
