// SPDX-License-Identifier: BSL-1.0
// A type of one's own in a column: one codec, and it works in inserts, conditions and results alike.
#include <mica/mica.hpp>

#include <chrono>
#include <cstdio>
#include <stdexcept>

using mica::col;

enum class Fuel { petrol, diesel, electric };

struct Version {
    int major = 0;
    int minor = 0;
};

template <>
struct mica::Codec<Version> {
    using Storage = std::string;
    static std::string encode(const Version& version) {
        return std::to_string(version.major) + '.' + std::to_string(version.minor);
    }
    static Version decode(std::string_view stored) {
        Version version;
        if (std::sscanf(std::string{stored}.c_str(), "%d.%d", &version.major, &version.minor) != 2) {
            throw std::invalid_argument("no version");
        }
        return version;
    }
};

struct Vehicle {
    std::int64_t id = 0;
    mica::EnumText<Fuel> fuel;  // stored by name; a plain Fuel would be stored as its number
    Version firmware;
    std::chrono::sys_seconds built;
    std::optional<std::vector<std::byte>> photo{};
};

int main() {
    mica::Engine engine{"sqlite://"};
    engine.create_all<Vehicle>();
    auto connection = engine.connect();

    const auto built = std::chrono::sys_days{std::chrono::year{2024} / 5 / 17} + std::chrono::hours{9};
    connection.execute(
        mica::insert_into<Vehicle>().values(Vehicle{.fuel = Fuel::electric, .firmware = {2, 11}, .built = built}));

    const auto found = connection.one(mica::select<Vehicle>().where(col<&Vehicle::fuel> == Fuel::electric &&
                                                                    col<&Vehicle::firmware> == Version{2, 11} &&
                                                                    col<&Vehicle::built> >= built));
    std::printf("firmware %d.%d\n", found.firmware.major, found.firmware.minor);

    connection.execute("UPDATE Vehicle SET firmware = 'unknown'");
    try {
        connection.all(mica::select<Vehicle>());
    } catch (const mica::DataError& error) {
        std::printf("%s\n", error.what());
    }
}
