// SPDX-License-Identifier: BSL-1.0
#include "support/mica_session.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

/// The objects have been added before: what is measured is the flush, which gives them their keys.
class Work : public Workload {
public:
    explicit Work(int rows) : rows_(make_rows(rows, 1)) {
        for (Row& row : rows_) row.id = 0;
        add();
    }

    void run() override { database_.session().flush(); }
    std::int64_t result() override { return database_.table_weight() + refs_.back()->id; }
    void restore() override {
        database_.restore();
        add();
    }

private:
    void add() { refs_ = database_.session().add_all(rows_); }

    std::vector<Row> rows_;
    MicaSession database_{{}};
    std::vector<mica::Ref<Row>> refs_{};
};

[[maybe_unused]] const bool added = add_side<Work>("flush_new_objects", "mica");

}  // namespace

}  // namespace benchmarks
