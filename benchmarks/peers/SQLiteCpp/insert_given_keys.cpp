// SPDX-License-Identifier: BSL-1.0
#include "peers/SQLiteCpp/database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : rows_(make_rows(rows, 1)) {}

    void run() override {
        for (const Row& row : rows_) {
            sqlitecpp::bind(insert_, row);
            insert_.exec();
            insert_.reset();
        }
    }
    std::int64_t result() override { return database_.table_weight(); }
    void restore() override { database_.restore(); }

private:
    std::vector<Row> rows_;
    sqlitecpp::Database database_{{}};
    SQLite::Statement insert_{database_.get(), "INSERT INTO Row VALUES (?1, ?2, ?3, ?4, ?5)"};
};

[[maybe_unused]] const bool added = add_side<Work>("insert_given_keys", "SQLiteCpp");

}  // namespace

}  // namespace benchmarks
