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
            sqlite3_bind_int64(statement_, 1, row.id);
            if (sqlite3_step(statement_) != SQLITE_DONE) fail(statement_);
            sqlite3_reset(statement_);
        }
    }
    std::int64_t result() override { return database_.table_weight(); }
    void restore() override { database_.restore(); }

private:
    std::vector<Row> rows_;
    RawDatabase database_;
    RawStatement statement_{database_, "DELETE FROM Row WHERE id = ?1"};
};

[[maybe_unused]] const bool added = add_side<Work>("remove_objects", "raw");

}  // namespace

}  // namespace benchmarks
