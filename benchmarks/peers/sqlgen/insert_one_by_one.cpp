// SPDX-License-Identifier: BSL-1.0
#include "peers/sqlgen/database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : rows_(make_rows(rows, 1)) {}

    void run() override {
        for (const Row& row : rows_) sqlgen::insert(database_.get(), row).value();
    }
    std::int64_t result() override { return database_.table_weight(); }
    void restore() override { database_.restore(); }

private:
    std::vector<Row> rows_;
    sqlgen_peer::Database database_{{}};
};

[[maybe_unused]] const bool added = add_side<Work>("insert_one_by_one", "sqlgen");

}  // namespace

}  // namespace benchmarks
