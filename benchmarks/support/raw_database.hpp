// SPDX-License-Identifier: BSL-1.0
// What a hand-written program has around its loops over sqlite3. It opens with mica's own flags and settings, so that
// both sides run the same SQLite.
#pragma once

#include <mica/sqlite/options.hpp>

#include "support/row.hpp"

#include <sqlite3.h>

#include <cstdint>
#include <stdexcept>
#include <vector>

namespace benchmarks {

class RawStatement {
public:
    RawStatement(sqlite3* database, const char* text) {
        if (sqlite3_prepare_v3(database, text, -1, SQLITE_PREPARE_PERSISTENT, &handle_, nullptr) != SQLITE_OK) {
            throw std::runtime_error(sqlite3_errmsg(database));
        }
    }
    RawStatement(const RawStatement&) = delete;
    RawStatement& operator=(const RawStatement&) = delete;
    ~RawStatement() { sqlite3_finalize(handle_); }

    operator sqlite3_stmt*() const noexcept { return handle_; }  // NOLINT: it stands for its handle

private:
    sqlite3_stmt* handle_ = nullptr;
};

[[noreturn, gnu::cold, gnu::noinline]] inline void fail(sqlite3_stmt* statement) {
    throw std::runtime_error(sqlite3_errmsg(sqlite3_db_handle(statement)));
}

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

/// Assigns the current row's columns to a row.
inline void read(sqlite3_stmt* statement, Row& row) {
    const auto text = [statement](int column) {
        return reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
    };
    const auto size = [statement](int column) {
        return static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
    };
    row.id = sqlite3_column_int64(statement, 0);
    const char* const name = text(1);
    row.name.assign(name, size(1));
    row.age = sqlite3_column_int(statement, 2);
    row.score = sqlite3_column_double(statement, 3);
    const char* const email = text(4);
    if (email == nullptr) {
        row.email.reset();
    } else if (row.email) {
        row.email->assign(email, size(4));
    } else {
        row.email.emplace(email, size(4));
    }
}

/// A database in memory with an open transaction and the table, which holds `rows`.
class RawDatabase {
public:
    explicit RawDatabase(const std::vector<Row>& rows) {
        const mica::sqlite::OpenOptions options{.mode = mica::sqlite::OpenMode::memory};
        if (sqlite3_open_v2(":memory:", &handle_, mica::sqlite::detail::open_flags(options), nullptr) != SQLITE_OK) {
            throw std::runtime_error("no database in memory");
        }
        mica::sqlite::apply_safe_settings(handle_, options, {});
        execute(table_text);
        const RawStatement insert{handle_, "INSERT INTO Row VALUES (?1, ?2, ?3, ?4, ?5)"};
        execute("BEGIN IMMEDIATE");
        for (const Row& row : rows) {
            bind(insert, row);
            if (sqlite3_step(insert) != SQLITE_DONE) fail(insert);
            sqlite3_reset(insert);
        }
        execute("COMMIT");
        execute("BEGIN IMMEDIATE");
    }
    RawDatabase(const RawDatabase&) = delete;
    RawDatabase& operator=(const RawDatabase&) = delete;
    ~RawDatabase() { sqlite3_close_v2(handle_); }

    operator sqlite3*() const noexcept { return handle_; }  // NOLINT: it stands for its handle

    void execute(const char* text) {
        if (sqlite3_exec(handle_, text, nullptr, nullptr, nullptr) != SQLITE_OK) {
            throw std::runtime_error(sqlite3_errmsg(handle_));
        }
    }

    /// Undoes what was written since the constructor or the last restore().
    void restore() {
        execute("ROLLBACK");
        execute("BEGIN IMMEDIATE");
    }

    std::int64_t table_weight() {
        const RawStatement statement{handle_, weight_text};
        if (sqlite3_step(statement) != SQLITE_ROW) fail(statement);
        return sqlite3_column_int64(statement, 0);
    }

private:
    sqlite3* handle_ = nullptr;
};

}  // namespace benchmarks
