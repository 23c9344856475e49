// SPDX-License-Identifier: BSL-1.0
// How SQL text differs between databases, as plain constant data: no I/O, no templates.
#pragma once

#include <mica/core/value.hpp>

#include <array>
#include <cstddef>
#include <string_view>

namespace mica {

struct Dialect {
    std::string_view name;
    std::array<std::string_view, 5> column_types;  ///< by StorageClass
    std::string_view table_suffix;                 ///< of a table whose column types the database enforces
    std::string_view unlimited;                    ///< LIMIT where only an offset is wanted
    std::array<std::string_view, 5>
        unused_values;  ///< by StorageClass: a value that no other row can be expected to have

    constexpr std::string_view column_type(StorageClass storage) const {
        return column_types[static_cast<std::size_t>(storage)];
    }
    constexpr std::string_view unused_value(StorageClass storage) const {
        return unused_values[static_cast<std::size_t>(storage)];
    }
};

}  // namespace mica
