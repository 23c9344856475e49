// SPDX-License-Identifier: BSL-1.0
#include "support/row.hpp"
#include "support/workload.hpp"

#include <memory>
#include <unordered_map>

namespace benchmarks {

namespace {

/// There is no statement to compare with: the objects are in the hash table that one would write by hand.
class Work : public Workload {
public:
    explicit Work(int rows) : keys_(make_keys(rows)) {
        for (const Row& row : make_rows(rows, 1)) objects_.emplace(row.id, std::make_shared<Row>(row));
    }

    void run() override {
        for (const std::int64_t key : keys_) {
            const std::shared_ptr<Row> row = objects_.find(key)->second;
            sum_ += row->id;
        }
    }
    std::int64_t result() override { return sum_; }
    void restore() override { sum_ = 0; }

private:
    std::vector<std::int64_t> keys_;
    std::unordered_map<std::int64_t, std::shared_ptr<Row>> objects_{};
    std::int64_t sum_ = 0;
};

[[maybe_unused]] const bool added = add_side<Work>("get_tracked_object", "raw");

}  // namespace

}  // namespace benchmarks
