// SPDX-License-Identifier: BSL-1.0
#include "support/raw_database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : keys_(make_keys(rows)), database_(make_rows(rows, 1)) {}

    void run() override {
        for (const std::int64_t key : keys_) {
            sqlite3_bind_int64(delete_, 1, key);
            if (sqlite3_step(delete_) != SQLITE_DONE) fail(delete_);
            sqlite3_reset(delete_);
        }
    }
    std::int64_t result() override { return database_.table_weight(); }
    void restore() override { database_.restore(); }

private:
    std::vector<std::int64_t> keys_;
    RawDatabase database_;
    RawStatement delete_{database_, "DELETE FROM Row WHERE id = ?1"};
};

[[maybe_unused]] const bool added = add_side<Work>("delete_by_key", "raw");

}  // namespace

}  // namespace benchmarks
