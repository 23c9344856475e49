// SPDX-License-Identifier: BSL-1.0
#include "peers/zxorm/database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : changed_(make_rows(rows, 2)), database_(make_rows(rows, 1)) { shuffle(changed_); }

    void run() override {
        for (const Row& row : changed_) database_.get().update_record(row);
    }
    std::int64_t result() override { return database_.table_weight(); }
    void restore() override { database_.restore(); }

private:
    std::vector<Row> changed_;
    zxorm_peer::Database database_;
};

[[maybe_unused]] const bool added = add_side<Work>("update_by_key", "zxorm");

}  // namespace

}  // namespace benchmarks
