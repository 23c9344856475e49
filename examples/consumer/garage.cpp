// SPDX-License-Identifier: BSL-1.0
#include "garage.hpp"

#include <mica/session.hpp>

#include <utility>

void garage::add(mica::Engine& engine, std::string make) {
    mica::Session session{engine};
    session.add(Car{.make = std::move(make)});
    session.commit();
}
