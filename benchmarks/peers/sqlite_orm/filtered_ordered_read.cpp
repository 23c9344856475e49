// SPDX-License-Identifier: BSL-1.0
#include "peers/sqlite_orm/database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

auto prepared(sqlite_orm_peer::Database& database) {
    using namespace sqlite_orm;
    return database.get().prepare(get_all<Row>(where(c(&Row::age) >= 30 && c(&Row::score) < 900.0),
                                               multi_order_by(order_by(&Row::score), order_by(&Row::id).desc())));
}

class Work : public Workload {
public:
    explicit Work(int rows) : database_(make_rows(rows, 1)) {}

    void run() override { rows_ = database_.get().execute(select_); }
    std::int64_t result() override { return weight(rows_); }
    void restore() override { std::vector<Row>{}.swap(rows_); }

private:
    sqlite_orm_peer::Database database_;
    decltype(prepared(database_)) select_ = prepared(database_);
    std::vector<Row> rows_;
};

[[maybe_unused]] const bool added = add_side<Work>("filtered_ordered_read", "sqlite_orm");

}  // namespace

}  // namespace benchmarks
