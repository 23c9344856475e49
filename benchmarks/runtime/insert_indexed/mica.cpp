// SPDX-License-Identifier: BSL-1.0
#include "support/mica_database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

/// Outside of a transaction, where the one statement needs none.
class Work : public Workload {
public:
    explicit Work(int rows) : rows_(make_rows(rows, 1)) {
        engine_.create_all<Row>();
        connection_.execute("CREATE INDEX names ON Row (name)");
    }

    void run() override { connection_.insert(rows_); }
    std::int64_t result() override { return connection_.execute<std::int64_t>(weight_text).one(); }
    void restore() override { connection_.execute("DELETE FROM Row"); }

private:
    std::vector<Row> rows_;
    mica::Engine engine_{"sqlite://"};
    mica::Connection connection_ = engine_.connect();
};

[[maybe_unused]] const bool added = add_side<Work>("insert_indexed", "mica");

}  // namespace

}  // namespace benchmarks
