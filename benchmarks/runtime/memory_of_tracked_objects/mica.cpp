// SPDX-License-Identifier: BSL-1.0
#include "support/mica_session.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

/// A session that has read the rows; nobody else holds them.
class Work : public Workload {
public:
    explicit Work(int rows) : database_(make_rows(rows, 1)) {}

    void run() override { sum_ = weigh(database_.session().query<Row>().order_by(mica::col<&Row::id>).all()); }
    std::int64_t result() override { return sum_; }
    void restore() override { database_.session().clear(); }

private:
    static std::int64_t weigh(const std::vector<mica::Ref<Row>>& rows) {
        std::int64_t sum = 0;
        for (const mica::Ref<Row>& row : rows) sum = sum % 1'000'003 * 7 + weight(*row);
        return sum;
    }

    MicaSession database_;
    std::int64_t sum_ = 0;
};

[[maybe_unused]] const bool added = add_side<Work>("memory_of_tracked_objects", "mica");

}  // namespace

}  // namespace benchmarks
