// SPDX-License-Identifier: BSL-1.0
// A struct's table as plain constant data: everything after this works on it without templates.
#pragma once

#include <mica/reflect/type_name.hpp>
#include <mica/schema/column.hpp>
#include <mica/schema/full_text.hpp>
#include <mica/schema/mapping.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace mica {

struct Table {
    std::string_view name{};      ///< by which a statement names it: its own, or an alias
    std::string_view identity{};  ///< the type of its entity, in words
    std::string_view relation{};  ///< its name in the database
    std::string_view schema{};    ///< the attached database that it is in, empty for the main one
    ListView<Column> columns{};
    ListView<OptionData> options{};
    ListView<std::size_t> key{};  ///< indexes of the key's columns in the key's order
    int generated_key = -1;       ///< the column for which 0 means "the database chooses", -1 where none does
    int version = -1;             ///< the column of the optimistic lock counter, -1 where there is none
    bool strict = true;
    bool without_rowid = false;
    bool autoincrement = false;

    /// Whether both are one table, or one alias of it. No address tells: under g++'s UBSan the comparison of those of
    /// two objects is no constant expression.
    constexpr bool is(const Table& other) const noexcept { return identity == other.identity && name == other.name; }

    constexpr bool has(OptionKind kind) const noexcept {
        for (const OptionData& option : options) {
            if (option.kind == kind) return true;
        }
        return false;
    }

    /// The first column of a field, columns.size() where it has none.
    constexpr std::size_t column_of(const void* field) const noexcept {
        std::size_t index = 0;
        while (index < columns.size() && columns[index].field != field) ++index;
        return index;
    }
};

/// Writes a table's name as that of a source or a target: with its schema, where it has one.
constexpr void name_table(SqlWriter& writer, const Table& table) {
    if (!table.schema.empty()) {
        writer.identifier(table.schema);
        writer.put('.');
    }
    writer.identifier(table.relation);
}

namespace detail {

template <class Owner>
consteval auto find_mapping() {
    if constexpr (requires { Owner::mapping(); }) {
        return as_mapping(Owner::mapping());
    } else {
        return as_mapping(mapping<Owner>);
    }
}

template <class Owner>
inline constexpr auto mapping_of = find_mapping<Owner>();

/// Addresses of fields are compared within one struct only: of two, under g++'s UBSan, that is no constant expression.
template <class Option>
constexpr OptionData data_of(const Option& option, std::string_view owner) {
    OptionData data = option.data;
    data.is_misplaced = data.fields.count > 0 && !reflect::same_words(data.owner, owner);
    if (data.is_misplaced) data.fields = {};
    data.has_expression = requires { requires SqlExpression<decltype(option.expression)>; };
    data.has_condition = requires { requires SqlExpression<decltype(option.condition)>; };
    return data;
}

template <class... Options, std::size_t... indices>
constexpr std::array<OptionData, sizeof...(Options)> collect_options(
    const boost::hana::basic_tuple<Options...>& options, [[maybe_unused]] std::string_view owner,
    std::index_sequence<indices...>) {
    return {{data_of(boost::hana::at_c<indices>(options), owner)...}};
}

template <class... Options>
constexpr auto collect_options(const boost::hana::basic_tuple<Options...>& options, std::string_view owner) {
    return collect_options(options, owner, std::index_sequence_for<Options...>{});
}

template <class Owner>
inline constexpr auto options_of = collect_options(mapping_of<Owner>.options, reflect::type_words<Owner>);

/// The key's columns, at most as many as a FieldList has.
struct KeyColumns {
    std::array<std::size_t, FieldList::capacity> indexes{};
    std::size_t count = 0;
    bool has_more = false;  ///< than there is room for
};

/// The columns of primary_key<…>, else those of a field named `id`.
constexpr KeyColumns find_key(ListView<Column> columns, const ColumnWalkInput& input) {
    KeyColumns key;
    const auto add = [&](const void* field) {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (columns[i].field != field) continue;
            key.has_more = key.count == FieldList::capacity;
            if (!key.has_more) key.indexes[key.count++] = i;
        }
    };
    for (const OptionData& option : input.options) {
        if (option.kind != OptionKind::primary_key) continue;
        for (std::size_t i = 0; i < option.fields.count; ++i) add(option.fields.addresses[i]);
        return key;
    }
    const std::string_view key_name = input.is_full_text() ? full_text_key : std::string_view{"id"};
    for (std::size_t i = 0; i < input.names.size(); ++i) {
        if (input.names[i] == "id" || input.names[i] == key_name) add(input.addresses[i]);
    }
    return key;
}

