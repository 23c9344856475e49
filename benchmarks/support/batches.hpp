// SPDX-License-Identifier: BSL-1.0
// Rows that come in small numbers to a table that has many.
#pragma once

#include "support/row.hpp"

#include <cstddef>
#include <vector>

namespace benchmarks {

inline constexpr std::size_t batch_size = 100;

/// How many rows the table has for each that comes.
inline constexpr int rows_before = 20;

inline constexpr const char* index_text = "CREATE INDEX names ON Row (name)";

/// `count` rows whose keys the database chooses, in batches.
inline std::vector<std::vector<Row>> make_batches(int count) {
    Random random{2};
    std::vector<std::vector<Row>> batches;
    for (int id = 1; id <= count; ++id) {
        if (batches.empty() || batches.back().size() == batch_size) batches.emplace_back();
        batches.back().push_back(make_row(id, random));
        batches.back().back().id = 0;
    }
    return batches;
}

inline void clear_keys(std::vector<std::vector<Row>>& batches) {
    for (std::vector<Row>& batch : batches) {
        for (Row& row : batch) row.id = 0;
    }
}

}  // namespace benchmarks
