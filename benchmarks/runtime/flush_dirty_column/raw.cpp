// SPDX-License-Identifier: BSL-1.0
#include "support/raw_database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : rows_(make_rows(rows, 1)), database_(rows_) {
        for (Row& row : rows_) row.age += 100;
    }

    void run() override {
        for (const Row& row : rows_) {
            sqlite3_bind_int(update_, 1, row.age);
            sqlite3_bind_int64(update_, 2, row.id);
            if (sqlite3_step(update_) != SQLITE_DONE) fail(update_);
            sqlite3_reset(update_);
        }
    }
    std::int64_t result() override { return database_.table_weight(); }
    void restore() override { database_.restore(); }

private:
    std::vector<Row> rows_;
    RawDatabase database_;
    RawStatement update_{database_, "UPDATE Row SET age = ?1 WHERE id = ?2"};
};

[[maybe_unused]] const bool added = add_side<Work>("flush_dirty_column", "raw");

}  // namespace

}  // namespace benchmarks
