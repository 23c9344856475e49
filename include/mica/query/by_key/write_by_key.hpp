// SPDX-License-Identifier: BSL-1.0
// The statements that change and remove the row of an object: what they bind of it, and in which order.
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/query/by_key/by_key.hpp>
#include <mica/schema/row.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

namespace mica {

namespace detail {

/// Whether an update of a whole object writes a column.
constexpr bool is_changeable(const Column& column) { return !column.is_key && !column.is_generated; }

template <class Owner>
consteval auto find_changed_fields() {
    std::array<FieldUse, reflect::field_count<Owner>> uses{};
    const Table& table = table_of<Owner>();
    for (std::size_t i = 0; i < uses.size(); ++i) {
        const std::size_t column = table.column_of(reflect::field_addresses<Owner>[i]);
        const bool is_written = column < table.columns.size() && static_cast<int>(column) != table.version &&
                                is_changeable(table.columns[column]);
        uses[i] = is_written ? FieldUse::used : FieldUse::skipped;
    }
    return uses;
}

/// What becomes of each field when an object's row is changed. The version is counted by the statement itself.
template <class Owner>
inline constexpr auto changed_fields = find_changed_fields<Owner>();

template <std::size_t field_count>
struct KeyUses {
    std::array<std::array<FieldUse, field_count>, FieldList::capacity> uses{};
    std::size_t count = 0;
};

template <class Owner>
consteval auto find_key_uses() {
    KeyUses<reflect::field_count<Owner>> keys;
    const Table& table = table_of<Owner>();
    for (const std::size_t column : table.key) {
        const std::size_t field =
            reflect::index_of_address(reflect::field_addresses<Owner>, table.columns[column].field);
        bool is_there = false;  // an embedded object is one field of several columns
        for (std::size_t i = 0; i < keys.count; ++i) is_there = is_there || keys.uses[i][field] == FieldUse::used;
        if (!is_there) keys.uses[keys.count++][field] = FieldUse::used;
    }
    return keys;
}

/// For each field of the key, in the key's order, what becomes of all fields when only that one is bound: so the walk
/// over them is the one that an insert makes, and no other is instantiated.
template <class Owner>
inline constexpr auto key_uses = find_key_uses<Owner>();

constexpr bool has_changeable(const Table& table) {
    for (const Column& column : table.columns) {
        if (is_changeable(column)) return true;
    }
    return false;
}

/// Says that an update would have nothing to write.
template <class Owner>
consteval bool require_changeable() {
    constexpr bool is_changeable = has_changeable(table_of<Owner>());
    static_assert(is_changeable,
                  "mica: update() writes the columns that are no part of the primary key, and this entity has none");
    return is_changeable;
}

}  // namespace detail

/// Sends the values of an object's key to `sink` in the key's order.
template <class Owner, class Sink>
constexpr void bind_key(const Owner& object, Sink& sink) {
    const auto& keys = detail::key_uses<Owner>;
    for (std::size_t i = 0; i < keys.count; ++i) {
        for_each_column(object, keys.uses[i].data(), detail::BindColumn<Sink>{sink});
    }
}

/// The same for a row that is to be found as it was read: its version follows.
template <class Owner, class Sink>
constexpr void bind_key_and_version(const Owner& object, Sink& sink) {
    bind_key(object, sink);
    if constexpr (table_of<Owner>().version >= 0) sink.integer(version_in(object));
}

/// Sends what an UpdateByKey binds.
template <class Owner, class Sink>
constexpr void bind_changes(const Owner& object, Sink& sink) {
    for_each_column(object, detail::changed_fields<Owner>.data(), detail::BindColumn<Sink>{sink});
    bind_key_and_version(object, sink);
}

/// Changes all columns of one row but its key's and generated ones. Whoever runs it binds by bind_changes().
template <class Owner>
struct UpdateByKey : Statement<UpdateByKey<Owner>> {
    using Row = void;
    static constexpr void render(SqlWriter& writer) {
        const Table& table = table_of<Owner>();
        writer.text("UPDATE ");
        name_table(writer, table);
        writer.text(" SET ");
        bool first = true;
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            if (!detail::is_changeable(table.columns[i])) continue;
            if (!detail::exchange(first, false)) writer.text(", ");
            writer.identifier(table.columns[i].name);
            writer.text(" = ");
            if (static_cast<int>(i) != table.version) {
                writer.parameter();
            } else {
                writer.identifier(table.columns[i].name);
                writer.text(" + 1");
            }
        }
        detail::render_key_condition(writer, table);
        detail::render_version_condition(writer, table);
    }
};

}  // namespace mica
