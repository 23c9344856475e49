// SPDX-License-Identifier: BSL-1.0
#include "support/batches.hpp"
#include "support/raw_file.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : batches_(make_batches(rows)), file_(make_rows(rows * rows_before, 1)) {
        file_.execute(index_text);
        file_.execute("BEGIN IMMEDIATE");
    }

    void run() override {
        for (std::vector<Row>& batch : batches_) {
            file_.execute("SAVEPOINT batch");
            for (Row& row : batch) {
                bind_values(insert_, row);
                if (sqlite3_step(insert_) != SQLITE_DONE) fail(insert_);
                sqlite3_reset(insert_);
                row.id = sqlite3_last_insert_rowid(file_);
            }
            file_.execute("RELEASE batch");
        }
    }
    std::int64_t result() override { return file_.table_weight() + batches_.back().back().id; }
    void restore() override {
        clear_keys(batches_);
        file_.execute("ROLLBACK");
        file_.execute("BEGIN IMMEDIATE");
    }

private:
    std::vector<std::vector<Row>> batches_;
    RawFile file_;
    RawStatement insert_{file_, "INSERT INTO Row (name, age, score, email) VALUES (?2, ?3, ?4, ?5)"};
};

[[maybe_unused]] const bool added = add_side<Work>("insert_in_transaction", "raw");

}  // namespace

}  // namespace benchmarks
