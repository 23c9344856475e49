// SPDX-License-Identifier: BSL-1.0
// What an INSERT writes: whole objects, single columns, defaults, or the rows of a SELECT.
#pragma once

#include <mica/query/change.hpp>
#include <mica/query/row.hpp>
#include <mica/query/select.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace mica {

namespace detail {

constexpr void render_whole_row(SqlWriter& writer, const Table& table) {
    writer.text(" (");
    bool first = true;
    for (const Column& column : table.columns) {
        if (column.is_generated) continue;
        if (!std::exchange(first, false)) writer.text(", ");
        writer.identifier(column.name);
    }
    writer.text(") VALUES (");
    first = true;
    for (const Column& column : table.columns) {
        if (column.is_generated) continue;
        if (!std::exchange(first, false)) writer.text(", ");
        writer.parameter();
    }
    writer.put(')');
}

/// Whether a column has a value where an insert does not name it.
constexpr bool is_filled_in(const Table& table, std::size_t index) {
    const Column& column = table.columns[index];
    if (column.nullable || column.is_generated || static_cast<int>(index) == table.generated_key) return true;
    for (const OptionData& option : table.options) {
        if (option.kind == OptionKind::default_value && option.fields.contains(column.field)) return true;
    }
    return false;
}

/// The first column that has to be written and is not; as many as there are where none is missing.
template <class Owner, std::size_t count>
constexpr std::size_t find_missing(const std::array<std::size_t, count>& written) {
    const Table& table = table_of<Owner>();
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        bool is_there = is_filled_in(table, i);
        for (const std::size_t column : written) is_there = is_there || column == i;
        if (!is_there) return i;
    }
    return table.columns.size();
}

/// A column's name, to stand in the lines around an error.
template <std::size_t size>
struct ColumnName {
    char text[size + 1]{};
};

template <class Owner, std::size_t column>
consteval auto name_of_column() {
    constexpr std::string_view name = table_of<Owner>().columns[column].name;
    ColumnName<name.size()> copy;
    for (std::size_t i = 0; i < name.size(); ++i) copy.text[i] = name[i];
    return copy;
}

template <auto missing, bool is_complete = false>
consteval bool require_no_missing_column() {
    static_assert(is_complete,
                  "mica: this insert lacks a column that is NOT NULL and that the database does not fill in: write it, "
                  "or give it a default_value<>");
    return is_complete;
}

/// Says that every column has a value, of those written and those that the database fills in.
template <class Owner, std::size_t missing>
consteval bool require_complete() {
    if constexpr (missing == columns_of<Owner>.size()) {
        return true;
    } else {
        return require_no_missing_column<name_of_column<Owner, missing>()>();
    }
}

/// A key that is 0 is chosen by the database, as that of a whole object is.
template <class Change>
constexpr void render_new_value(SqlWriter& writer) {
    constexpr int key = table_of<typename Change::Owner>().generated_key;
    constexpr bool may_be_chosen = static_cast<int>(Change::column_index()) == key;
    if (may_be_chosen) writer.text("nullif(");
    NewValue<Change>::render(writer);
    if (may_be_chosen) writer.text(", 0)");
}

}  // namespace detail

/// One object, held.
template <class Owner>
struct ObjectValues {
    using Children = Types<>;
    static constexpr bool is_many = false;
    Owner object;

    template <bool>
    static constexpr void render(SqlWriter& writer) {
        detail::render_whole_row(writer, table_of<Owner>());
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        bind_row(object, sink);
    }
};

/// Several objects, which the statement of one is run for.
template <class Owner>
struct ManyObjects {
    using Children = Types<>;
    static constexpr bool is_many = true;
    std::vector<Owner> objects;

    template <bool>
    static constexpr void render(SqlWriter& writer) {
        detail::render_whole_row(writer, table_of<Owner>());
    }
    /// The first object, for who only looks at the statement: each is bound for a run of its own.
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        if (!objects.empty()) bind_row(objects.front(), sink);
    }
};

