// SPDX-License-Identifier: BSL-1.0
// error: mica: a row with a std::string_view
#include <mica/mica.hpp>

#include <cstdint>
#include <string>
#include <string_view>

struct Car {
    std::int64_t id = 0;
#ifdef MICA_COMPILE_FAIL
    std::string_view make;
#else
    std::string make;
#endif
};

bool use(mica::Connection& connection) { return connection.get<Car>(7).has_value(); }
