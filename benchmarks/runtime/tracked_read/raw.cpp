// SPDX-License-Identifier: BSL-1.0
#include "support/mica_database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

/// What tracking costs is compared with mica's own untracked read, not with a hand-written loop.
class Work : public Workload {
public:
    explicit Work(int rows) : database_(make_rows(rows, 1)) {}

    void run() override { rows_ = database_.connection().all(mica::select<Row>()); }
    std::int64_t result() override { return weight(rows_); }
    void restore() override { std::vector<Row>{}.swap(rows_); }

private:
    MicaDatabase database_;
    std::vector<Row> rows_;
};

[[maybe_unused]] const bool added = add_side<Work>("tracked_read", "raw");

}  // namespace

}  // namespace benchmarks
