// SPDX-License-Identifier: BSL-1.0
// error: mica: the result of func<> has a type that mica can store
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
    return mica::select(mica::func<"slug", std::vector<int>>(col<&Car::make>));
#else
    return mica::select(mica::func<"slug", std::vector<std::byte>>(col<&Car::make>));
#endif
}
