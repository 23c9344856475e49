// SPDX-License-Identifier: BSL-1.0
// One entity and what each of the two translation units does with it.
#pragma once

#include <mica/mica.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace link_test {

struct Car {
    std::int64_t id = 0;
    std::string make;
};

/// Stores a car; defined in second.cpp.
void add_car(mica::Engine& engine, std::string make);

/// The text of `mica::ddl<Car>` as second.cpp sees it.
std::string_view ddl_in_second();

}  // namespace link_test
