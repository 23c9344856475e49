// SPDX-License-Identifier: BSL-1.0
// sqlite_orm as its users have it, at its best: statements are prepared once and kept, and get their values by get<>().
// Its sources are not Debian's: ./dev bench --against names the folder that they are in.
#pragma once

#include <mica/sqlite/options.hpp>

#include "support/row.hpp"

#include <sqlite_orm/sqlite_orm.h>

#include <cstdint>
#include <vector>

namespace benchmarks::sqlite_orm_peer {

inline auto make_storage() {
    using namespace sqlite_orm;
    return sqlite_orm::make_storage(
        ":memory:", make_table("Row", make_column("id", &Row::id, primary_key()), make_column("name", &Row::name),
                               make_column("age", &Row::age), make_column("score", &Row::score),
                               make_column("email", &Row::email)));
}

/// A database in memory with mica's own settings, an open transaction and the table, which holds `rows`. Its flags are
/// sqlite_orm's: with a mutex.
class Database {
public:
    explicit Database(const std::vector<Row>& rows) : storage_(make_storage()) {
        const auto any = storage_.prepare(sqlite_orm::select(1));  // a database in memory is open, and says not where
        handle_ = sqlite3_db_handle(any.stmt);
        mica::sqlite::apply_safe_settings(handle_, {.mode = mica::sqlite::OpenMode::memory}, {});
        execute(table_text);
        execute("BEGIN IMMEDIATE");
        for (const Row& row : rows) storage_.replace(row);
        execute("COMMIT");
        execute("BEGIN IMMEDIATE");
    }

    auto& get() noexcept { return storage_; }
    void restore() {
        execute("ROLLBACK");
        execute("BEGIN IMMEDIATE");
    }
    std::int64_t table_weight() {
        sqlite3_stmt* statement = nullptr;
        sqlite3_prepare_v2(handle_, weight_text, -1, &statement, nullptr);
        sqlite3_step(statement);
        const std::int64_t weight = sqlite3_column_int64(statement, 0);
        sqlite3_finalize(statement);
        return weight;
    }

private:
    void execute(const char* text) { sqlite3_exec(handle_, text, nullptr, nullptr, nullptr); }

    decltype(make_storage()) storage_;
    sqlite3* handle_ = nullptr;
};

}  // namespace benchmarks::sqlite_orm_peer
