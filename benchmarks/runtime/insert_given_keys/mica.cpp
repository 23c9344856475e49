// SPDX-License-Identifier: BSL-1.0
#include "support/mica_database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : rows_(make_rows(rows, 1)) {}

    void run() override { database_.connection().insert(rows_); }
    std::int64_t result() override { return database_.table_weight(); }
    void restore() override { database_.restore(); }

private:
    std::vector<Row> rows_;
    MicaDatabase database_{{}};
};

[[maybe_unused]] const bool added = add_side<Work>("insert_given_keys", "mica");

}  // namespace

}  // namespace benchmarks
