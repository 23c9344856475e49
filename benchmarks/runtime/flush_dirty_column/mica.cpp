// SPDX-License-Identifier: BSL-1.0
#include "support/mica_session.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

/// One field of each object has changed before: the flush finds out which.
class Work : public Workload {
public:
    explicit Work(int rows)
        : database_(make_rows(rows, 1)), refs_(database_.session().query<Row>().order_by(mica::col<&Row::id>).all()) {
        change();
    }

    void run() override { database_.session().flush(); }
    std::int64_t result() override { return database_.table_weight(); }
    void restore() override {
        database_.restore();
        change();
    }

private:
    void change() {
        for (const mica::Ref<Row>& row : refs_) row->age += 100;
    }

    MicaSession database_;
    std::vector<mica::Ref<Row>> refs_;
};

[[maybe_unused]] const bool added = add_side<Work>("flush_dirty_column", "mica");

}  // namespace

}  // namespace benchmarks
