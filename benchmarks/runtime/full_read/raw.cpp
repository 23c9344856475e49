// SPDX-License-Identifier: BSL-1.0
#include "support/raw_database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : database_(make_rows(rows, 1)) {}

    void run() override {
        int rc = SQLITE_OK;
        while ((rc = sqlite3_step(select_)) == SQLITE_ROW) read(select_, rows_.emplace_back());
        if (rc != SQLITE_DONE) fail(select_);
        sqlite3_reset(select_);
    }
    std::int64_t result() override { return weight(rows_); }
    void restore() override { std::vector<Row>{}.swap(rows_); }

private:
    RawDatabase database_;
    RawStatement select_{database_, "SELECT id, name, age, score, email FROM Row"};
    std::vector<Row> rows_;
};

[[maybe_unused]] const bool added = add_side<Work>("full_read", "raw");

}  // namespace

}  // namespace benchmarks
