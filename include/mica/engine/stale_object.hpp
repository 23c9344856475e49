// SPDX-License-Identifier: BSL-1.0
// What is said of an object that cannot be written because its row is not what was read.
#pragma once

#include <mica/core/error.hpp>
#include <mica/core/text.hpp>
#include <mica/engine/open_connection.hpp>
#include <mica/query/by_key/write_by_key.hpp>

#include <cstdint>

namespace mica::detail {

/// Throws StaleDataError for an object whose row is not there as it was read, the one at `index` of a range.
template <class Owner, class BackendType>
[[noreturn, gnu::cold, gnu::noinline]] void throw_stale_object(OpenConnection<BackendType>& connection,
                                                               const Owner& object, std::int64_t index) {
    const Table& table = table_of<Owner>();
    const StatementLease<BackendType> statement = connection.acquire(select_version(table, BackendType::dialect));
    BindSink<typename BackendType::Statement> sink{statement->statement};
    bind_key(object, sink);
    const std::int64_t read = version_in(object);
    if (!statement->statement.step()) {
        throw StaleDataError(join({"mica: object ", Decimal{index}, " has no row in table \"", table.name, "\""}),
                             read);
    }
    const std::int64_t found = statement->statement.cell(0).integer();
    throw StaleDataError(join({"mica: the row of object ", Decimal{index}, " in table \"", table.name,
                               "\" is no longer what was read: version ", Decimal{read}, " was read, version ",
                               Decimal{found}, " is there"}),
                         read, found);
}

}  // namespace mica::detail
