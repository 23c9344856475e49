// SPDX-License-Identifier: BSL-1.0
// SQLite 3.38 or newer. STRICT tables came with 3.37 (https://www.sqlite.org/stricttables.html).
#pragma once

#include <mica/dialect/dialect.hpp>

#include <array>

namespace mica::dialect {

inline constexpr Spelling sqlite_spellings[]{{"least", "min"}, {"greatest", "max"}};

/// SQLite's dialect of SQL, that of every name that names none.
inline constexpr Dialect sqlite{
    .name = "SQLite",
    .features = Feature::all,
    .open_quote = '"',
    .close_quote = '"',
    .parameter = "?",
    .booleans = {"0", "1"},
    .column_types = {"INTEGER", "REAL", "TEXT", "BLOB", "ANY"},
    .blob = {"x'", "'"},
    .infinity = "9e999",
    .same = " IS ",
    .distinct = " IS NOT ",
    .concatenation = " || ",
    .like = " LIKE ",
    .glob = " GLOB ",
    .regexp = " REGEXP ",
    .match = " MATCH ",
    .escape = R"( ESCAPE '\')",
    .spellings = {sqlite_spellings, 2},
    .list = {.call = {"mica_values(", ") AS "}, .columns = "", .value = "value", .position = "rowid"},
    .collect = {"mica_collect(", ")"},
    .rows = {.insert = "INSERT OR ABORT INTO ",
             .call = {"mica_rows(", ")"},
             .column = "c",
             .update = "UPDATE OR FAIL ",
             .by_key = {"mica_by_key(", ")"}},
    .ordered_join = " CROSS JOIN ",
    .unlimited = "-1",
    .subquery_alias = "",
    .default_values = " DEFAULT VALUES",
    .chosen_key = {"", ""},
    .key_type = "INTEGER",
    .autoincrement = " AUTOINCREMENT",
    .without_rowid = "WITHOUT ROWID",
    .strict = "STRICT",
};

}  // namespace mica::dialect
