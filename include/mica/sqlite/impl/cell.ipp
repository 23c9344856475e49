// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/sqlite/cell.hpp>

namespace mica::sqlite::detail {

void throw_no_text(sqlite3_value* value) {
    if (sqlite3_value_type(value) == SQLITE_NULL) {
        mica::detail::refuse<DataError>({"NULL was read as text"});
    }
    throw OperationalError(make_failure(SQLITE_NOMEM, "out of memory while reading a text"));
}

Bytes empty_blob(sqlite3_value* value) {
    if (sqlite3_value_type(value) != SQLITE_NULL) return {};
    throw OperationalError(make_failure(SQLITE_NOMEM, "NULL was read as a blob, or memory ran out while reading it"));
}

}  // namespace mica::sqlite::detail
