// SPDX-License-Identifier: BSL-1.0
// error: mica: mapping\(\) must be static constexpr
#include <mica/mica.hpp>

#include <cstdint>
#include <string>

struct Car {
    std::int64_t id = 0;
    std::string make;

#ifdef MICA_COMPILE_FAIL
    constexpr auto mapping() const { return mica::table("cars"); }
#else
    static constexpr auto mapping() { return mica::table("cars"); }
#endif
};

auto statement() { return mica::select<Car>(); }