template <class Owner>
inline constexpr ColumnWalkInput walk_input{fields_of<Owner>, reflect::field_names<Owner>,
                                            reflect::field_addresses<Owner>, options_of<Owner>};

template <class Owner>
inline constexpr ColumnSize column_size = measure_columns(walk_input<Owner>);

template <class Owner>
inline constexpr auto column_draft =
    draft_columns<column_size<Owner>.columns, column_size<Owner>.name_bytes>(walk_input<Owner>);

template <class Owner>
inline constexpr KeyColumns key_of = find_key(column_draft<Owner>.columns, walk_input<Owner>);

template <class Owner>
consteval auto find_columns() {
    auto columns = name_columns(column_draft<Owner>);
    for (std::size_t i = 0; i < key_of<Owner>.count; ++i) columns[key_of<Owner>.indexes[i]].is_key = true;
    return columns;
}

template <class Owner>
inline constexpr auto columns_of = find_columns<Owner>();

constexpr Table make_table(std::string_view schema, std::string_view name, std::string_view identity,
                           ListView<Column> columns, ListView<OptionData> options, const KeyColumns& key) {
    Table table{.name = name,
                .identity = identity,
                .relation = name,
                .schema = schema,
                .columns = columns,
                .options = options,
                .key = {key.indexes.data(), key.count}};
    table.strict = !table.has(OptionKind::not_strict);
    table.without_rowid = table.has(OptionKind::without_rowid);
    table.autoincrement = table.has(OptionKind::autoincrement);
    if (key.count == 1 && columns[key.indexes[0]].generatable && !table.without_rowid &&
        !table.has(OptionKind::assigned_key)) {
        table.generated_key = static_cast<int>(key.indexes[0]);
    }
    for (const OptionData& option : options) {
        if (option.kind == OptionKind::version && !option.is_misplaced) {
            table.version = static_cast<int>(table.column_of(option.fields.addresses[0]));
        }
    }
    return table;
}

template <class Owner>
inline constexpr Table table_info = make_table(
    mapping_of<Owner>.schema_name, mapping_of<Owner>.name.empty() ? reflect::type_name<Owner> : mapping_of<Owner>.name,
    reflect::type_identity<Owner>, columns_of<Owner>, options_of<Owner>, key_of<Owner>);

/// In place of the table of a parent that is no aggregate.
inline constexpr Table no_table{};

template <class Parent>
consteval const Table& find_target() {
    if constexpr (reflect::Aggregate<Parent>) {
        return table_info<Parent>;
    } else {
        return no_table;
    }
}

template <class Owner>
const Table& table_at_run_time() {
    return find_target<Owner>();
}

template <class Option>
consteval const Table* target_of() {
    if constexpr (requires { typename Option::Parent; }) {
        return &find_target<typename Option::Parent>();
    } else {
        return nullptr;
    }
}

template <class... Options>
consteval std::array<const Table*, sizeof...(Options)> collect_targets(const Mapping<Options...>&) {
    return {{target_of<Options>()...}};
}

/// For each option the table that it references, if any. Not a part of the table: two may reference each other.
template <class Owner>
inline constexpr auto targets_of = collect_targets(mapping_of<Owner>);

}  // namespace detail

template <class Owner>
constexpr const Table& table_of() {
    return detail::table_info<Owner>;
}

}  // namespace mica
