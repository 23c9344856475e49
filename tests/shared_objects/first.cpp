// SPDX-License-Identifier: BSL-1.0
#include <shared_objects/parts.hpp>

#include <cstdint>

namespace shared_objects_test {

struct Car {
    std::int64_t id = 0;
    std::string name;
    static constexpr auto mapping() { return mica::table("car"); }
};

std::vector<std::string> cars(const mica::Connection& connection) {
    return connection.all(mica::select(mica::col<&Car::name>));
}

}  // namespace shared_objects_test
