// SPDX-License-Identifier: BSL-1.0
// The UPDATE and DELETE of the rows of any number of objects: they ask the program for an object by the key of each row
// that they go over.
#pragma once

#include <mica/query/by_key/write_by_key.hpp>

#include <cstddef>
#include <string_view>

namespace mica::detail {

/// Asks for an object's value at a place; whether there is an object, where that is negative.
[[gnu::cold]] inline void render_asked(SqlWriter& writer, const Table& table, int place) {
    writer.text(writer.dialect().rows.by_key.before);
    writer.identifier(table.columns[table.key[0]].name);
    if (place >= 0) {
        writer.text(", ");
        writer.number(place);
    }
    writer.text(writer.dialect().rows.by_key.after);
}

/// The rows between two keys for which there is an object; of those with a version, its own, which stands at a place.
[[gnu::cold]] inline void render_asked_rows(SqlWriter& writer, const Table& table, int version) {
    writer.text(" WHERE ");
    writer.identifier(table.columns[table.key[0]].name);
    writer.text(" BETWEEN ");
    writer.parameter();
    writer.text(" AND ");
    writer.parameter();
    writer.text(" AND ");
    render_asked(writer, table, -1);
    if (table.version < 0) return;
    writer.text(" AND ");
    writer.identifier(table.columns[static_cast<std::size_t>(table.version)].name);
    writer.text(" = ");
    render_asked(writer, table, version);
}

/// The rows are found before the first is changed, so a trigger may have counted one meanwhile: a place at which there
/// is no value ends it then.
[[gnu::cold]] inline void render_next_version(SqlWriter& writer, const Table& table, int place, bool is_first) {
    const std::string_view name = table.columns[static_cast<std::size_t>(table.version)].name;
    if (!is_first) writer.text(", ");
    writer.identifier(name);
    writer.text(" = CASE WHEN ");
    writer.identifier(name);
    writer.text(" = ");
    render_asked(writer, table, place);
    writer.text(" THEN ");
    writer.identifier(name);
    writer.text(" + 1 ELSE ");
    render_asked(writer, table, place + 1);
    writer.text(" END");
}

/// The UPDATE of the columns that `is_set` says; the version is counted by the statement itself. The values of an
/// object are those of the columns, and behind them the key and the version that was read.
template <class IsSet>
[[gnu::cold]] void render_update_rows(SqlWriter& writer, const Table& table, const IsSet& is_set) {
    writer.text(writer.dialect().rows.update);
    name_table(writer, table);
    writer.text(" SET ");
    int count = 0;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (static_cast<int>(i) == table.version || !is_set(i)) continue;
        if (count != 0) writer.text(", ");
        writer.identifier(table.columns[i].name);
        writer.text(" = ");
        render_asked(writer, table, count++);
    }
    const int version = count + 1;  // behind the key
    if (table.version >= 0) render_next_version(writer, table, version, count == 0);
    render_asked_rows(writer, table, version);
}

[[gnu::cold]] inline void render_update_rows(SqlWriter& writer, const Table& table) {
    render_update_rows(writer, table, [&table](std::size_t column) { return is_changeable(table.columns[column]); });
}

[[gnu::cold]] inline void render_delete_rows(SqlWriter& writer, const Table& table) {
    writer.text("DELETE FROM ");
    name_table(writer, table);
    render_asked_rows(writer, table, 1);
}

/// The statement that does for many objects what `Query` does for one.
template <class Query>
struct RowsStatements;

template <class Owner>
struct RowsStatements<UpdateByKey<Owner>> {
    static inline constinit StatementInfo info{.write = &render_update_rows, .table = &table_of<Owner>()};
    static constexpr bool sends_values = true;

    template <class Sink>
    static void bind(const Owner& object, Sink& sink) {
        bind_changes(object, sink);
    }
};

template <class Owner>
struct RowsStatements<DeleteByKey<Owner>> {
    static inline constinit StatementInfo info{.write = &render_delete_rows, .table = &table_of<Owner>()};
    static constexpr bool sends_values = false;

    template <class Sink>
    static void bind(const Owner& object, Sink& sink) {
        bind_key_and_version(object, sink);
    }
};

}  // namespace mica::detail
