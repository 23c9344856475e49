// SPDX-License-Identifier: BSL-1.0
#include <mica/query.hpp>
#include <mica/regexp.hpp>

#include <cstdint>
#include <cstdio>
#include <string>

struct Car {
    std::int64_t id = 0;
    std::string make;
};

int main() {
    mica::Engine engine{"sqlite://"};
    engine.use_regexp();
    engine.create_all<Car>();
    const mica::Connection connection = engine.connect();
    for (const char* const make : {"Porsche", "Ferrari"}) connection.insert(Car{.make = make});
    const Car car = connection.one(mica::select<Car>().where(mica::col<&Car::make>.regexp("^(?i)POR")));
    std::printf("mica matched a %s\n", car.make.c_str());
}
