// SPDX-License-Identifier: BSL-1.0
#include "peers/sqlite_orm/database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : keys_(make_keys(rows)), database_(make_rows(rows, 1)) {}

    void run() override {
        for (const std::int64_t key : keys_) {
            sqlite_orm::get<0>(delete_) = key;
            database_.get().execute(delete_);
        }
    }
    std::int64_t result() override { return database_.table_weight(); }
    void restore() override { database_.restore(); }

private:
    std::vector<std::int64_t> keys_;
    sqlite_orm_peer::Database database_;
    decltype(database_.get().prepare(sqlite_orm::remove<Row>(std::int64_t{}))) delete_ =
        database_.get().prepare(sqlite_orm::remove<Row>(std::int64_t{}));
};

[[maybe_unused]] const bool added = add_side<Work>("delete_by_key", "sqlite_orm");

}  // namespace

}  // namespace benchmarks
