// SPDX-License-Identifier: BSL-1.0
#include "support/mica_session.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows)
        : keys_(make_keys(rows)), database_(make_rows(rows, 1)), refs_(database_.session().query<Row>().all()) {}

    void run() override {
        for (const std::int64_t key : keys_) {
            const mica::Ref<Row> row = database_.session().get<Row>(key);
            sum_ += row->id;
        }
    }
    std::int64_t result() override { return sum_; }
    void restore() override { sum_ = 0; }

private:
    std::vector<std::int64_t> keys_;
    MicaSession database_;
    std::vector<mica::Ref<Row>> refs_;
    std::int64_t sum_ = 0;
};

[[maybe_unused]] const bool added = add_side<Work>("get_tracked_object", "mica");

}  // namespace

}  // namespace benchmarks
