// SPDX-License-Identifier: BSL-1.0
#include "peers/SOCI/database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : keys_(make_keys(rows)), database_(make_rows(rows, 1)) {}

    void run() override {
        for (const std::int64_t key : keys_) {
            key_ = key;
            delete_.execute(true);
        }
    }
    std::int64_t result() override { return database_.table_weight(); }
    void restore() override { database_.restore(); }

private:
    std::vector<std::int64_t> keys_;
    soci_peer::Database database_;
    long long key_ = 0;
    soci::statement delete_ = (database_.get().prepare << "DELETE FROM Row WHERE id = :id", soci::use(key_));
};

[[maybe_unused]] const bool added = add_side<Work>("delete_by_key", "SOCI");

}  // namespace

}  // namespace benchmarks
