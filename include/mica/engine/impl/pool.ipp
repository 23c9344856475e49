// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/engine/pool.hpp>

#include <string>

namespace mica::detail {

void throw_pool_is_own(int pool_size) {
    refuse<OperationalError>({"mica: this thread would wait for itself: it has all ", Decimal{pool_size},
                              " connections of the engine (pool_size) already; end one of them first"});
}

void throw_checkout_timeout(const HolderCounts& holders, int pool_size, std::int64_t milliseconds) {
    Failure failure{.kind = ErrorKind::timeout};
    append(failure.message, {"mica: no connection came back within ", Decimal{milliseconds},
                             " ms (checkout_timeout); all ", Decimal{pool_size}, " (pool_size) are held"});
    std::string_view separator = ": ";
    for (int kind = 0; kind < holder_kind_count; ++kind) {
        if (holders.of[kind] == 0) continue;
        append(failure.message, {separator, Decimal{holders.of[kind]}, " by ", name_of(static_cast<HolderKind>(kind))});
        separator = ", ";
    }
    append(failure.message, {", ", Decimal{holders.of_this_thread}, " of them in this thread"});
    throw OperationalError(failure);
}

void throw_connections_in_use() {
    throw OperationalError(
        Failure{.kind = ErrorKind::busy, .message = "a key is changed while nobody has a connection of the engine"});
}

void require_sensible(const EngineOptions& options) {
    if (options.pool_size < 1) throw_misuse("pool_size is the number of connections, at least 1");
}

}  // namespace mica::detail
