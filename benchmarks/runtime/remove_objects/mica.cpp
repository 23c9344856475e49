// SPDX-License-Identifier: BSL-1.0
#include "support/mica_database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : rows_(make_rows(rows, 2)), database_(make_rows(rows, 1)) {}

    void run() override { database_.connection().remove(rows_); }
    std::int64_t result() override { return database_.table_weight(); }
    void restore() override { database_.restore(); }

private:
    std::vector<Row> rows_;
    MicaDatabase database_;
};

[[maybe_unused]] const bool added = add_side<Work>("remove_objects", "mica");

}  // namespace

}  // namespace benchmarks
