// SPDX-License-Identifier: BSL-1.0
// sqlgen as its users have it: it has no statements to keep, each query is written and prepared as it runs.
// Its sources are not Debian's: ./dev bench --against names the folder that they and reflect-cpp's are in.
#pragma once

#include <mica/sqlite/options.hpp>

#include "peers/opened_handle.hpp"
#include "support/row.hpp"
#include <sqlgen/sqlite.hpp>

#include <cstdint>
#include <vector>

namespace benchmarks::sqlgen_peer {

/// A database in memory with mica's own settings, an open transaction and the table, which holds `rows`. Its flags are
/// sqlgen's: with a mutex.
class Database {
public:
    explicit Database(const std::vector<Row>& rows) {
        mica::sqlite::apply_safe_settings(handle_, {.mode = mica::sqlite::OpenMode::memory}, {});
        execute(handle_, table_text);
        execute(handle_, "BEGIN IMMEDIATE");
        sqlgen::insert(connection_, rows).value();
        execute(handle_, "COMMIT");
        execute(handle_, "BEGIN IMMEDIATE");
    }

    const auto& get() const noexcept { return connection_; }
    void restore() {
        execute(handle_, "ROLLBACK");
        execute(handle_, "BEGIN IMMEDIATE");
    }
    std::int64_t table_weight() { return number(handle_, weight_text); }

private:
    OpenedHandle opened_;
    sqlgen::Ref<sqlgen::sqlite::Connection> connection_ = sqlgen::sqlite::connect().value();
    sqlite3* handle_ = opened_.get();
};

}  // namespace benchmarks::sqlgen_peer
