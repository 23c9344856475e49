// SPDX-License-Identifier: BSL-1.0
#include "support/mica_session.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : database_(make_rows(rows, 1)) {}

    void run() override { refs_ = database_.session().query<Row>().all(); }
    std::int64_t result() override {
        std::int64_t sum = 0;
        for (const mica::Ref<Row>& row : refs_) sum = sum % 1'000'003 * 7 + weight(*row);
        return sum;
    }
    void restore() override {
        std::vector<mica::Ref<Row>>{}.swap(refs_);
        database_.session().clear();
    }

private:
    MicaSession database_;
    std::vector<mica::Ref<Row>> refs_{};
};

[[maybe_unused]] const bool added = add_side<Work>("tracked_read", "mica");

}  // namespace

}  // namespace benchmarks
