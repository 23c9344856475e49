// SPDX-License-Identifier: BSL-1.0
#include "peers/zxorm/database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : database_(make_rows(rows, 1)) {}

    void run() override { rows_ = select_.exec().to_vector(); }
    std::int64_t result() override { return weight(rows_); }
    void restore() override { std::vector<Row>{}.swap(rows_); }

private:
    zxorm_peer::Database database_;
    decltype(database_.get().select_query<Row>().many()) select_ = database_.get().select_query<Row>().many();
    std::vector<Row> rows_;
};

[[maybe_unused]] const bool added = add_side<Work>("full_read", "zxorm");

}  // namespace

}  // namespace benchmarks