/// Values of single columns.
template <class... Changes>
struct ColumnValues {
    using Children = Types<detail::NewValue<Changes>...>;
    static constexpr bool is_many = false;
    boost::hana::basic_tuple<Changes...> changes;

    template <bool>
    static constexpr void render(SqlWriter& writer) {
        writer.text(" (");
        bool first = true;
        ((writer.text(std::exchange(first, false) ? "" : ", "), Changes::render_target(writer)), ...);
        writer.text(") VALUES (");
        first = true;
        ((writer.text(std::exchange(first, false) ? "" : ", "), detail::render_new_value<Changes>(writer)), ...);
        writer.put(')');
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        detail::bind_each(changes, sink);
    }
};

/// A row of defaults only.
struct DefaultValues {
    using Children = Types<>;
    static constexpr bool is_many = false;
    static constexpr bool can_conflict = false;

    template <bool>
    static constexpr void render(SqlWriter& writer) {
        writer.text(" DEFAULT VALUES");
    }
    template <class Sink>
    constexpr void bind(Sink&) const {}
};

namespace detail {

/// The written columns of an entity in their order: those of some fields, or all.
template <class Owner, auto... members>
inline constexpr auto written_columns = [] {
    constexpr auto walk = [](auto&& take) {
        const Table& table = table_of<Owner>();
        if constexpr (sizeof...(members) == 0) {
            for (std::size_t i = 0; i < table.columns.size(); ++i) {
                if (!table.columns[i].is_generated) take(i);
            }
        } else {
            for (const void* const field : {static_cast<const void*>(reflect::address_of(members))...}) {
                for (std::size_t i = 0; i < table.columns.size(); ++i) {
                    if (table.columns[i].field == field) take(i);
                }
            }
        }
    };
    constexpr std::size_t count = [walk] {
        std::size_t taken = 0;
        walk([&taken](std::size_t) { ++taken; });
        return taken;
    }();
    std::array<std::size_t, count> columns{};
    std::size_t next = 0;
    walk([&](std::size_t column) { columns[next++] = column; });
    return columns;
}();

template <class Query>
inline constexpr bool is_open_ended = !Query::is_ordered && !Query::is_limited;
template <class List, class From, class Where, class Grouping, class Order, class Limit>
inline constexpr bool is_open_ended<Select<List, From, Where, Grouping, Order, Limit>> =
    is_none<Where> && is_none<Grouping> && is_none<Order> && is_none<Limit>;

template <class Query>
inline constexpr bool is_plain_select = false;
template <class List, class From, class Where, class Grouping, class Order, class Limit>
inline constexpr bool is_plain_select<Select<List, From, Where, Grouping, Order, Limit>> = true;

}  // namespace detail

/// The rows of a SELECT, its columns written by position.
template <class Owner, class Query, auto... members>
struct SelectedRows {
    using Children = Types<Query>;
    static constexpr bool is_many = false;
    Query query;

    /// Behind a FROM the parser takes the ON of ON CONFLICT for that of a join
    /// (https://www.sqlite.org/lang_upsert.html, section 2.2).
    template <bool has_conflict>
    static constexpr void render(SqlWriter& writer) {
        constexpr bool is_ambiguous = has_conflict && detail::is_open_ended<Query>;
        writer.text(" (");
        bool first = true;
        for (const std::size_t column : detail::written_columns<Owner, members...>) {
            if (!std::exchange(first, false)) writer.text(", ");
            writer.identifier(table_of<Owner>().columns[column].name);
        }
        writer.text(") ");
        if constexpr (is_ambiguous && !detail::is_plain_select<Query>) {
            writer.text("SELECT * FROM (");
            Query::render(writer);
            writer.put(')');
        } else {
            Query::render(writer);
        }
        if (is_ambiguous) writer.text(" WHERE true");
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        query.bind(sink);
    }
};

