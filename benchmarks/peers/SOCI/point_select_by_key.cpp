// SPDX-License-Identifier: BSL-1.0
#include "peers/SOCI/database.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : keys_(make_keys(rows)), database_(make_rows(rows, 1)) {}

    void run() override {
        Row row;
        for (const std::int64_t key : keys_) {
            key_ = key;
            select_.execute(true);
            values_.give(row);
            sum_ += weight(row);
        }
    }
    std::int64_t result() override { return sum_; }
    void restore() override { sum_ = 0; }

private:
    std::vector<std::int64_t> keys_;
    soci_peer::Database database_;
    soci_peer::Variables values_;
    long long key_ = 0;
    soci::statement select_ =
        (database_.get().prepare << "SELECT id, name, age, score, email FROM Row WHERE id = :key", soci::use(key_),
         soci::into(values_.id), soci::into(values_.name), soci::into(values_.age), soci::into(values_.score),
         soci::into(values_.email, values_.has_email));
    std::int64_t sum_ = 0;
};

[[maybe_unused]] const bool added = add_side<Work>("point_select_by_key", "SOCI");

}  // namespace

}  // namespace benchmarks
