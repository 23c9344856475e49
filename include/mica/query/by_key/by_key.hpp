// SPDX-License-Identifier: BSL-1.0
// The statements that find, change and remove one row by its primary key.
#pragma once

#include <mica/query/select/projection.hpp>
#include <mica/schema/row.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace mica {

namespace detail {

[[gnu::noinline]] constexpr void render_key_condition(SqlWriter& writer, const Table& table) {
    writer.text(" WHERE ");
    for (const std::size_t& index : table.key) {
        if (&index != table.key.data()) writer.text(" AND ");
        writer.identifier(table.columns[index].name);
        writer.text(" = ");
        writer.parameter();
    }
}

/// Nothing changes a row that another transaction has changed since it was read.
[[gnu::noinline]] constexpr void render_version_condition(SqlWriter& writer, const Table& table) {
    if (table.version < 0) return;
    writer.text(" AND ");
    writer.identifier(table.columns[static_cast<std::size_t>(table.version)].name);
    writer.text(" = ");
    writer.parameter();
}

/// Its parameters are the key's values, then the version.
constexpr void render_delete_by_key(SqlWriter& writer, const Table& table) {
    writer.text("DELETE FROM ");
    name_table(writer, table);
    render_key_condition(writer, table);
    render_version_condition(writer, table);
}

/// The type of the field at a place of the primary key.
template <class Owner, std::size_t place>
using KeyField = reflect::FieldType<Owner, field_of_column<Owner>(static_cast<int>(table_of<Owner>().key[place]))>;

/// Whether a value can be that of a key's field unchanged.
template <class Field, class Key>
consteval bool is_key_value() {
    if constexpr (std::same_as<Field, Key>) {
        return true;
    } else if constexpr (is_number<Field>) {
        return StoredInteger<Key> || (std::floating_point<Field> && std::floating_point<Key>);
    } else {
        return std::convertible_to<const Key&, Field> || (is_text<Field> && std::convertible_to<Key, std::string_view>);
    }
}

template <class Owner, class... Keys, std::size_t... places>
consteval bool are_key_values(std::index_sequence<places...>) {
    return (is_key_value<KeyField<Owner, places>, Keys>() && ...);
}

/// Says what is wrong with the values of a key.
template <class Owner, class... Keys>
consteval bool require_key() {
    constexpr bool right_count = sizeof...(Keys) == table_of<Owner>().key.size();
    static_assert(right_count, "mica: get() needs as many values as the primary key has columns");
    if constexpr (right_count) {
        constexpr bool right_types = are_key_values<Owner, Keys...>(std::index_sequence_for<Keys...>{});
        static_assert(right_types, "mica: a key's value must have the type of the key's field");
        return right_types;
    } else {
        return false;
    }
}

template <class Field, class Key>
decltype(auto) as_key(const Key& key) {
    if constexpr (std::same_as<Field, Key> || (StoredInteger<Field> && StoredInteger<Key>)) {
        return (key);
    } else if constexpr (is_text<Field> && std::convertible_to<const Key&, std::string_view>) {
        return std::string_view{key};
    } else if constexpr (MadeFiner<Field, Key>) {
        return made_finer<Field>(key);
    } else {
        return static_cast<Field>(key);
    }
}

/// The values of a key as the key's fields would hold them, in the key's order.
template <class Owner, class... Keys, std::size_t... places>
auto key_values(std::index_sequence<places...>, const Keys&... keys) {
    return std::tuple<std::remove_cvref_t<decltype(as_key<KeyField<Owner, places>>(keys))>...>{
        as_key<KeyField<Owner, places>>(keys)...};
}
template <class Owner, class... Keys>
auto key_values(const Keys&... keys) {
    return key_values<Owner>(std::index_sequence_for<Keys...>{}, keys...);
}

}  // namespace detail

/// Reads the entity whose key is `key`, the key's values in the key's order.
template <class Owner, class... Keys>
struct SelectByKey : Statement<SelectByKey<Owner>> {
    using Row = Owner;
    static constexpr bool is_ordered = false;

    std::tuple<const Keys&...> key;

    static constexpr ListView<ColumnOrigin> origins() { return detail::entity_origins<Owner>; }
    static constexpr void render(SqlWriter& writer) {
        writer.text("SELECT ");
        detail::render_names(writer, table_of<Owner>(), false);
        writer.text(" FROM ");
        name_table(writer, table_of<Owner>());
        detail::render_key_condition(writer, table_of<Owner>());
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        std::apply([&sink](const auto&... each) { (encode(each, sink, Lifetime::borrowed), ...); }, key);
    }
};

/// Removes one row. The session binds the key itself.
template <class Owner>
struct DeleteByKey : Statement<DeleteByKey<Owner>> {
    using Row = void;
    static constexpr void render(SqlWriter& writer) { detail::render_delete_by_key(writer, table_of<Owner>()); }
};

/// The UPDATE of some columns of one row; their values come first in the order of the parameters, then the key's, then
/// the version that was read.
inline void render_update_by_key(SqlWriter& writer, const Table& table, ListView<std::uint16_t> changed) {
    writer.text("UPDATE ");
    name_table(writer, table);
    writer.text(" SET ");
    for (const std::uint16_t& column : changed) {
        if (&column != changed.data()) writer.text(", ");
        writer.identifier(table.columns[column].name);
        writer.text(" = ");
        writer.parameter();
    }
    detail::render_key_condition(writer, table);
    detail::render_version_condition(writer, table);
}
[[gnu::noinline]] inline std::string update_by_key(const Table& table, ListView<std::uint16_t> changed,
                                                   const Dialect& dialect) {
    return make_text(dialect, [&](SqlWriter& writer) { render_update_by_key(writer, table, changed); });
}

/// The SELECT of the version that a row has now, by its key.
[[gnu::cold, gnu::noinline]] inline std::string select_version(const Table& table, const Dialect& dialect) {
    return make_text(dialect, [&](SqlWriter& writer) {
        writer.text("SELECT ");
        writer.identifier(table.columns[static_cast<std::size_t>(table.version)].name);
        writer.text(" FROM ");
        name_table(writer, table);
        detail::render_key_condition(writer, table);
    });
}

}  // namespace mica
