// SPDX-License-Identifier: BSL-1.0
#include "support/row.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

/// The rows themselves, each in its place of an array, with the memory of their texts.
class Work : public Workload {
public:
    explicit Work(int rows) : source_(make_rows(rows, 1)) {}

    void run() override {
        rows_.reserve(source_.size());
        for (const Row& row : source_) rows_.push_back(row);
    }
    std::int64_t result() override { return weight(rows_); }
    void restore() override { std::vector<Row>{}.swap(rows_); }

private:
    std::vector<Row> source_;
    std::vector<Row> rows_{};
};

[[maybe_unused]] const bool added = add_side<Work>("memory_of_tracked_objects", "raw");

}  // namespace

}  // namespace benchmarks
