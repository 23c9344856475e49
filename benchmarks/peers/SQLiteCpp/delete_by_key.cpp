// SPDX-License-Identifier: BSL-1.0
#include "peers/SQLiteCpp/database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : keys_(make_keys(rows)), database_(make_rows(rows, 1)) {}

    void run() override {
        for (const std::int64_t key : keys_) {
            delete_.bind(1, key);
            delete_.exec();
            delete_.reset();
        }
    }
    std::int64_t result() override { return database_.table_weight(); }
    void restore() override { database_.restore(); }

private:
    std::vector<std::int64_t> keys_;
    sqlitecpp::Database database_;
    SQLite::Statement delete_{database_.get(), "DELETE FROM Row WHERE id = ?1"};
};

[[maybe_unused]] const bool added = add_side<Work>("delete_by_key", "SQLiteCpp");

}  // namespace

}  // namespace benchmarks
