// SPDX-License-Identifier: BSL-1.0
// error: mica: cast<> gives a type that mica can store
#include <mica/mica.hpp>

#include <cstdint>
#include <string>
#include <vector>

struct Car {
    std::int64_t id = 0;
    int year = 0;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select(col<&Car::year>.cast<std::vector<int>>());
#else
    return mica::select(col<&Car::year>.cast<std::string>());
#endif
}
