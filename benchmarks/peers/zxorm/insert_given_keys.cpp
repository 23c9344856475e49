// SPDX-License-Identifier: BSL-1.0
#include "peers/zxorm/database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

/// The keys are left out, the database chooses the same.
class Work : public Workload {
public:
    explicit Work(int rows) : rows_(make_rows(rows, 1)) {}

    void run() override { database_.get().insert_many_records(rows_); }
    std::int64_t result() override { return database_.table_weight(); }
    void restore() override { database_.restore(); }

private:
    std::vector<Row> rows_;
    zxorm_peer::Database database_{{}};
};

[[maybe_unused]] const bool added = add_side<Work>("insert_given_keys", "zxorm");

}  // namespace

}  // namespace benchmarks
