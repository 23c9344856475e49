// SPDX-License-Identifier: BSL-1.0
#include "support/mica_views.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : database_(make_rows(rows, 1)) {}

    void run() override {
        for (const auto& row : database_.connection().views(mica::select<Row>())) {
            sum_ = sum_ % 1'000'003 * 7 + weight_of_view(row);
        }
    }
    std::int64_t result() override { return sum_; }
    void restore() override { sum_ = 0; }

private:
    MicaDatabase database_;
    std::int64_t sum_ = 0;
};

[[maybe_unused]] const bool added = add_side<Work>("views", "mica");

}  // namespace

}  // namespace benchmarks
