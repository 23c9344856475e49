// SPDX-License-Identifier: BSL-1.0
// The table of rows behind a hand-written program.
#pragma once

#include "support/raw_connection.hpp"
#include "support/row.hpp"

#include <sqlite3.h>

#include <cstdint>
#include <vector>

namespace benchmarks {

/// Binds all values of a row but its key to the parameters 2 to 5.
inline void bind_values(sqlite3_stmt* statement, const Row& row) {
    sqlite3_bind_text(statement, 2, row.name.data(), static_cast<int>(row.name.size()), SQLITE_STATIC);
    sqlite3_bind_int(statement, 3, row.age);
    sqlite3_bind_double(statement, 4, row.score);
    if (row.email) {
        sqlite3_bind_text(statement, 5, row.email->data(), static_cast<int>(row.email->size()), SQLITE_STATIC);
    } else {
        sqlite3_bind_null(statement, 5);
    }
}

/// Binds a row's values to the parameters 1 to 5.
inline void bind(sqlite3_stmt* statement, const Row& row) {
    sqlite3_bind_int64(statement, 1, row.id);
    bind_values(statement, row);
}

/// Assigns the current row's columns, from `first` on, to a row.
inline void read(sqlite3_stmt* statement, Row& row, int first = 0) {
    const auto text = [statement](int column) {
        return reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
    };
    const auto size = [statement](int column) {
        return static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
    };
    row.id = sqlite3_column_int64(statement, first);
    const char* const name = text(first + 1);
    row.name.assign(name, size(first + 1));
    row.age = sqlite3_column_int(statement, first + 2);
    row.score = sqlite3_column_double(statement, first + 3);
    const char* const email = text(first + 4);
    if (email == nullptr) {
        row.email.reset();
    } else if (row.email) {
        row.email->assign(email, size(first + 4));
    } else {
        row.email.emplace(email, size(first + 4));
    }
}

/// Makes the table, which holds `rows`.
inline void fill(RawConnection& connection, const std::vector<Row>& rows) {
    connection.execute(table_text);
    const RawStatement insert{connection, "INSERT INTO Row VALUES (?1, ?2, ?3, ?4, ?5)"};
    connection.execute("BEGIN IMMEDIATE");
    for (const Row& row : rows) {
        bind(insert, row);
        if (sqlite3_step(insert) != SQLITE_DONE) fail(insert);
        sqlite3_reset(insert);
    }
    connection.execute("COMMIT");
}

/// A database in memory with an open transaction and the table, which holds `rows`.
class RawDatabase : public RawConnection {
public:
    explicit RawDatabase(const std::vector<Row>& rows) {
        fill(*this, rows);
        execute("BEGIN IMMEDIATE");
    }

    /// Undoes what was written since the constructor or the last restore().
    void restore() {
        execute("ROLLBACK");
        execute("BEGIN IMMEDIATE");
    }

    std::int64_t table_weight() { return number(weight_text); }
};

}  // namespace benchmarks
