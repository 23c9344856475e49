// SPDX-License-Identifier: BSL-1.0
#include "peers/SQLiteCpp/database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : changed_(make_rows(rows, 2)), database_(make_rows(rows, 1)) { shuffle(changed_); }

    void run() override {
        for (const Row& row : changed_) {
            sqlitecpp::bind(update_, row);
            update_.exec();
            update_.reset();
        }
    }
    std::int64_t result() override { return database_.table_weight(); }
    void restore() override { database_.restore(); }

private:
    std::vector<Row> changed_;
    sqlitecpp::Database database_;
    SQLite::Statement update_{database_.get(),
                              "UPDATE Row SET name = ?2, age = ?3, score = ?4, email = ?5 WHERE id = ?1"};
};

[[maybe_unused]] const bool added = add_side<Work>("update_by_key", "SQLiteCpp");

}  // namespace

}  // namespace benchmarks
