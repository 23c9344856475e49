// SPDX-License-Identifier: BSL-1.0
// connection.prepare(…): a statement that gets values at each run.
#pragma once

#include <mica/engine/connection.hpp>

#include <type_traits>
#include <utility>

namespace mica {

/// A statement with param<>s, prepared on a connection. Lifetime: ends with the connection.
template <class BackendType, class Query>
class BasicPrepared {
public:
    using Row = detail::RowOfStatement<Query>;

    BasicPrepared(const StatementRunner<BackendType>& runner, Query query)
        : runner_(runner), query_(std::move(query)) {}

    /// Runs it with one value for each param<>, in the order of the SQL text. Gives what execute() gives; rows are read
    /// as they are asked for.
    template <class... Arguments>
    auto operator()(const Arguments&... arguments) const {
        if constexpr (detail::is_refused<Query> || !detail::require_prepared_arguments<Query, Arguments...>()) {
            return Refused<Row>{};
        } else if constexpr (std::is_void_v<Row>) {
            return runner_.run_with(query_, arguments...);
        } else {
            return BasicResult<BackendType, Row>{runner_.start_with(query_, arguments...)};
        }
    }

private:
    StatementRunner<BackendType> runner_;
    Query query_;
};

}  // namespace mica
