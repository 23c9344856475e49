// SPDX-License-Identifier: BSL-1.0
// error: mica: a value in JSON is read as a type that mica can store
#include <mica/mica.hpp>

#include <cstdint>
#include <string>
#include <vector>

struct Car {
    std::int64_t id = 0;
    std::string make;
};

using mica::col;

auto statement() {
#ifdef MICA_COMPILE_FAIL
    return mica::select(col<&Car::make>.json<std::vector<int>>("$.a"));
#else
    return mica::select(col<&Car::make>.json<int>("$.a"));
#endif
}
