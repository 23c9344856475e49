// SPDX-License-Identifier: BSL-1.0
#include <link/car.hpp>

#include <utility>

namespace link_test {

void add_car(mica::Engine& engine, std::string make) {
    mica::Session session{engine};
    session.add(Car{.make = std::move(make)});
    session.commit();
}

std::string_view ddl_in_second() { return mica::ddl<Car>; }

}  // namespace link_test
