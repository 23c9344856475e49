// SPDX-License-Identifier: BSL-1.0
#include "support/mica_session.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

/// Each object has got new values before, its e-mail address where it has one: the flush finds out which.
class Work : public Workload {
public:
    explicit Work(int rows)
        : changed_(make_rows(rows, 2)),
          database_(make_rows(rows, 1)),
          refs_(database_.session().query<Row>().order_by(mica::col<&Row::id>).all()) {
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
        for (std::size_t i = 0; i < refs_.size(); ++i) *refs_[i] = changed_[i];
    }

    std::vector<Row> changed_;
    MicaSession database_;
    std::vector<mica::Ref<Row>> refs_;
};

[[maybe_unused]] const bool added = add_side<Work>("flush_dirty_objects", "mica");

}  // namespace

}  // namespace benchmarks
