// SPDX-License-Identifier: BSL-1.0
#include "peers/SQLiteCpp/database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : keys_(make_keys(rows)), database_(make_rows(rows, 1)) {}

    void run() override {
        Row row;
        for (const std::int64_t key : keys_) {
            select_.bind(1, key);
            select_.executeStep();
            sqlitecpp::read(select_, row);
            select_.reset();
            sum_ += weight(row);
        }
    }
    std::int64_t result() override { return sum_; }
    void restore() override { sum_ = 0; }

private:
    std::vector<std::int64_t> keys_;
    sqlitecpp::Database database_;
    SQLite::Statement select_{database_.get(), "SELECT id, name, age, score, email FROM Row WHERE id = ?1"};
    std::int64_t sum_ = 0;
};

[[maybe_unused]] const bool added = add_side<Work>("point_select_by_key", "SQLiteCpp");

}  // namespace

}  // namespace benchmarks
