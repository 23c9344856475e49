// SPDX-License-Identifier: BSL-1.0
// What a service over sqlite3 has by hand: one connection for each thread, its statements prepared once.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

namespace raw {

/// A statement that is reset at the end of the scope.
class Statement {
public:
    Statement(sqlite3* db, sqlite3_stmt* handle) noexcept : db_(db), handle_(handle) {}
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement() { sqlite3_reset(handle_); }

    Statement& bind(int index, std::int64_t value) {
        check(sqlite3_bind_int64(handle_, index, value));
        return *this;
    }
    /// Not copied: has to live until the end of the scope.
    Statement& bind(int index, std::string_view value) {
        check(sqlite3_bind_text64(handle_, index, value.data(), value.size(), nullptr, SQLITE_UTF8));
        return *this;
    }
    bool step() {
        const int rc = sqlite3_step(handle_);
        if (rc != SQLITE_ROW && rc != SQLITE_DONE) throw std::runtime_error(sqlite3_errmsg(db_));
        return rc == SQLITE_ROW;
    }
    std::int64_t integer(int column) const { return sqlite3_column_int64(handle_, column); }
    double real(int column) const { return sqlite3_column_double(handle_, column); }
    bool is_null(int column) const { return sqlite3_column_type(handle_, column) == SQLITE_NULL; }
    std::string text(int column) const {
        const auto* const data = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
        return {data, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
    }

private:
    void check(int rc) const {
        if (rc != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(db_));
    }

    sqlite3* db_;
    sqlite3_stmt* handle_;
};

class Database {
public:
    explicit Database(const std::string& path) {
        const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
        if (sqlite3_open_v2(path.c_str(), &db_, flags, nullptr) != SQLITE_OK)
            throw std::runtime_error(sqlite3_errmsg(db_));
        sqlite3_busy_timeout(db_, 5000);
        run("PRAGMA foreign_keys = ON; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
    }
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database() {
        for (const auto& [text, statement] : statements_) sqlite3_finalize(statement);
        sqlite3_close(db_);
    }

    /// `text` has to be a literal, or to live as long as the database.
    Statement prepared(const char* text) {
        sqlite3_stmt*& statement = statements_[text];
        if (statement == nullptr &&
            sqlite3_prepare_v3(db_, text, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) != SQLITE_OK)
            throw std::runtime_error(sqlite3_errmsg(db_));
        return {db_, statement};
    }
    void run(const char* script) {
        if (sqlite3_exec(db_, script, nullptr, nullptr, nullptr) != SQLITE_OK)
            throw std::runtime_error(sqlite3_errmsg(db_));
    }
    std::int64_t last_key() const { return sqlite3_last_insert_rowid(db_); }

private:
    sqlite3* db_ = nullptr;
    std::map<std::string_view, sqlite3_stmt*> statements_{};
};

/// Rolls back unless committed.
class Transaction {
public:
    Transaction(Database& database, const char* begin) : database_(database) { database.prepared(begin).step(); }
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction() {
        if (is_open_) database_.prepared("ROLLBACK").step();
    }
    void commit() {
        database_.prepared("COMMIT").step();
        is_open_ = false;
    }

private:
    Database& database_;
    bool is_open_ = true;
};

}  // namespace raw
