// SPDX-License-Identifier: BSL-1.0
// The INSERT of a whole object: its columns and a parameter for each.
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/schema/column_default.hpp>

#include <cstddef>
#include <string>

namespace mica::detail {

[[gnu::noinline]] constexpr void render_whole_row(SqlWriter& writer, const Table& table,
                                                  InsertedColumn value = render_given) {
    writer.text(" (");
    bool first = true;
    for (const Column& column : table.columns) {
        if (column.is_generated) continue;
        if (!detail::exchange(first, false)) writer.text(", ");
        writer.identifier(column.name);
    }
    writer.text(") VALUES (");
    first = true;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (table.columns[i].is_generated) continue;
        if (!detail::exchange(first, false)) writer.text(", ");
        const bool is_chosen = table.generated_key == static_cast<int>(i);
        if (is_chosen) writer.text(writer.dialect().chosen_key.before);
        value(writer, i);
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

/// The same where it leaves columns to the database.
template <class Owner>
constexpr void render_insert_of(SqlWriter& writer, const Table& table) {
    writer.text("INSERT INTO ");
    name_table(writer, table);
    render_whole_row(writer, table, inserted_column<Owner>);
}

/// The same of an object whose key the database is to choose. It costs the database less than a NULL for the key.
constexpr void render_insert_without_key(SqlWriter& writer, const Table& table, InsertedColumn value) {
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
    bool first = true;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (table.columns[i].is_generated || static_cast<int>(i) == table.generated_key) continue;
        if (!detail::exchange(first, false)) writer.text(", ");
        value(writer, i);
    }
    writer.put(')');
}
constexpr void render_insert_without_key(SqlWriter& writer, const Table& table) {
    render_insert_without_key(writer, table, render_given);
}
template <class Owner>
constexpr void render_insert_without_key_of(SqlWriter& writer, const Table& table) {
    render_insert_without_key(writer, table, inserted_column<Owner>);
}

/// The INSERT of any number of whole objects, which are its one parameter.
[[gnu::noinline]] inline std::string insert_rows_text(const Table& table, const Dialect& dialect) {
    return make_text(dialect, [&table](SqlWriter& writer) {
        const Dialect& database = writer.dialect();
        writer.text(database.rows.insert);
        name_table(writer, table);
        writer.text(" (");
        int count = 0;
        for (const Column& column : table.columns) {
            if (column.is_generated) continue;
            if (count++ != 0) writer.text(", ");
            writer.identifier(column.name);
        }
        writer.text(") SELECT ");
        count = 0;
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            if (table.columns[i].is_generated) continue;
            if (count != 0) writer.text(", ");
            const bool is_chosen = table.generated_key == static_cast<int>(i);
            if (is_chosen) writer.text(database.chosen_key.before);
            writer.text(database.rows.column);
            writer.number(count++);
            if (is_chosen) writer.text(database.chosen_key.after);
        }
        writer.text(" FROM ");
        writer.text(database.rows.call.before);
        writer.parameter();
        writer.text(database.rows.call.after);
    });
}

}  // namespace mica::detail
