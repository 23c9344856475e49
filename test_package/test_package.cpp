// SPDX-License-Identifier: BSL-1.0
#include <mica/session.hpp>

#include <cstdint>
#include <cstdio>
#include <string>

struct Car {
    std::int64_t id = 0;
    std::string make;
};

int main() {
    mica::Engine engine{"sqlite://"};
    engine.create_all<Car>();
    mica::Session session{engine};
    session.add(Car{.make = "Porsche"});
    session.commit();
    std::printf("mica stored a %s\n", session.query<Car>().one()->make.c_str());
}
