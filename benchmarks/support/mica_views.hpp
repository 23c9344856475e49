// SPDX-License-Identifier: BSL-1.0
// What is looked at in a row of views.
#pragma once

#include "support/mica_database.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace benchmarks {

/// As weight() of a Row; all of its fields are read.
std::int64_t weight_of_view(const auto& row) {
    const std::string_view name = row.template get<&Row::name>();
    const std::optional<std::string_view> email = row.template get<&Row::email>();
    return row.template get<&Row::id>() + row.template get<&Row::age>() +
           static_cast<std::int64_t>(row.template get<&Row::score>() * 4) + name[0] + (email ? (*email)[0] : 0);
}

}  // namespace benchmarks
