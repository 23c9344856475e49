// SPDX-License-Identifier: BSL-1.0
// error: mica: a value given to SQL has a type
#include <mica/mica.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
    std::optional<int> price;
    bool sold = false;
};

auto use(mica::Connection& connection) {
#ifdef MICA_COMPILE_FAIL
    return connection.execute("INSERT INTO Car (make) VALUES (?)", std::vector<int>{1});
#else
    return connection.execute("INSERT INTO Car (make) VALUES (?)", 1);
#endif
}
