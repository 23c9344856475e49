// SPDX-License-Identifier: BSL-1.0
#include "support/batches.hpp"
#include "support/mica_file.hpp"
#include "support/workload.hpp"

#include <optional>

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : batches_(make_batches(rows)), file_(make_rows(rows * rows_before, 1)) {
        file_.connection().execute(index_text);
        transaction_.emplace(file_.connection().begin());
    }

    void run() override {
        for (std::vector<Row>& batch : batches_) file_.connection().insert(batch);
    }
    std::int64_t result() override { return file_.table_weight() + batches_.back().back().id; }
    void restore() override {
        clear_keys(batches_);
        transaction_->rollback();
        transaction_.emplace(file_.connection().begin());
    }

private:
    std::vector<std::vector<Row>> batches_;
    MicaFile file_;
    std::optional<mica::Transaction> transaction_{};
};

[[maybe_unused]] const bool added = add_side<Work>("insert_in_transaction", "mica");

}  // namespace

}  // namespace benchmarks
