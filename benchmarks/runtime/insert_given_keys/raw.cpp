// SPDX-License-Identifier: BSL-1.0
#include "support/raw_database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : rows_(make_rows(rows, 1)) {}

    void run() override {
        for (const Row& row : rows_) {
            bind(insert_, row);
            if (sqlite3_step(insert_) != SQLITE_DONE) fail(insert_);
            sqlite3_reset(insert_);
        }
    }
    std::int64_t result() override { return database_.table_weight(); }
    void restore() override { database_.restore(); }

private:
    std::vector<Row> rows_;
    RawDatabase database_{{}};
    RawStatement insert_{database_, "INSERT INTO Row VALUES (?1, ?2, ?3, ?4, ?5)"};
};

[[maybe_unused]] const bool added = add_side<Work>("insert_given_keys", "raw");

}  // namespace

}  // namespace benchmarks
