// SPDX-License-Identifier: BSL-1.0
#include "support/raw_file.hpp"
#include "support/workload.hpp"

namespace benchmarks {

namespace {

/// Each read in a transaction of its own, as a request to a service makes it.
class Work : public Workload {
public:
    explicit Work(int rows) : keys_(make_keys(rows)), file_(make_rows(rows, 1)) {}

    void run() override {
        Row row;
        for (const std::int64_t key : keys_) {
            begin_.run();
            sqlite3_bind_int64(select_, 1, key);
            if (sqlite3_step(select_) != SQLITE_ROW) fail(select_);
            read(select_, row);
            sqlite3_reset(select_);
            rollback_.run();
            sum_ += weight(row);
        }
    }
    std::int64_t result() override { return sum_; }
    void restore() override { sum_ = 0; }

private:
    std::vector<std::int64_t> keys_;
    RawFile file_;
    RawStatement begin_{file_, "BEGIN"};
    RawStatement select_{file_, "SELECT id, name, age, score, email FROM Row WHERE id = ?1"};
    RawStatement rollback_{file_, "ROLLBACK"};
    std::int64_t sum_ = 0;
};

[[maybe_unused]] const bool added = add_side<Work>("session_of_one_read", "raw");

}  // namespace

}  // namespace benchmarks
