// SPDX-License-Identifier: BSL-1.0
// INSERT from a SELECT: which columns are written, and whether what is selected fits them.
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/query/select/select.hpp>
#include <mica/query/write/insert_source.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <tuple>
#include <type_traits>

namespace mica {

namespace detail {

template <class Owner, auto... members>
consteval auto find_written_columns() {
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
}

/// The written columns of an entity in their order: those of some fields, or all.
template <class Owner, auto... members>
inline constexpr auto written_columns = find_written_columns<Owner, members...>();

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
            if (!detail::exchange(first, false)) writer.text(", ");
            writer.identifier(table_of<Owner>().columns[column].name);
        }
        writer.text(") ");
        if constexpr (is_ambiguous && !detail::is_plain_select<Query>) {
            writer.text("SELECT * FROM ");
            detail::render_nameless_source<Query>(writer);
        } else {
            Query::render(writer);
        }
        if (!is_ambiguous) return;
        writer.text(" WHERE ");
        writer.boolean(true);
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
