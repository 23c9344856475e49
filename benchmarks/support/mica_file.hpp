// SPDX-License-Identifier: BSL-1.0
// The same table in a file, behind mica.
#pragma once

#include <mica/mica.hpp>

#include "support/row.hpp"
#include "support/temporary_directory.hpp"

#include <cstdint>
#include <vector>

namespace benchmarks {

using mica::col;

/// A database in a file of its own with the table, which holds `rows`; no transaction is open.
class MicaFile {
public:
    explicit MicaFile(const std::vector<Row>& rows);

    mica::Connection& connection() noexcept { return connection_; }
    const mica::Engine& engine() const noexcept { return engine_; }
    std::int64_t table_weight();

private:
    TemporaryDirectory directory_;
    mica::Engine engine_{"sqlite:///" + directory_.file("rows.db")};
    mica::Connection connection_;
};

}  // namespace benchmarks
