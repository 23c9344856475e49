// SPDX-License-Identifier: BSL-1.0
#include "support/raw_database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : rows_(make_rows(rows, 1)) {
        database_.execute("CREATE INDEX names ON Row (name)");
        database_.execute("COMMIT");
    }

    void run() override {
        database_.execute("BEGIN IMMEDIATE");
        for (const Row& row : rows_) {
            bind(insert_, row);
            if (sqlite3_step(insert_) != SQLITE_DONE) fail(insert_);
            sqlite3_reset(insert_);
        }
        database_.execute("COMMIT");
    }
    std::int64_t result() override { return database_.table_weight(); }
    void restore() override { database_.execute("DELETE FROM Row"); }

private:
    std::vector<Row> rows_;
    RawDatabase database_{{}};
    RawStatement insert_{database_, "INSERT INTO Row VALUES (?1, ?2, ?3, ?4, ?5)"};
};

[[maybe_unused]] const bool added = add_side<Work>("insert_indexed", "raw");

}  // namespace

}  // namespace benchmarks
