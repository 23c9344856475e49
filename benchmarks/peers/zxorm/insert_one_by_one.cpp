// SPDX-License-Identifier: BSL-1.0
#include "peers/zxorm/database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : rows_(make_rows(rows, 1)) {}

    void run() override {
        for (const Row& row : rows_)
            database_.get().insert_record(row);  // its key is left out, the database chooses the same
    }
    std::int64_t result() override { return database_.table_weight(); }
    void restore() override { database_.restore(); }

private:
    std::vector<Row> rows_;
    zxorm_peer::Database database_{{}};
};

[[maybe_unused]] const bool added = add_side<Work>("insert_one_by_one", "zxorm");

}  // namespace

}  // namespace benchmarks
