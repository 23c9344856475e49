// SPDX-License-Identifier: BSL-1.0
// The hand-written loop that inserts rows and writes back the keys that the database chose.
#pragma once

#include "support/raw_database.hpp"
#include "support/workload.hpp"

#include <cstdint>
#include <vector>

namespace benchmarks {

class RawInsert : public Workload {
public:
    explicit RawInsert(int rows) : rows_(make_rows(rows, 1)) {}

    void run() override {
        for (Row& row : rows_) {
            bind_values(insert_, row);
            if (sqlite3_step(insert_) != SQLITE_DONE) fail(insert_);
            sqlite3_reset(insert_);
            row.id = sqlite3_last_insert_rowid(database_);
        }
    }
    std::int64_t result() override { return database_.table_weight() + rows_.back().id; }
    void restore() override {
        for (Row& row : rows_) row.id = 0;
        database_.restore();
    }

private:
    std::vector<Row> rows_;
    RawDatabase database_{{}};
    RawStatement insert_{database_, "INSERT INTO Row (name, age, score, email) VALUES (?2, ?3, ?4, ?5)"};
};

}  // namespace benchmarks
