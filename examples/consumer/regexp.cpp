// SPDX-License-Identifier: BSL-1.0
// The smallest program that proves mica::regexp is found, compiles, links and reaches RE2.
#include <mica/query.hpp>
#include <mica/regexp.hpp>
#include <mica/version.hpp>

#include "garage.hpp"

#include <cstdio>

int main() {
    mica::Engine engine{"sqlite://"};
    engine.use_regexp();
    engine.create_all<garage::Car>();
    const mica::Connection connection = engine.connect();
    for (const char* const make : {"Ferrari", "Porsche"}) connection.insert(garage::Car{.make = make});
    const auto porsches = mica::select<garage::Car>().where(mica::col<&garage::Car::make>.regexp("^(?i)POR"));
    const garage::Car car = connection.one(porsches);
    std::printf("mica %d.%d stored a %s\n", MICA_VERSION_MAJOR, MICA_VERSION_MINOR, car.make.c_str());
}
