// SPDX-License-Identifier: BSL-1.0
#include "peers/SQLiteCpp/database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : keys_(make_keys(rows)) {}

    void run() override {
        for (const std::int64_t key : keys_) {
            select_.bind(1, key);
            select_.bind(2, 900.0);
            select_.bindNoCopy(3, "nobody");
            std::vector<Row> rows;
            while (select_.executeStep()) sqlitecpp::read(select_, rows.emplace_back());
            select_.reset();
            found_ += rows.size();
        }
    }
    std::int64_t result() override { return static_cast<std::int64_t>(found_); }
    void restore() override { found_ = 0; }

private:
    std::vector<std::int64_t> keys_;
    sqlitecpp::Database database_{{}};
    SQLite::Statement select_{
        database_.get(), "SELECT id, name, age, score, email FROM Row WHERE age > ?1 AND score < ?2 AND name = ?3"};
    std::size_t found_ = 0;
};

[[maybe_unused]] const bool added = add_side<Work>("query_on_empty_table", "SQLiteCpp");

}  // namespace

}  // namespace benchmarks