namespace detail {

enum class SelectionFlaw : unsigned char { none, wrong_count, wrong_type, not_nullable };

/// What keeps selected columns from being written into those of a table. A key that the database may choose is chosen
/// where it is NULL.
template <class Owner, std::size_t count>
constexpr SelectionFlaw find_selection_flaw(const std::array<std::size_t, count>& written,
                                            ListView<ValueShape> selected) {
    const Table& table = table_of<Owner>();
    if (selected.size() != count) return SelectionFlaw::wrong_count;
    for (std::size_t i = 0; i < count; ++i) {
        const Column& column = table.columns[written[i]];
        const bool exact_enough = selected[i].storage == StorageClass::integer && column.storage == StorageClass::real;
        if (selected[i].storage != column.storage && !exact_enough) return SelectionFlaw::wrong_type;
    }
    for (std::size_t i = 0; i < count; ++i) {
        const bool takes_null =
            table.columns[written[i]].nullable || static_cast<int>(written[i]) == table.generated_key;
        if (selected[i].nullable && !takes_null) return SelectionFlaw::not_nullable;
    }
    return SelectionFlaw::none;
}

/// Says what keeps a SELECT from standing where no other one's tables are in scope.
template <class Query>
consteval bool require_standalone() {
    if constexpr (is_refused<Query>) {
        return false;
    } else if constexpr (!require_subquery<Query>()) {
        return false;
    } else if constexpr (requires { Query::require_own_scope(); }) {
        return Query::require_own_scope();
    } else {
        return true;
    }
}

template <class... Values>
inline constexpr std::array<ValueShape, sizeof...(Values)> shapes_of_values{
    {{storage_class_of<Values>, is_optional<Values>}...}};

template <class Query, class... Values>
consteval ListView<ValueShape> shapes_of_query(std::type_identity<std::tuple<Values...>>) {
    if constexpr ((Storable<Values> && ...)) {
        return shapes_of_values<Values...>;
    } else {
        return shapes_of<typename Query::Source>(std::type_identity<typename Query::Projection>{});
    }
}

/// The shapes of a row's values, or of the selected columns where an entity is among them.
template <class Query>
consteval ListView<ValueShape> shapes_of_query() {
    if constexpr (requires { shapes_of_query<Query>(std::type_identity<typename Query::Row>{}); }) {
        return shapes_of_query<Query>(std::type_identity<typename Query::Row>{});
    } else {
        return shapes_of_query<Query>(std::type_identity<std::tuple<typename Query::Row>>{});
    }
}

/// Says what keeps a SELECT from being inserted into these columns of an entity.
template <class Owner, class Query, auto... members>
consteval bool require_selection() {
    if constexpr (!require_standalone<Query>()) {
        return false;
    } else {
        constexpr SelectionFlaw flaw =
            find_selection_flaw<Owner>(written_columns<Owner, members...>, shapes_of_query<Query>());
        static_assert(flaw != SelectionFlaw::wrong_count,
                      "mica: from() needs a SELECT with one expression for each written column");
        static_assert(flaw != SelectionFlaw::wrong_type, "mica: from() selects a value whose type is not its column's");
        static_assert(flaw != SelectionFlaw::not_nullable,
                      "mica: from() selects a value that can be NULL for a column that cannot");
        return flaw == SelectionFlaw::none;
    }
}

/// Says what of the fields of columns<>() cannot be written.
template <class Owner, auto... members>
consteval bool require_fields() {
    constexpr bool own = sizeof...(members) > 0 && (std::same_as<Owner, reflect::OwnerOf<members>> && ...);
    static_assert(own, "mica: columns<>() takes fields of the inserted entity");
    if constexpr (!own) {
        return false;
    } else {
        constexpr bool are_columns =
            ((table_of<Owner>().column_of(reflect::address_of(members)) < columns_of<Owner>.size()) && ...);
        static_assert(are_columns, "mica: columns<>() names a field that is no column");
        if constexpr (!are_columns) {
            return false;
        } else {
            constexpr auto& columns = written_columns<Owner, members...>;
            return require_writable<has_repeated(columns), has_generated<Owner>(columns)>() &&
                   require_complete<Owner, find_missing<Owner>(columns)>();
        }
    }
}

}  // namespace detail

}  // namespace mica
