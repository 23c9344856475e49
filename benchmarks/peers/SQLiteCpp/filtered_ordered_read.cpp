// SPDX-License-Identifier: BSL-1.0
#include "peers/SQLiteCpp/database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : database_(make_rows(rows, 1)) {}

    void run() override {
        select_.bind(1, 30);
        select_.bind(2, 900.0);
        while (select_.executeStep()) sqlitecpp::read(select_, rows_.emplace_back());
        select_.reset();
    }
    std::int64_t result() override { return weight(rows_); }
    void restore() override { std::vector<Row>{}.swap(rows_); }

private:
    sqlitecpp::Database database_;
    SQLite::Statement select_{
        database_.get(),
        "SELECT id, name, age, score, email FROM Row WHERE age >= ?1 AND score < ?2 ORDER BY score, id DESC"};
    std::vector<Row> rows_;
};

[[maybe_unused]] const bool added = add_side<Work>("filtered_ordered_read", "SQLiteCpp");

}  // namespace

}  // namespace benchmarks
