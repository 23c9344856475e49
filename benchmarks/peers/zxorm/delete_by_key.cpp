// SPDX-License-Identifier: BSL-1.0
#include "peers/zxorm/database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : keys_(make_keys(rows)), database_(make_rows(rows, 1)) {}

    void run() override {
        for (const std::int64_t key : keys_) {
            database_.get().delete_record<Row>(key);
        }
    }
    std::int64_t result() override { return database_.table_weight(); }
    void restore() override { database_.restore(); }

private:
    std::vector<std::int64_t> keys_;
    zxorm_peer::Database database_;
};

[[maybe_unused]] const bool added = add_side<Work>("delete_by_key", "zxorm");

}  // namespace

}  // namespace benchmarks
