// SPDX-License-Identifier: BSL-1.0
// The same table behind a session.
#pragma once

#include <mica/mica.hpp>

#include "support/row.hpp"

#include <cstdint>
#include <vector>

namespace benchmarks {

/// A session on a database in memory whose table holds `rows`; its transaction is open, no object is tracked yet.
class MicaSession {
public:
    explicit MicaSession(const std::vector<Row>& rows);

    mica::Session& session() noexcept { return session_; }
    /// Undoes what was written since the constructor or the last restore(), in the objects too.
    void restore();
    std::int64_t table_weight();

private:
    mica::Engine engine_{"sqlite://"};
    mica::Session session_{engine_};
};

}  // namespace benchmarks
