// SPDX-License-Identifier: BSL-1.0
// A read of a whole table without tracking.
#pragma once

#include "support/mica_database.hpp"
#include "support/workload.hpp"

#include <cstdint>
#include <vector>

namespace benchmarks {

class MicaRead : public Workload {
public:
    explicit MicaRead(int rows) : database_(make_rows(rows, 1)) {}

    void run() override { rows_ = database_.connection().all(mica::select<Row>()); }
    std::int64_t result() override { return weight(rows_); }
    void restore() override { std::vector<Row>{}.swap(rows_); }

private:
    MicaDatabase database_;
    std::vector<Row> rows_;
};

}  // namespace benchmarks
