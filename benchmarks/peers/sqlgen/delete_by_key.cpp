// SPDX-License-Identifier: BSL-1.0
#include "peers/sqlgen/database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

using namespace sqlgen::literals;

class Work : public Workload {
public:
    explicit Work(int rows) : keys_(make_keys(rows)), database_(make_rows(rows, 1)) {}

    void run() override {
        for (const std::int64_t key : keys_) {
            const auto remove = sqlgen::delete_from<Row> | sqlgen::where("id"_c == key);
            remove(database_.get()).value();
        }
    }
    std::int64_t result() override { return database_.table_weight(); }
    void restore() override { database_.restore(); }

private:
    std::vector<std::int64_t> keys_;
    sqlgen_peer::Database database_;
};

[[maybe_unused]] const bool added = add_side<Work>("delete_by_key", "sqlgen");

}  // namespace

}  // namespace benchmarks
