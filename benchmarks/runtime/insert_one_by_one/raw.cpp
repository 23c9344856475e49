// SPDX-License-Identifier: BSL-1.0
#include "support/raw_database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : rows_(make_rows(rows, 1)), remaining_(rows_) {}

    void run() override {
        for (const Row& row : remaining_) {
            bind(insert_, row);
            if (sqlite3_step(insert_) != SQLITE_DONE) fail(insert_);
            sqlite3_reset(insert_);
        }
        remaining_.clear();
    }
    std::int64_t result() override { return database_.table_weight(); }
    void restore() override {
        remaining_ = rows_;
        database_.restore();
    }

private:
    std::vector<Row> rows_;
    std::vector<Row> remaining_;  ///< run() uses them up on both sides, since mica's statement takes them over
    RawDatabase database_{{}};
    RawStatement insert_{database_, "INSERT INTO Row (id, name, age, score, email) VALUES (?1, ?2, ?3, ?4, ?5)"};
};

[[maybe_unused]] const bool added = add_side<Work>("insert_one_by_one", "raw");

}  // namespace

}  // namespace benchmarks
