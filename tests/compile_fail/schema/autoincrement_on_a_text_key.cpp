// SPDX-License-Identifier: BSL-1.0
// error: mica: autoincrement is for one column
#include <mica/mica.hpp>

#include <cstdint>
#include <string>
#include <string_view>

struct Car {
#ifdef MICA_COMPILE_FAIL
    std::string id;
#else
    std::int64_t id = 0;
#endif
    std::string make;

    static constexpr auto mapping() { return mica::table(mica::autoincrement); }
};

constexpr std::string_view text = mica::ddl<Car>;
