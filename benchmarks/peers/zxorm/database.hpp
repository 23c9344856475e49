// SPDX-License-Identifier: BSL-1.0
// zxorm as its users have it: inserts, updates and finds by key keep their statement by themselves, a query is kept by
// hand. Its sources are not Debian's: ./dev bench --against names the folder that they are in.
#pragma once

#include <mica/sqlite/options.hpp>

#include "peers/opened_handle.hpp"
#include "support/row.hpp"
#include <zxorm/zxorm.hpp>

#include <cstdint>
#include <vector>

namespace benchmarks::zxorm_peer {

using RowTable = zxorm::Table<"Row", Row, zxorm::Column<"id", &Row::id, zxorm::PrimaryKey<>>,
                              zxorm::Column<"name", &Row::name>, zxorm::Column<"age", &Row::age>,
                              zxorm::Column<"score", &Row::score>, zxorm::Column<"email", &Row::email>>;

/// A database in memory with mica's own flags and settings, an open transaction and the table, which holds `rows`.
class Database {
public:
    explicit Database(const std::vector<Row>& rows) {
        mica::sqlite::apply_safe_settings(handle_, options, {});
        execute(handle_, table_text);
        execute(handle_, "BEGIN IMMEDIATE");
        for (const Row& row : rows) connection_.insert_record(row);
        execute(handle_, "COMMIT");
        execute(handle_, "BEGIN IMMEDIATE");
    }

    auto& get() noexcept { return connection_; }
    void restore() {
        execute(handle_, "ROLLBACK");
        execute(handle_, "BEGIN IMMEDIATE");
    }
    std::int64_t table_weight() { return number(handle_, weight_text); }

private:
    static constexpr mica::sqlite::OpenOptions options{.mode = mica::sqlite::OpenMode::memory};

    OpenedHandle opened_;
    zxorm::Connection<RowTable> connection_{":memory:", mica::sqlite::detail::open_flags(options)};
    sqlite3* handle_ = opened_.get();
};

}  // namespace benchmarks::zxorm_peer
