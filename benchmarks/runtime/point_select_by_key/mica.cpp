// SPDX-License-Identifier: BSL-1.0
#include "support/mica_database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : keys_(make_keys(rows)), database_(make_rows(rows, 1)) {}

    void run() override {
        for (const std::int64_t key : keys_) {
            const auto row = database_.connection().first(mica::select<Row>().where(col<&Row::id> == key));
            sum_ += weight(row.value());
        }
    }
    std::int64_t result() override { return sum_; }
    void restore() override { sum_ = 0; }

private:
    std::vector<std::int64_t> keys_;
    MicaDatabase database_;
    std::int64_t sum_ = 0;
};

[[maybe_unused]] const bool added = add_side<Work>("point_select_by_key", "mica");

}  // namespace

}  // namespace benchmarks
