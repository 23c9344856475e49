// SPDX-License-Identifier: BSL-1.0
#include "support/mica_file.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

/// Outside of a transaction, where the one statement needs none.
class Work : public Workload {
public:
    explicit Work(int rows) : rows_(make_rows(rows, 1)) { clear_keys(); }

    void run() override { file_.connection().insert(rows_); }
    std::int64_t result() override { return file_.table_weight() + rows_.back().id; }
    void restore() override {
        clear_keys();
        file_.connection().execute("DELETE FROM Row");
    }

private:
    void clear_keys() {
        for (Row& row : rows_) row.id = 0;
    }

    std::vector<Row> rows_;
    MicaFile file_{{}};
};

[[maybe_unused]] const bool added = add_side<Work>("insert_into_file", "mica");

}  // namespace

}  // namespace benchmarks
