// SPDX-License-Identifier: BSL-1.0
#include "peers/sqlite_orm/database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

/// One statement with as many VALUES as there are rows, which is written and prepared as it runs.
class Work : public Workload {
public:
    explicit Work(int rows) : rows_(make_rows(rows, 1)) {}

    void run() override { database_.get().replace_range(rows_.begin(), rows_.end()); }
    std::int64_t result() override { return database_.table_weight(); }
    void restore() override { database_.restore(); }

private:
    std::vector<Row> rows_;
    sqlite_orm_peer::Database database_{{}};
};

[[maybe_unused]] const bool added = add_side<Work>("insert_given_keys", "sqlite_orm");

}  // namespace

}  // namespace benchmarks
