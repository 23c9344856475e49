// SPDX-License-Identifier: BSL-1.0
// SQLite itself, without mica: what it takes, and what it makes of it.
#pragma once

#include <sqlite3.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace mica::test {

/// A REAL with the digits of every version of SQLite; later ones give more where they choose themselves.
inline std::string real_text(double value) {
    char digits[40];
    return sqlite3_snprintf(sizeof digits, digits, "%!.15g", value);
}

/// A private database in memory that checks foreign keys.
class RawDatabase {
public:
    RawDatabase() {
        if (sqlite3_open(":memory:", &database_) != SQLITE_OK) throw std::runtime_error("no database in memory");
        sqlite3_db_config(database_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
        sqlite3_db_config(database_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
        must("PRAGMA foreign_keys = ON");
    }
    RawDatabase(const RawDatabase&) = delete;
    RawDatabase& operator=(const RawDatabase&) = delete;
    ~RawDatabase() { sqlite3_close(database_); }

    /// SQLite's complaint about any of the statements in `sql`, empty where it took them all.
    std::string complaint(std::string_view sql) {
        char* message = nullptr;
        sqlite3_exec(database_, std::string{sql}.c_str(), nullptr, nullptr, &message);
        const std::string said = message == nullptr ? "" : message;
        sqlite3_free(message);
        return said;
    }

    /// Throws what SQLite complains about.
    void must(std::string_view sql) {
        if (const std::string said = complaint(sql); !said.empty()) throw std::runtime_error(said);
    }

    /// All rows, their values as text put together with `|`; NULL shows as `NULL`.
    std::vector<std::string> rows(std::string_view sql) {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(database_, sql.data(), static_cast<int>(sql.size()), &statement, nullptr) != SQLITE_OK) {
            throw std::runtime_error(sqlite3_errmsg(database_));
        }
        std::vector<std::string> rows;
        while (sqlite3_step(statement) == SQLITE_ROW) {
            std::string row;
            for (int i = 0; i < sqlite3_column_count(statement); ++i) {
                if (i > 0) row += '|';
                if (sqlite3_column_type(statement, i) == SQLITE_FLOAT) {
                    row += real_text(sqlite3_column_double(statement, i));
                    continue;
                }
                const unsigned char* text = sqlite3_column_text(statement, i);
                if (text == nullptr) {
                    row += "NULL";
                } else {
                    row.append(reinterpret_cast<const char*>(text),
                               static_cast<std::size_t>(sqlite3_column_bytes(statement, i)));
                }
            }
            rows.push_back(row);
        }
        const int end = sqlite3_finalize(statement);
        if (end != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(database_));
        return rows;
    }

    /// The only value of the only row.
    std::string value(std::string_view sql) {
        const std::vector<std::string> found = rows(sql);
        if (found.size() != 1) throw std::runtime_error("not one row");
        return found.front();
    }

    /// The only value of the first row, bit by bit.
    double real(std::string_view sql) {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(database_, sql.data(), static_cast<int>(sql.size()), &statement, nullptr) != SQLITE_OK) {
            throw std::runtime_error(sqlite3_errmsg(database_));
        }
        const bool found = sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_type(statement, 0) == SQLITE_FLOAT;
        const double value = sqlite3_column_double(statement, 0);
        sqlite3_finalize(statement);
        if (!found) throw std::runtime_error("no REAL value");
        return value;
    }

private:
    sqlite3* database_ = nullptr;
};

}  // namespace mica::test
