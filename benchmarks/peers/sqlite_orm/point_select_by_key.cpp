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
            sqlite_orm::get<0>(select_) = key;
            sum_ += weight(database_.get().execute(select_));
        }
    }
    std::int64_t result() override { return sum_; }
    void restore() override { sum_ = 0; }

private:
    std::vector<std::int64_t> keys_;
    sqlite_orm_peer::Database database_;
    decltype(database_.get().prepare(sqlite_orm::get<Row>(std::int64_t{}))) select_ =
        database_.get().prepare(sqlite_orm::get<Row>(std::int64_t{}));
    std::int64_t sum_ = 0;
};

[[maybe_unused]] const bool added = add_side<Work>("point_select_by_key", "sqlite_orm");

}  // namespace

}  // namespace benchmarks
