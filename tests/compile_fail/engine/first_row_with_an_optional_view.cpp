// SPDX-License-Identifier: BSL-1.0
// error: mica: a row with a std::string_view
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
    std::optional<int> price;
    bool sold = false;
};

auto use(mica::Connection& connection) {
#ifdef MICA_COMPILE_FAIL
    return connection.execute<std::optional<std::string_view>>("SELECT make FROM Car").first();
#else
    return connection.execute<std::optional<std::string>>("SELECT make FROM Car").first();
#endif
}
