// SPDX-License-Identifier: BSL-1.0
#include "support/mica_database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : keys_(make_keys(rows)), database_(make_rows(rows, 1)) {}

    void run() override {
        for (const std::int64_t key : keys_) {
            database_.connection().execute(mica::delete_from<Row>().where(col<&Row::id> == key));
        }
    }
    std::int64_t result() override { return database_.table_weight(); }
    void restore() override { database_.restore(); }

private:
    std::vector<std::int64_t> keys_;
    MicaDatabase database_;
};

[[maybe_unused]] const bool added = add_side<Work>("delete_by_key", "mica");

}  // namespace

}  // namespace benchmarks
