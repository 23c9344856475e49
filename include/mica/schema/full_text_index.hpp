// SPDX-License-Identifier: BSL-1.0
// What an entity that is a full-text index has of one, and what keeps it from being one.
#pragma once

#include <mica/schema/table.hpp>

#include <array>
#include <cstddef>
#include <type_traits>

namespace mica {

namespace detail {

enum class FullTextFlaw : unsigned char { none, columns, content, options, unknown_field };

template <class Owner>
consteval std::size_t find_full_text_place() {
    std::size_t place = 0;
    while (place < options_of<Owner>.size() && options_of<Owner>[place].kind != OptionKind::full_text) ++place;
    return place;
}

/// The place of fts5<> among the options of a mapping, behind all of them where it is none.
template <class Owner>
inline constexpr std::size_t full_text_place = find_full_text_place<Owner>();

template <class Owner>
inline constexpr bool is_full_text = full_text_place<Owner> < options_of<Owner>.size();

template <class Owner>
constexpr const auto& full_text_option() {
    return boost::hana::at_c<full_text_place<Owner>>(mapping_of<Owner>.options);
}

template <class Owner>
using FullTextOf = std::remove_cvref_t<decltype(full_text_option<Owner>())>;

/// Whether the rows of an entity are those of another one, which alone are written.
template <class Owner>
consteval bool has_content() {
    if constexpr (is_full_text<Owner>) {
        return FullTextOf<Owner>::has_content;
    } else {
        return false;
    }
}

constexpr bool contains_address(ListView<const void*> addresses, const void* address) {
    for (const void* const each : addresses) {
        if (each == address) return true;
    }
    return false;
}

template <class Owner>
consteval auto find_full_text_columns() {
    using Option = FullTextOf<Owner>;
    const Table& table = table_of<Owner>();
    std::array<FullTextColumn, columns_of<Owner>.size() - key_of<Owner>.count> columns{};
    std::size_t count = 0;
    for (const Column& column : table.columns) {
        if (column.is_key) continue;
        columns[count] = {.name = column.name};
        if constexpr (!Option::has_content && Option::size > 0) {
            columns[count].is_searched = contains_address(Option::addresses(), column.field);
        }
        ++count;
    }
    return columns;
}

template <class Owner>
inline constexpr auto full_text_columns = find_full_text_columns<Owner>();

template <class Owner>
consteval FullTextIndex make_full_text_index() {
    using Option = FullTextOf<Owner>;
    const Table& table = table_of<Owner>();
    FullTextIndex index{.schema = table.schema,
                        .name = table.relation,
                        .columns = full_text_columns<Owner>,
                        .tokenizer = full_text_option<Owner>().tokenizer,
                        .prefixes = full_text_option<Owner>().prefixes};
    if constexpr (Option::has_content) {
        const Table& content = table_of<typename Option::Parent>();
        index.content = content.relation;
        index.content_key = content.columns[content.key[0]].name;
    }
    return index;
}

/// The index that an entity is, for its texts.
template <class Owner>
inline constexpr FullTextIndex full_text_index = make_full_text_index<Owner>();

constexpr bool has_other_options(const Table& table) {
    std::size_t indexes = 0;
    for (const OptionData& option : table.options) {
        const bool is_of_columns = option.kind == OptionKind::ignore || option.kind == OptionKind::column;
        if (option.kind == OptionKind::full_text) ++indexes;
        if (option.kind != OptionKind::full_text && !is_of_columns) return true;
    }
    return indexes > 1;
}

/// Whether the columns of an index are those columns of its content: FTS5 reads them there by their names.
constexpr bool fits_content(const Table& index, const Table& content, ListView<const void*> members) {
    std::size_t next = 0;
    for (const Column& column : index.columns) {
        if (column.is_key) continue;
        if (next == members.size()) return false;
        const std::size_t place = content.column_of(members[next++]);
        if (place == content.columns.size()) return false;
        const Column& other = content.columns[place];
        if (column.name != other.name || other.storage != StorageClass::text || column.storage != StorageClass::text) {
            return false;
        }
        if (other.nullable && !column.nullable) return false;
    }
    return next == members.size();
}

template <class Owner>
consteval FullTextFlaw find_full_text_flaw() {
    using Option = FullTextOf<Owner>;
    const Table& table = table_of<Owner>();
    if (has_other_options(table)) return FullTextFlaw::options;
    if (table.key.size() > 1 || table.key.size() == table.columns.size()) return FullTextFlaw::columns;
    if (table.key.size() == 1 && !table.columns[table.key[0]].generatable) return FullTextFlaw::columns;
    if constexpr (Option::has_content) {
        using Content = typename Option::Parent;
        if constexpr (!reflect::Aggregate<Content> || std::is_same_v<Content, Owner>) {
            return FullTextFlaw::content;
        } else {
            const Table& content = table_of<Content>();
            const bool has_rowid = content.key.size() == 1 && !content.without_rowid &&
                                   content.columns[content.key[0]].storage == StorageClass::integer;
            if (!has_rowid || content.schema != table.schema || is_full_text<Content>) return FullTextFlaw::content;
            if constexpr (!std::is_same_v<typename Option::Owner, Content>) {
                return FullTextFlaw::columns;
            } else {
                return fits_content(table, content, Option::addresses()) ? FullTextFlaw::none : FullTextFlaw::columns;
            }
        }
    } else {
        constexpr bool is_own = Option::size == 0 || std::is_same_v<typename Option::Owner, Owner>;
        return is_own ? FullTextFlaw::none : FullTextFlaw::unknown_field;
    }
}

}  // namespace detail

}  // namespace mica
