// SPDX-License-Identifier: BSL-1.0
// What a hand-written program has around its loops over sqlite3. It opens with mica's own flags and settings, so that
// both sides run the same SQLite.
#pragma once

#include <mica/sqlite/options.hpp>

#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string>

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

    /// Of a statement without rows.
    void run() {
        const int rc = sqlite3_step(handle_);
        if (rc != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(sqlite3_db_handle(handle_)));
        sqlite3_reset(handle_);
    }

private:
    sqlite3_stmt* handle_ = nullptr;
};

[[noreturn, gnu::cold, gnu::noinline]] inline void fail(sqlite3_stmt* statement) {
    throw std::runtime_error(sqlite3_errmsg(sqlite3_db_handle(statement)));
}

/// Assigns a column's text to a string.
inline void read_text(sqlite3_stmt* statement, int column, std::string& text) {
    const auto* const bytes = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
    text.assign(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement, column)));
}

/// A connection to a file, or without a path to a database in memory of its own.
class RawConnection {
public:
    explicit RawConnection(const std::string& path = {}) {
        const mica::sqlite::OpenOptions options{.mode = path.empty() ? mica::sqlite::OpenMode::memory
                                                                     : mica::sqlite::OpenMode::create};
        const char* const name = path.empty() ? ":memory:" : path.c_str();
        if (sqlite3_open_v2(name, &handle_, mica::sqlite::detail::open_flags(options), nullptr) != SQLITE_OK) {
            throw std::runtime_error("a database that cannot be opened");
        }
        mica::sqlite::apply_safe_settings(handle_, options, path);
    }
    RawConnection(const RawConnection&) = delete;
    RawConnection& operator=(const RawConnection&) = delete;
    ~RawConnection() { sqlite3_close_v2(handle_); }

    operator sqlite3*() const noexcept { return handle_; }  // NOLINT: it stands for its handle

    void execute(const char* text) {
        if (sqlite3_exec(handle_, text, nullptr, nullptr, nullptr) != SQLITE_OK) {
            throw std::runtime_error(sqlite3_errmsg(handle_));
        }
    }

    /// The first column of the first row.
    std::int64_t number(const char* query) {
        const RawStatement statement{handle_, query};
        if (sqlite3_step(statement) != SQLITE_ROW) fail(statement);
        return sqlite3_column_int64(statement, 0);
    }

private:
    sqlite3* handle_ = nullptr;
};

}  // namespace benchmarks
