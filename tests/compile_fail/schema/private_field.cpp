// SPDX-License-Identifier: BSL-1.0
// error: mica: an entity is an aggregate
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

class Car {
#ifndef MICA_COMPILE_FAIL
public:
#endif
    std::int64_t id = 0;
    std::string make;
};

auto statement() { return mica::select<Car>(); }
