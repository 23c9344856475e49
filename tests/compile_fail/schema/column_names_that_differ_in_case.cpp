// SPDX-License-Identifier: BSL-1.0
// error: mica: two fields of this entity have the same column name
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Car {
    std::int64_t id = 0;
    std::string make;
#ifdef MICA_COMPILE_FAIL
    std::string Make;
#else
    std::string model;
#endif
};

auto statement() { return mica::select<Car>(); }
