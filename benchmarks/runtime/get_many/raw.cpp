// SPDX-License-Identifier: BSL-1.0
#include "support/raw_database.hpp"
#include "support/workload.hpp"

#include <optional>

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : keys_(make_keys(rows)), database_(make_rows(rows, 1)) {}

    void run() override {
        std::vector<std::optional<Row>> found;
        found.reserve(keys_.size());
        for (const std::int64_t key : keys_) {
            sqlite3_bind_int64(select_, 1, key);
            if (sqlite3_step(select_) != SQLITE_ROW) fail(select_);
            read(select_, found.emplace_back().emplace());
            sqlite3_reset(select_);
        }
        found_ = std::move(found);
    }
    std::int64_t result() override {
        std::int64_t sum = 0;
        for (const std::optional<Row>& row : found_) sum = sum % 1'000'003 * 7 + weight(*row);
        return sum;
    }
    void restore() override { found_.clear(); }

private:
    std::vector<std::int64_t> keys_;
    std::vector<std::optional<Row>> found_;
    RawDatabase database_;
    RawStatement select_{database_, "SELECT id, name, age, score, email FROM Row WHERE id = ?1"};
};

[[maybe_unused]] const bool added = add_side<Work>("get_many", "raw");

}  // namespace

}  // namespace benchmarks
