// SPDX-License-Identifier: BSL-1.0
#include "support/raw_file.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : rows_(make_rows(rows, 1)) {}

    void run() override {
        file_.execute("BEGIN IMMEDIATE");
        for (Row& row : rows_) {
            bind_values(insert_, row);
            if (sqlite3_step(insert_) != SQLITE_DONE) fail(insert_);
            sqlite3_reset(insert_);
            row.id = sqlite3_last_insert_rowid(file_);
        }
        file_.execute("COMMIT");
    }
    std::int64_t result() override { return file_.table_weight() + rows_.back().id; }
    void restore() override {
        for (Row& row : rows_) row.id = 0;
        file_.execute("DELETE FROM Row");
    }

private:
    std::vector<Row> rows_;
    RawFile file_{{}};
    RawStatement insert_{file_, "INSERT INTO Row (name, age, score, email) VALUES (?2, ?3, ?4, ?5)"};
};

[[maybe_unused]] const bool added = add_side<Work>("insert_into_file", "raw");

}  // namespace

}  // namespace benchmarks
