// SPDX-License-Identifier: BSL-1.0
#include "peers/sqlgen/database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

using namespace sqlgen::literals;

class Work : public Workload {
public:
    explicit Work(int rows) : database_(make_rows(rows, 1)) {}

    void run() override {
        const auto select = sqlgen::read<std::vector<Row>> | sqlgen::where("age"_c >= 30 && "score"_c < 900.0) |
                            sqlgen::order_by("score"_c, "id"_c.desc());
        rows_ = select(database_.get()).value();
    }
    std::int64_t result() override { return weight(rows_); }
    void restore() override { std::vector<Row>{}.swap(rows_); }

private:
    sqlgen_peer::Database database_;
    std::vector<Row> rows_;
};

[[maybe_unused]] const bool added = add_side<Work>("filtered_ordered_read", "sqlgen");

}  // namespace

}  // namespace benchmarks
