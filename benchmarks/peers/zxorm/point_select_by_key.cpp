// SPDX-License-Identifier: BSL-1.0
#include "peers/zxorm/database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : keys_(make_keys(rows)), database_(make_rows(rows, 1)) {}

    void run() override {
        for (const std::int64_t key : keys_) sum_ += weight(database_.get().find_record<Row>(key).value());
    }
    std::int64_t result() override { return sum_; }
    void restore() override { sum_ = 0; }

private:
    std::vector<std::int64_t> keys_;
    zxorm_peer::Database database_;
    std::int64_t sum_ = 0;
};

[[maybe_unused]] const bool added = add_side<Work>("point_select_by_key", "zxorm");

}  // namespace

}  // namespace benchmarks
