// SPDX-License-Identifier: BSL-1.0
// What the expressions inside a mapping may be. The table that they are about is not there yet, only their types are.
#pragma once

#include <mica/codec/codec.hpp>

#include <concepts>
#include <type_traits>

namespace mica::detail {

/// Says that an expression, where it knows its type, is true or false.
template <class Expression>
consteval void require_condition() {
    constexpr bool is_condition =
        !requires { requires !std::same_as<without_optional<typename Expression::Value>, bool>; };
    static_assert(is_condition, "mica: check() and the where() of an index take a condition");
}

template <class Node>
consteval bool spans_rows();

template <template <class...> class List, class... Nodes>
consteval bool any_spans_rows(std::type_identity<List<Nodes...>>) {
    return (spans_rows<Nodes>() || ...);
}

/// Whether an expression needs more than one row: as an aggregate, a window function or a SELECT it says so itself.
/// It is asked before there is a table, and so of types alone.
template <class Node>
consteval bool spans_rows() {
    if constexpr (requires { requires Node::spans_rows; }) {
        return true;
    } else if constexpr (requires { typename Node::Children; }) {
        return any_spans_rows(std::type_identity<typename Node::Children>{});
    } else {
        return false;
    }
}

/// Says that an expression in a mapping can be computed from the row that it stands for.
template <class... Expressions>
consteval void require_one_row() {
    constexpr bool is_of_one_row = !(spans_rows<Expressions>() || ...);
    static_assert(is_of_one_row,
                  "mica: check(), generated<>, default_expr<> and an index see one row, so they take no aggregate, no "
                  "window function and no select()");
}

}  // namespace mica::detail
