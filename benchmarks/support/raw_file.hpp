// SPDX-License-Identifier: BSL-1.0
// The table of rows in a file, behind a hand-written program.
#pragma once

#include "support/raw_database.hpp"
#include "support/temporary_directory.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace benchmarks {

/// A database in a file of its own with the table, which holds `rows`; no transaction is open.
class RawFile : private TemporaryDirectory, public RawConnection {
public:
    explicit RawFile(const std::vector<Row>& rows) : RawConnection(path()) { fill(*this, rows); }

    std::string path() const { return file("rows.db"); }

    std::int64_t table_weight() { return number(weight_text); }
};

}  // namespace benchmarks
