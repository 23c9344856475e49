// SPDX-License-Identifier: BSL-1.0
// A struct, and functions over it, for two translation units.
#pragma once

#include <mica/fwd.hpp>

#include <cstdint>
#include <string>

namespace garage {

struct Car {
    std::int64_t id = 0;
    std::string make;
};

void add(mica::Engine& engine, std::string make);

}  // namespace garage
