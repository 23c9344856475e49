// SPDX-License-Identifier: BSL-1.0
// SQLite 3.38 or newer. STRICT tables came with 3.37 (https://www.sqlite.org/stricttables.html).
#pragma once

#include <mica/dialect/dialect.hpp>

namespace mica::dialect {

inline constexpr Dialect sqlite{
    .name = "SQLite",
    .column_types = {"ANY", "INTEGER", "REAL", "TEXT", "BLOB"},
    .table_suffix = "STRICT",
    .unlimited = "-1",
    .unused_values = {"NULL", "random()", "CAST(random() AS REAL)", "hex(randomblob(16))", "randomblob(16)"},
};

}  // namespace mica::dialect
