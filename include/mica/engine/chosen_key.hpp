// SPDX-License-Identifier: BSL-1.0
// Whether the database chooses the keys of a table that others have made: without that a row would be stored with NULL
// for its key, and its object get a number by which nobody finds it.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/engine/open_connection.hpp>
#include <mica/schema/table.hpp>

namespace mica::detail {

[[noreturn, gnu::cold]] MICA_DECL void throw_no_chosen_key(const Table& table);

template <class BackendType>
[[gnu::cold, gnu::noinline]] bool chooses_key(OpenConnection<BackendType>& connection, const Table& table) {
    if constexpr (TellsChosenKeys<typename BackendType::Database>) {
        return connection.database.chooses_key(table.schema, table.name,
                                               table.columns[static_cast<std::size_t>(table.generated_key)].name);
    } else {
        return true;
    }
}

/// The same for who has a statement to insert into it, by which the answer is kept.
template <class BackendType>
bool chooses_key(OpenConnection<BackendType>& connection, CachedStatement<BackendType>& insert, const Table& table) {
    if (!insert.chooses_key) [[unlikely]]
        insert.chooses_key = chooses_key(connection, table);
    return insert.chooses_key;
}

/// Before a row without a key is inserted. Throws SchemaMismatch.
template <class BackendType>
void require_chosen_key(OpenConnection<BackendType>& connection, CachedStatement<BackendType>& insert,
                        const Table& table) {
    if (!chooses_key(connection, insert, table)) [[unlikely]]
        throw_no_chosen_key(table);
}

}  // namespace mica::detail

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/engine/impl/chosen_key.ipp>
#endif
