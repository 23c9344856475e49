// SPDX-License-Identifier: BSL-1.0
// error: mica: mapping\(\) must be static constexpr
#include <mica/mica.hpp>

#include <cstdint>
#include <string>
#include <string_view>

struct Car {
    std::int64_t id = 0;
    std::string make;

#ifdef MICA_COMPILE_FAIL
    static auto mapping() { return mica::table("cars"); }
#else
    static constexpr auto mapping() { return mica::table("cars"); }
#endif
};

constexpr std::string_view text = mica::ddl<Car>;
