// SPDX-License-Identifier: BSL-1.0
// The same table behind mica.
#pragma once

#include <mica/mica.hpp>

#include "support/row.hpp"

#include <optional>
#include <vector>

namespace benchmarks {

using mica::col;

/// A database in memory with an open transaction and the table, which holds `rows`.
class MicaDatabase {
public:
    explicit MicaDatabase(const std::vector<Row>& rows);

    mica::Connection& connection() noexcept { return connection_; }
    /// Undoes what was written since the constructor or the last restore().
    void restore();
    std::int64_t table_weight();

private:
    mica::Engine engine_{"sqlite://"};
    mica::Connection connection_;
    std::optional<mica::Transaction> transaction_;
};

}  // namespace benchmarks
