// SPDX-License-Identifier: BSL-1.0
#include <shared_objects/parts.hpp>

#include <cstdint>

namespace shared_objects_test {

struct Maker {
    std::int64_t id = 0;
    std::string name;
    static constexpr auto mapping() { return mica::table("maker"); }
};

std::vector<std::string> makers(const mica::Connection& connection) {
    return connection.all(mica::select(mica::col<&Maker::name>));
}

std::string refusal(const mica::Engine& engine) {
    try {
        engine.connect().execute("SELECT 1");
    } catch (const mica::OperationalError& error) {
        return error.what();
    }
    return {};
}

}  // namespace shared_objects_test
