// SPDX-License-Identifier: BSL-1.0
#include "peers/sqlite_orm/database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : changed_(make_rows(rows, 2)), database_(make_rows(rows, 1)) { shuffle(changed_); }

    void run() override {
        for (const Row& row : changed_) {
            sqlite_orm::get<0>(update_) = row;
            database_.get().execute(update_);
        }
    }
    std::int64_t result() override { return database_.table_weight(); }
    void restore() override { database_.restore(); }

private:
    std::vector<Row> changed_;
    sqlite_orm_peer::Database database_;
    decltype(database_.get().prepare(sqlite_orm::update(Row{}))) update_ =
        database_.get().prepare(sqlite_orm::update(Row{}));
};

[[maybe_unused]] const bool added = add_side<Work>("update_by_key", "sqlite_orm");

}  // namespace

}  // namespace benchmarks
