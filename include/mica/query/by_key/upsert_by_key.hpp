// SPDX-License-Identifier: BSL-1.0
// The statement that writes a whole object, whether its row is there or not.
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/query/by_key/write_by_key.hpp>
#include <mica/query/statement/whole_row.hpp>

#include <cstddef>

namespace mica {

namespace detail {

/// Says that the row which could not be inserted has a name of its own.
template <class Owner>
consteval bool require_upsert() {
    constexpr bool is_told_apart = !same_name(table_of<Owner>().name, "excluded");
    static_assert(is_told_apart,
                  "mica: upsert() cannot tell a table that is called excluded from the row of that name");
    return is_told_apart;
}

}  // namespace detail

/// Inserts an object's row, or gives the row with its primary key all columns but that key's and generated ones; its
/// version goes up by one then. Whoever runs it binds by bind_row().
template <class Owner>
struct UpsertByKey : Statement<UpsertByKey<Owner>> {
    using Row = void;
    static constexpr void render(SqlWriter& writer) {
        const Table& table = table_of<Owner>();
        writer.need(Feature::upsert);
        detail::render_insert(writer, table);
        writer.text(" ON CONFLICT (");
        for (const std::size_t& index : table.key) {
            if (&index != table.key.data()) writer.text(", ");
            writer.identifier(table.columns[index].name);
        }
        writer.text(detail::has_changeable(table) ? ") DO UPDATE SET " : ") DO NOTHING");
        bool first = true;
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            if (!detail::is_changeable(table.columns[i])) continue;
            if (!detail::exchange(first, false)) writer.text(", ");
            writer.identifier(table.columns[i].name);
            writer.text(" = ");
            const bool is_version = static_cast<int>(i) == table.version;
            writer.identifier(is_version ? table.name : "excluded");
            writer.put('.');
            writer.identifier(table.columns[i].name);
            if (is_version) writer.text(" + 1");
        }
    }
};

}  // namespace mica
