// SPDX-License-Identifier: BSL-1.0
// SQLiteCpp (libsqlitecpp-dev) as its users have it, at its best: statements are kept, texts are bound without a copy.
#pragma once

#include <mica/sqlite/options.hpp>

#include "support/row.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <string>
#include <vector>

namespace benchmarks::sqlitecpp {

inline void bind(SQLite::Statement& statement, const Row& row) {
    statement.bind(1, row.id);
    statement.bindNoCopy(2, row.name);
    statement.bind(3, row.age);
    statement.bind(4, row.score);
    if (row.email) {
        statement.bindNoCopy(5, *row.email);
    } else {
        statement.bind(5);
    }
}

/// From column `first` on.
inline void read(SQLite::Statement& statement, Row& row, int first = 0) {
    row.id = statement.getColumn(first).getInt64();
    row.name = statement.getColumn(first + 1).getString();
    row.age = statement.getColumn(first + 2).getInt();
    row.score = statement.getColumn(first + 3).getDouble();
    const SQLite::Column email = statement.getColumn(first + 4);
    if (email.isNull()) {
        row.email.reset();
    } else {
        row.email = email.getString();
    }
}

/// A database in memory with mica's own flags and settings, an open transaction and the table, which holds `rows`.
class Database {
public:
    explicit Database(const std::vector<Row>& rows) {
        mica::sqlite::apply_safe_settings(database_.getHandle(), {.mode = mica::sqlite::OpenMode::memory}, {});
        database_.exec(table_text);
        SQLite::Statement insert{database_, "INSERT INTO Row VALUES (?1, ?2, ?3, ?4, ?5)"};
        database_.exec("BEGIN IMMEDIATE");
        for (const Row& row : rows) {
            bind(insert, row);
            insert.exec();
            insert.reset();
        }
        database_.exec("COMMIT");
        database_.exec("BEGIN IMMEDIATE");
    }

    SQLite::Database& get() noexcept { return database_; }
    void restore() {
        database_.exec("ROLLBACK");
        database_.exec("BEGIN IMMEDIATE");
    }
    std::int64_t table_weight() { return database_.execAndGet(weight_text).getInt64(); }

private:
    SQLite::Database database_{":memory:", mica::sqlite::detail::open_flags({.mode = mica::sqlite::OpenMode::memory})};
};

}  // namespace benchmarks::sqlitecpp
