// SPDX-License-Identifier: BSL-1.0
// The INSERT of a whole object: its columns and a parameter for each.
#pragma once

#include <mica/schema/table.hpp>

#include <cstddef>
#include <utility>

namespace mica::detail {

[[gnu::noinline]] constexpr void render_whole_row(SqlWriter& writer, const Table& table) {
    writer.text(" (");
    bool first = true;
    for (const Column& column : table.columns) {
        if (column.is_generated) continue;
        if (!std::exchange(first, false)) writer.text(", ");
        writer.identifier(column.name);
    }
    writer.text(") VALUES (");
    first = true;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (table.columns[i].is_generated) continue;
        if (!std::exchange(first, false)) writer.text(", ");
        const bool is_chosen = table.generated_key == static_cast<int>(i);
        if (is_chosen) writer.text(writer.dialect().chosen_key.before);
        writer.parameter();
        if (is_chosen) writer.text(writer.dialect().chosen_key.after);
    }
    writer.put(')');
}

/// The INSERT of a whole object.
constexpr void render_insert(SqlWriter& writer, const Table& table) {
    writer.text("INSERT INTO ");
    name_table(writer, table);
    render_whole_row(writer, table);
}

/// The same of an object whose key the database is to choose. It costs the database less than a NULL for the key.
constexpr void render_insert_without_key(SqlWriter& writer, const Table& table) {
    writer.text("INSERT INTO ");
    name_table(writer, table);
    int count = 0;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (table.columns[i].is_generated || static_cast<int>(i) == table.generated_key) continue;
        writer.text(count++ == 0 ? " (" : ", ");
        writer.identifier(table.columns[i].name);
    }
    if (count == 0) return writer.text(writer.dialect().default_values);
    writer.text(") VALUES (");
    for (int i = 0; i < count; ++i) {
        if (i != 0) writer.text(", ");
        writer.parameter();
    }
    writer.put(')');
}

}  // namespace mica::detail
