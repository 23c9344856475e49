// SPDX-License-Identifier: BSL-1.0
// Functions that read and need not know from what: a session, a connection or a reader.
#include <mica/mica.hpp>

#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

using mica::col;

struct Car {
    std::int64_t id = 0;
    std::string make;
    int power = 0;
};

// One function for all of them, which may stand in a source file of its own.
std::vector<Car> strong_cars(mica::AnyReader from, int power) {
    return from.all(mica::select<Car>().where(col<&Car::power> >= power).order_by(col<&Car::id>));
}
int count_by_text(mica::AnyReader from) { return from.execute<int>("SELECT count(*) FROM Car").one(); }

// One function for each of them, made from one text.
std::optional<Car> newest(mica::Readable auto& from) {
    return from.first(mica::select<Car>().order_by(col<&Car::id>.desc()));
}

int main() {
    const mica::Engine engine{"sqlite://"};
    engine.create_all<Car>();
    engine.write([](mica::Session& session) {
        session.add(Car{.make = "Lotus", .power = 405});
        std::printf("%zu strong cars before the commit\n", strong_cars(session, 400).size());
    });
    engine.read([](mica::Reader& reader) { std::printf("the newest is a %s\n", newest(reader)->make.c_str()); });
    const mica::Connection connection = engine.connect();
    return count_by_text(connection) == 1 ? 0 : 1;
}
