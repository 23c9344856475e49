// SPDX-License-Identifier: BSL-1.0
// error: mica: a row with a std::string_view
#include <mica/mica.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

struct Car {
    std::int64_t id = 0;
#ifdef MICA_COMPILE_FAIL
    std::string_view make;
#else
    std::string make;
#endif
};

auto use(mica::Connection& connection, const std::vector<int>& keys) { return connection.get_many<Car>(keys).size(); }
