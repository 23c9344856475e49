// SPDX-License-Identifier: BSL-1.0
// error: mica: an entity needs a primary key
#include <mica/mica.hpp>

#include <cstdint>
#include <string>
#include <string_view>

struct Car {
    std::string make;
#ifndef MICA_COMPILE_FAIL
    std::int64_t id = 0;
#endif
};

constexpr std::string_view text = mica::ddl<Car>;
