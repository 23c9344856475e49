// SPDX-License-Identifier: BSL-1.0
#include "peers/sqlgen/database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : database_(make_rows(rows, 1)) {}

    void run() override { rows_ = sqlgen::read<std::vector<Row>>(database_.get()).value(); }
    std::int64_t result() override { return weight(rows_); }
    void restore() override { std::vector<Row>{}.swap(rows_); }

private:
    sqlgen_peer::Database database_;
    std::vector<Row> rows_;
};

[[maybe_unused]] const bool added = add_side<Work>("full_read", "sqlgen");

}  // namespace

}  // namespace benchmarks
