// SPDX-License-Identifier: BSL-1.0
// row(a, b).in(tuples): IN over any number of rows of values, with a text that does not depend on their number.
#pragma once

#include <mica/core/value_list.hpp>
#include <mica/query/expression/list_rows.hpp>
#include <mica/query/select/row_value.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

namespace mica {

/// IN over rows of values: one list for each column, joined by position.
template <class Result, class Row, bool negated, std::size_t width>
struct RowInValues : Operand<RowInValues<Result, Row, negated, width>> {
    using Value = Result;
    using Children = typename Row::Children;
    static constexpr int precedence = precedence::equality;

    Row row;
    std::array<ValueList, width> columns;

    RowInValues(Row of, std::array<ValueList, width> lists) : row(std::move(of)), columns(std::move(lists)) {}

    /// SQLite looks through the whole list for each row that is not in it, in case of a NULL there. Where there can be
    /// none, CASE asks for no difference between unknown and false.
    static constexpr bool is_search = negated && !is_optional<Result>;

    static constexpr void render(SqlWriter& writer) {
        if (is_search) writer.text("CASE WHEN ");
        Row::render(writer);
        writer.text(negated && !is_search ? " NOT IN " : " IN ");
        detail::render_list_rows(writer, width);
        if (!is_search) return;
        writer.text(" THEN ");
        writer.boolean(false);
        writer.text(" ELSE ");
        writer.boolean(true);
        writer.text(" END");
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        row.bind(sink);
        for (const ValueList& column : columns) sink.values(column);
    }
};

namespace detail {

template <class Element, class Peer>
void add_to_list(const Element& element, ValueList& list) {
    using Type = typename decltype(bound_type<Element, Peer>())::type;
    if constexpr (std::convertible_to<Element, std::string_view> && is_text<without_optional<Type>>) {
        list.text(element, Lifetime::copied);
    } else if constexpr (MadeFiner<Type, Element>) {
        encode(made_finer<Type>(element), list, Lifetime::copied);
    } else {
        encode(static_cast<const Type&>(element), list, Lifetime::copied);
    }
}

template <class Tuple, std::size_t width>
consteval bool has_width() {
    if constexpr (requires { std::tuple_size<Tuple>::value; }) {
        return std::tuple_size<Tuple>::value == width;
    } else {
        return false;
    }
}

template <class Tuple, class... Peers, std::size_t... indices>
consteval bool are_row_values(std::type_identity<Types<Peers...>>, std::index_sequence<indices...>) {
    return (can_stand_beside<Peers, std::tuple_element_t<indices, Tuple>>() && ...);
}

template <class Tuple, std::size_t... indices>
consteval bool has_optional(std::index_sequence<indices...>) {
    return (is_optional<std::tuple_element_t<indices, Tuple>> || ...);
}

template <class... Elements, class Range, std::size_t... indices>
auto columns_of_rows(const ValueRow<Elements...>&, const Range& range, std::index_sequence<indices...>) {
    std::array<ValueList, sizeof...(Elements)> columns;
    for (const auto& tuple : range)
        (add_to_list<std::remove_cvref_t<decltype(std::get<indices>(tuple))>, ValueOf<Elements>>(
             std::get<indices>(tuple), columns[indices]),
         ...);
    return columns;
}

template <bool negated, class... Elements, class Range>
auto row_in_values(const ValueRow<Elements...>& row, const Range& range) {
    using Tuple = std::remove_cvref_t<decltype(*std::begin(range))>;
    using Places = std::index_sequence_for<Elements...>;
    if constexpr (!require_same_shape<has_width<Tuple, sizeof...(Elements)>(), true>()) {
        return Invalid{};
    } else if constexpr (!require_same_shape<true,
                                             are_row_values<Tuple>(std::type_identity<Types<ValueOf<Elements>...>>{},
                                                                   Places{})>()) {
        return Invalid{};
    } else {
        constexpr bool can_be_null = (is_optional<ValueOf<Elements>> || ...) || has_optional<Tuple>(Places{});
        return RowInValues<NullableIf<bool, can_be_null>, ValueRow<Elements...>, negated, sizeof...(Elements)>{
            row, columns_of_rows(row, range, Places{})};
    }
}

}  // namespace detail

}  // namespace mica
