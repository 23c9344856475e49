// SPDX-License-Identifier: BSL-1.0
// connection.prepare(…): a statement that gets values at each run.
#pragma once

#include <mica/core/given_text.hpp>
#include <mica/engine/statement_runner.hpp>

#include <cstdint>
#include <type_traits>
#include <utility>
#include <vector>

namespace mica {

/// A statement with param<>s, prepared on a connection. Lifetime: ends with the connection, whose return makes every
/// further run a ProgrammingError.
template <class BackendType, class Query>
class [[nodiscard]] BasicPrepared {
public:
    using Row = detail::RowOfStatement<Query>;

    BasicPrepared(detail::OpenConnection<BackendType>& connection, Query query)
        : connection_(connection), lease_(connection.current_lease()), query_(std::move(query)) {}

    /// Runs it with one value for each param<>, in the order of the SQL text. Gives what execute() gives.
    template <class... Arguments>
    auto operator()(Arguments&&... arguments) const {
        return run(detail::as_given(arguments)...);
    }

private:
    template <class... Arguments>
    auto run(const Arguments&... arguments) const {
        if constexpr (detail::is_refused<Query> || !detail::require_prepared_arguments<Query, Arguments...>()) {
            return Refused<Row>{};
        } else if constexpr (std::is_void_v<Row>) {
            return runner().run_with(query_, arguments...);
        } else if constexpr (is_write<Query>) {
            if constexpr (detail::require_kept<Row>()) {
                std::vector<Row> rows;
                const std::int64_t changed = runner().run_returning(query_, rows, arguments...);
                return BasicResult<BackendType, Row>{std::move(rows), changed};
            } else {
                return Refused<Row>{};
            }
        } else {
            return BasicResult<BackendType, Row>{runner().start_with(query_, arguments...)};
        }
    }

    StatementRunner<BackendType> runner() const {
        if (!connection_ || connection_->current_lease() != lease_) [[unlikely]] {
            if (connection_) connection_->require_own_process();
            detail::throw_misuse("this prepared statement belongs to a connection that was given back");
        }
        return StatementRunner<BackendType>{*connection_};
    }

    detail::ConnectionReference<BackendType> connection_;
    std::uint64_t lease_;
    Query query_;
};

}  // namespace mica
