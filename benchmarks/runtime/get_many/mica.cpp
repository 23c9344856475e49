// SPDX-License-Identifier: BSL-1.0
#include "support/mica_database.hpp"
#include "support/workload.hpp"

#include <optional>

namespace benchmarks {

namespace {

class Work : public Workload {
public:
    explicit Work(int rows) : keys_(make_keys(rows)), database_(make_rows(rows, 1)) {}

    void run() override { found_ = database_.connection().get_many<Row>(keys_); }
    std::int64_t result() override {
        std::int64_t sum = 0;
        for (const std::optional<Row>& row : found_) sum = sum % 1'000'003 * 7 + weight(*row);
        return sum;
    }
    void restore() override { found_.clear(); }

private:
    std::vector<std::int64_t> keys_;
    std::vector<std::optional<Row>> found_;
    MicaDatabase database_;
};

[[maybe_unused]] const bool added = add_side<Work>("get_many", "mica");

}  // namespace

}  // namespace benchmarks
