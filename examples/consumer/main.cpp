// SPDX-License-Identifier: BSL-1.0
// The smallest program that proves mica is found, compiles, links from two translation units and reaches SQLite.
#include <mica/query.hpp>
#include <mica/version.hpp>

#include "garage.hpp"

#include <cstdio>

int main() {
    mica::Engine engine{"sqlite://"};
    engine.create_all<garage::Car>();
    garage::add(engine, "Porsche");
    const garage::Car car = engine.connect().one(mica::select<garage::Car>());
    std::printf("mica %d.%d stored a %s\n", MICA_VERSION_MAJOR, MICA_VERSION_MINOR, car.make.c_str());
}
