// SPDX-License-Identifier: BSL-1.0
// The objects of many keys, read by one statement and put where their keys stood.
#pragma once

#include <mica/engine/collect_rows.hpp>
#include <mica/engine/statement_runner.hpp>
#include <mica/query/by_key/select_by_keys.hpp>

#include <cstddef>
#include <optional>
#include <vector>

namespace mica::detail {

/// Takes each row to the place of its key.
template <class Owner>
struct FoundObjects {
    const KeyLists<Owner>& keys;
    std::vector<std::optional<Owner>>& objects;

    template <class Entry>
    void take(const Entry& entry) {
        const std::size_t index = keys.index_of(entry.statement.cell(column_count<Owner>()).integer());
        read_row(entry, objects[index].emplace());
    }
    void clear() {
        for (std::optional<Owner>& object : objects) object.reset();
    }
};

/// `objects` are as many as the keys, and empty.
template <class Owner, class BackendType>
void read_by_keys(OpenConnection<BackendType>& connection, const KeyLists<Owner>& keys,
                  std::vector<std::optional<Owner>>& objects) {
    constexpr std::size_t fewest = 8;
    const SelectByKeys<Owner> query{{}, keys};
    FoundObjects<Owner> found{keys, objects};
    if (keys.size() >= fewest) {
        const RowList<BackendType> list{&found,
                                        [](void* to, const CachedStatement<BackendType>& entry) {
                                            static_cast<FoundObjects<Owner>*>(to)->take(entry);
                                        },
                                        [](void* from) { static_cast<FoundObjects<Owner>*>(from)->clear(); }};
        const StatementInfo& collected = collected_info<SelectByKeys<Owner>, BackendType::dialect>;
        if (collect_rows(connection, collected, BoundQuery<BackendType>::of(query), list)) return;
    }
    StatementLease<BackendType> statement = StatementRunner<BackendType>{connection}.start(query, Lifetime::borrowed);
    while (statement->statement.step()) found.take(*statement);
    statement.end();
}

}  // namespace mica::detail
