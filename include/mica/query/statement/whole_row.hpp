// SPDX-License-Identifier: BSL-1.0
// The INSERT of a whole object: its columns and a parameter for each.
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/schema/column_default.hpp>

#include <cstddef>
#include <string>

namespace mica::detail {

/// Names the columns that an INSERT writes, but for the one at `left_out`; gives their number.
[[gnu::noinline]] constexpr int name_written_columns(SqlWriter& writer, const Table& table, int left_out = -1) {
    int count = 0;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (table.columns[i].is_generated || static_cast<int>(i) == left_out) continue;
        writer.text(count++ == 0 ? " (" : ", ");
        writer.identifier(table.columns[i].name);
    }
    return count;
}

[[gnu::noinline]] constexpr void render_whole_row(SqlWriter& writer, const Table& table,
                                                  InsertedColumn value = render_given) {
    name_written_columns(writer, table);
    writer.text(") VALUES (");
    bool first = true;
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
    if (name_written_columns(writer, table, table.generated_key) == 0)
        return writer.text(writer.dialect().default_values);
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
        name_written_columns(writer, table);
        writer.text(") SELECT ");
        int count = 0;
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
