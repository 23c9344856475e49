// SPDX-License-Identifier: BSL-1.0
// What a row is now that is no longer what the session read.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/engine/open_connection.hpp>
#include <mica/query/by_key/by_key.hpp>
#include <mica/session/flush/plan.hpp>
#include <mica/session/object/tracked.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mica::detail {

/// The values of a row's key, in its order.
template <class Sink>
void send_key(const Table& table, std::string_view snapshot, Sink& sink) {
    for (const std::size_t column : table.key) send_cell(cell_at(snapshot, column), sink);
}

/// The version that the database has; empty where the row is gone.
template <class BackendType>
[[gnu::cold, gnu::noinline]] std::optional<std::int64_t> find_version(OpenConnection<BackendType>& connection,
                                                                      const Tracked& tracked) {
    const Table& table = tracked.table();
    const StatementLease<BackendType> statement = connection.acquire(select_version(table, BackendType::dialect));
    BindSink<typename BackendType::Statement> sink{statement->statement};
    send_key(table, tracked.snapshot, sink);
    if (!statement->statement.step()) return std::nullopt;
    return statement->statement.cell(0).integer();
}

[[noreturn, gnu::cold]] MICA_DECL void throw_changed(const Tracked& tracked, std::int64_t read, std::int64_t found);

[[noreturn, gnu::cold]] MICA_DECL void throw_gone(const Tracked& tracked);

/// Says what has become of a row that could not be changed.
template <class BackendType>
[[noreturn, gnu::cold, gnu::noinline]] void throw_stale(OpenConnection<BackendType>& connection,
                                                        const Tracked& tracked) {
    const Table& table = tracked.table();
    if (table.version < 0) throw_gone(tracked);
    const std::optional<std::int64_t> found = find_version(connection, tracked);
    if (!found) throw_gone(tracked);
    throw_changed(tracked, cell_at(tracked.snapshot, static_cast<std::size_t>(table.version)).integer(), *found);
}

}  // namespace mica::detail

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/session/flush/impl/stale.ipp>
#endif
