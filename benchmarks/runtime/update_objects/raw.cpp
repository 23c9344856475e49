// SPDX-License-Identifier: BSL-1.0
#include "support/raw_database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : rows_(make_rows(rows, 2)), database_(make_rows(rows, 1)) {}

    void run() override {
        for (const Row& row : rows_) {
            bind(statement_, row);
            if (sqlite3_step(statement_) != SQLITE_DONE) fail(statement_);
            sqlite3_reset(statement_);
        }
    }
    std::int64_t result() override { return database_.table_weight(); }
    void restore() override { database_.restore(); }

private:
    std::vector<Row> rows_;
    RawDatabase database_;
    RawStatement statement_{database_, "UPDATE Row SET name = ?2, age = ?3, score = ?4, email = ?5 WHERE id = ?1"};
};

[[maybe_unused]] const bool added = add_side<Work>("update_objects", "raw");

}  // namespace

}  // namespace benchmarks
