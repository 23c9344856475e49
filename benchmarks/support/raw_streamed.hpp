// SPDX-License-Identifier: BSL-1.0
// A loop over a whole table that copies each row into the same object and looks at it.
#pragma once

#include "support/raw_database.hpp"
#include "support/workload.hpp"

#include <cstdint>

namespace benchmarks {

class RawStreamed : public Workload {
public:
    explicit RawStreamed(int rows) : database_(make_rows(rows, 1)) {}

    void run() override {
        int rc = SQLITE_OK;
        Row row;
        while ((rc = sqlite3_step(select_)) == SQLITE_ROW) {
            read(select_, row);
            sum_ = sum_ % 1'000'003 * 7 + weight(row);
        }
        if (rc != SQLITE_DONE) fail(select_);
        sqlite3_reset(select_);
    }
    std::int64_t result() override { return sum_; }
    void restore() override { sum_ = 0; }

private:
    RawDatabase database_;
    RawStatement select_{database_, "SELECT id, name, age, score, email FROM Row"};
    std::int64_t sum_ = 0;
};

}  // namespace benchmarks
