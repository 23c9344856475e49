// SPDX-License-Identifier: BSL-1.0
// error: mica: a function takes expressions, and values that mica can store
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
    return mica::select(mica::func<"slug", std::string>(col<&Car::make>, std::vector<int>{}));
#else
    return mica::select(mica::func<"slug", std::string>(col<&Car::make>, 1));
#endif
}
