// SPDX-License-Identifier: BSL-1.0
#include "peers/sqlite_orm/database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : database_(make_rows(rows, 1)) {}

    void run() override { rows_ = database_.get().execute(select_); }
    std::int64_t result() override { return weight(rows_); }
    void restore() override { std::vector<Row>{}.swap(rows_); }

private:
    sqlite_orm_peer::Database database_;
    decltype(database_.get().prepare(sqlite_orm::get_all<Row>())) select_ =
        database_.get().prepare(sqlite_orm::get_all<Row>());
    std::vector<Row> rows_;
};

[[maybe_unused]] const bool added = add_side<Work>("full_read", "sqlite_orm");

}  // namespace

}  // namespace benchmarks
