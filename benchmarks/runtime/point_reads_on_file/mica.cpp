// SPDX-License-Identifier: BSL-1.0
#include "support/mica_file.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : keys_(make_keys(rows)), file_(make_rows(rows, 1)) {}

    void run() override {
        const auto snapshot = file_.connection().snapshot();
        for (const std::int64_t key : keys_) {
            const auto row = file_.connection().first(mica::select<Row>().where(col<&Row::id> == key));
            sum_ += weight(row.value());
        }
    }
    std::int64_t result() override { return sum_; }
    void restore() override { sum_ = 0; }

private:
    std::vector<std::int64_t> keys_;
    MicaFile file_;
    std::int64_t sum_ = 0;
};

[[maybe_unused]] const bool added = add_side<Work>("point_reads_on_file", "mica");

}  // namespace

}  // namespace benchmarks
