// SPDX-License-Identifier: BSL-1.0
// values<"name">(rows): values of the program as a table of a statement, with a text that does not depend on their
// number.
#pragma once

#include <mica/core/iterator.hpp>
#include <mica/core/value_list.hpp>
#include <mica/query/derived/derived.hpp>
#include <mica/query/derived/values_row.hpp>
#include <mica/query/expression/list_rows.hpp>

#include <array>
#include <cstddef>
#include <initializer_list>
#include <string_view>
#include <type_traits>
#include <utility>

namespace mica {

/// The SELECT that gives back rows of values: one list for each column, joined by position. CAST changes none of them,
/// but gives the column an affinity, and LIMIT no row less, but keeps the lists a table of its own: with both SQLite
/// makes an index of it where a join or EXISTS would otherwise go through all values for each row.
template <class RowType, FixedString... names>
struct ValuesQuery : SelectStatement<ValuesQuery<RowType, names...>> {
    using Shape = detail::NamedRow<RowType, names...>;
    using Projection = typename Shape::Projection;
    using Source = None;
    using Row = typename Projection::template RowIn<None>;
    using Definitions = detail::DefinitionsOf<None>;
    using Children = Types<>;
    static constexpr bool is_of_values = true;
    static constexpr bool is_ordered = false;
    static constexpr bool is_limited = true;
    static constexpr bool has_one_row = false;

    std::array<ValueList, Shape::width> columns;

    static constexpr ListView<ColumnOrigin> origins() { return Projection::origins(); }
    static constexpr void render(SqlWriter& writer) {
        writer.text("SELECT ");
        for (std::size_t i = 0; i < Shape::width; ++i) {
            if (i > 0) writer.text(", ");
            writer.text("CAST(");
            writer.list_value(i);
            writer.text(" AS ");
            writer.type(Shape::storage_at(i));
            writer.text(") AS ");
            writer.identifier(Shape::name_at(i));
        }
        detail::render_joined_lists(writer, Shape::width);
        writer.text(" LIMIT ");
        writer.text(writer.dialect().unlimited);
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        for (const ValueList& column : columns) sink.values(column);
    }

    static consteval bool require_sound() { return true; }
    static consteval bool is_in_scope() { return true; }
    static consteval bool require_own_scope() { return true; }
    static constexpr void inspect(Inspection&) {}
};

namespace detail {

/// The type of a range's elements, void where it is none.
template <class Range>
consteval auto find_element() {
    if constexpr (requires(Range& range) { *std::begin(range); }) {
        return std::type_identity<std::iter_value_t<decltype(std::begin(std::declval<Range&>()))>>{};
    } else {
        return std::type_identity<void>{};
    }
}

template <FixedString name, FixedString... columns, class Range, class Row>
auto make_values(Range& range, std::type_identity<Row>) {
    if constexpr (require_values<find_values_flaw<Row, columns...>()>()) {
        using Query = ValuesQuery<Row, columns...>;
        Query query{{}, {}};
        if constexpr (requires { range.size(); }) {
            for (ValueList& list : query.columns) list.reserve(static_cast<std::size_t>(range.size()));
        }
        for (const auto& row : range) Query::Shape::Values::add(row, query.columns.data());
        return DerivedTable<name, Query>{{}, std::move(query)};
    } else {
        return RefusedSource{};
    }
}

}  // namespace detail

/// Rows of values in FROM, under a name. They are a range of aggregates, whose fields name the columns:
/// `auto wanted = values<"wanted">(lines); select(wanted.col<&Line::amount>).from(wanted)`.
/// Holds its own copies of all values. Throws what a codec throws. Cost: one pass over the range, and a lookup by
/// position for each row and column.
template <FixedString name, class Range>
auto values(Range&& rows) {
    return detail::make_values<name>(rows, detail::find_element<Range>());
}
/// A range of tuples or pairs, or of single values, with a name for each column: `values<"v", "id", "name">(tuples)`.
template <FixedString name, FixedString first, FixedString... more, class Range>
auto values(Range&& rows) {
    return detail::make_values<name, first, more...>(rows, detail::find_element<Range>());
}
/// The same rows in braces: `values<"v", Line>({{1, "a"}, {2, "b"}})`.
template <FixedString name, class Row>
auto values(std::initializer_list<Row> rows) {
    return detail::make_values<name>(rows, std::type_identity<Row>{});
}
template <FixedString name, FixedString first, FixedString... more, class Row>
auto values(std::initializer_list<Row> rows) {
    return detail::make_values<name, first, more...>(rows, std::type_identity<Row>{});
}

}  // namespace mica
