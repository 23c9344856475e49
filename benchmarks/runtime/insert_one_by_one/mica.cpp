// SPDX-License-Identifier: BSL-1.0
#include "support/mica_database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : rows_(make_rows(rows, 1)), remaining_(rows_) {}

    void run() override {
        for (Row& row : remaining_) database_.connection().execute(mica::insert_into<Row>().values(std::move(row)));
        remaining_.clear();
    }
    std::int64_t result() override { return database_.table_weight(); }
    void restore() override {
        remaining_ = rows_;
        database_.restore();
    }

private:
    std::vector<Row> rows_;
    std::vector<Row> remaining_;  ///< run() uses them up on both sides, since mica's statement takes them over
    MicaDatabase database_{{}};
};

[[maybe_unused]] const bool added = add_side<Work>("insert_one_by_one", "mica");

}  // namespace

}  // namespace benchmarks
