// SPDX-License-Identifier: BSL-1.0
#include "peers/sqlite_orm/database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : rows_(make_rows(rows, 1)) {}

    void run() override {
        for (const Row& row : rows_) {
            sqlite_orm::get<0>(replace_) = row;
            database_.get().execute(replace_);
        }
    }
    std::int64_t result() override { return database_.table_weight(); }
    void restore() override { database_.restore(); }

private:
    std::vector<Row> rows_;
    sqlite_orm_peer::Database database_{{}};
    // insert() would leave out the key.
    decltype(database_.get().prepare(sqlite_orm::replace(Row{}))) replace_ =
        database_.get().prepare(sqlite_orm::replace(Row{}));
};

[[maybe_unused]] const bool added = add_side<Work>("insert_one_by_one", "sqlite_orm");

}  // namespace

}  // namespace benchmarks
