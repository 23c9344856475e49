// SPDX-License-Identifier: BSL-1.0
// SQLite 3.37 or newer: the first with STRICT tables (https://www.sqlite.org/stricttables.html).
#pragma once

#include <mica/dialect/dialect.hpp>

namespace mica::dialect {

inline constexpr Dialect sqlite{
    .name = "SQLite",
    .column_types = {"ANY", "INTEGER", "REAL", "TEXT", "BLOB"},
    .begin = {"BEGIN DEFERRED", "BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"},
    .table_suffix = "STRICT",
    .unlimited = "-1",
};

}  // namespace mica::dialect
