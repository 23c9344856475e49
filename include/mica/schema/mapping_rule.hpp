// SPDX-License-Identifier: BSL-1.0
// What the expressions inside a mapping may be. The table that they are about is not there yet, only their types are.
#pragma once

#include <mica/codec/arithmetic.hpp>
#include <mica/codec/path.hpp>
#include <mica/codec/text.hpp>
#include <mica/schema/relation.hpp>

#include <concepts>
#include <string>
#include <string_view>
#include <type_traits>

namespace mica::detail {

/// Says that an expression, where it knows its type, is true or false.
template <class Expression>
consteval void require_condition() {
    constexpr bool is_condition =
        !requires { requires !std::same_as<without_optional<typename Expression::Value>, bool>; };
    static_assert(is_condition, "mica: check() and the where() of an index take a condition");
}

template <class Field>
inline constexpr bool is_plain_text =
    std::same_as<Field, std::string> || std::same_as<Field, std::string_view> || PathLike<Field>;

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

template <class Node>
consteval bool is_of_run_time();

template <template <class...> class List, class... Nodes>
consteval bool any_of_run_time(std::type_identity<List<Nodes...>>) {
    return (is_of_run_time<Nodes>() || ...);
}
template <class Node>
consteval bool any_of_run_time(std::type_identity<Node>) {
    return false;
}

/// Whether an expression, or an option or a list of them, has text that is made at run time.
template <class Node>
consteval bool is_of_run_time() {
    if constexpr (requires { requires Node::is_of_run_time; }) {
        return true;
    } else if constexpr (requires { typename Node::Children; }) {
        return any_of_run_time(std::type_identity<typename Node::Children>{});
    } else {
        return any_of_run_time(std::type_identity<Node>{});
    }
}

template <class Node>
consteval bool keeps_memory();

template <template <class...> class List, class... Nodes>
consteval bool any_keeps_memory(std::type_identity<List<Nodes...>>) {
    return (keeps_memory<Nodes>() || ...);
}
template <class Node>
consteval bool any_keeps_memory(std::type_identity<Node>) {
    return false;
}

/// Whether an expression, or an option or a list of them, has a value with memory of its own, as a std::string: what
/// is no literal. A list in braces has none where it is a constant.
template <class Node>
consteval bool keeps_memory() {
    if constexpr (std::is_trivially_destructible_v<Node>) {
        return false;
    } else if constexpr (requires { requires std::same_as<decltype(Node::value), typename Node::Value>; }) {
        return true;
    } else if constexpr (requires { typename Node::Children; }) {
        return any_keeps_memory(std::type_identity<typename Node::Children>{});
    } else {
        return any_keeps_memory(std::type_identity<Node>{});
    }
}

/// Whether a field holds what an expression gives, as far as their types tell: numbers with their kind, texts, and
/// everything else as the same type.
template <class Field, class Value>
inline constexpr bool holds_value =
    std::same_as<Field, Value> || (StoredInteger<Field> && (StoredInteger<Value> || std::same_as<Value, bool>)) ||
    (std::floating_point<Field> && (StoredInteger<Value> || std::floating_point<Value>)) ||
    (is_plain_text<Field> && is_plain_text<Value>) ||
    (storage_class_of<Field> == StorageClass::blob && storage_class_of<Value> == StorageClass::blob);

/// Says that a field holds what an expression gives, where the expression knows its type.
template <class Field, class Expression>
consteval void require_field_value() {
    constexpr bool is_refused = requires { requires Expression::is_invalid; } || is_of_run_time<Expression>();
    if constexpr (!is_refused && requires { typename Expression::Value; }) {
        using Value = without_optional<typename Expression::Value>;
        static_assert(holds_value<Field, Value>,
                      "mica: default_expr<> and generated<> give a value of their field's type; cast<>() makes one, of "
                      "points in time datetime<>()");
    }
}

/// Says that an expression in a mapping is a constant that can be computed from the row that it stands for.
template <class... Expressions>
consteval void require_one_row() {
    constexpr bool is_constant = !(is_of_run_time<Expressions>() || ...);
    static_assert(is_constant,
                  "mica: sql<>() is text of run time and cannot stand in a mapping, which is a constant; write it with "
                  "mica's functions or func<>()");
    constexpr bool is_of_one_row = !(spans_rows<Expressions>() || ...);
    static_assert(is_of_one_row,
                  "mica: check(), generated<>, default_expr<> and an index see one row, so they take no aggregate, no "
                  "window function and no select()");
}

template <class Field, class Node>
consteval bool is_readable_with();

template <class Field, template <class...> class List, class... Nodes>
consteval bool all_are_readable_with(std::type_identity<List<Nodes...>>) {
    return (is_readable_with<Field, Nodes>() && ...);
}

/// Whether an expression has columns of those tables only that a collection is read from.
template <class Field, class Node>
consteval bool is_readable_with() {
    if constexpr (requires { typename Node::Source::Entity; }) {
        return is_read_from<Field, typename Node::Source::Entity> && !Node::Source::is_alias;
    } else if constexpr (requires { typename Node::Children; }) {
        return all_are_readable_with<Field>(std::type_identity<typename Node::Children>{});
    } else {
        return true;
    }
}

/// Says that an order or a condition is about the rows of a collection.
template <class Field, class... Expressions>
consteval void require_readable_with() {
    constexpr bool is_readable = !is_collection_field<Field> || (is_readable_with<Field, Expressions>() && ...);
    static_assert(is_readable,
                  "mica: relation<>.order_by() and .where() take columns of the entity that the relation leads to");
}

}  // namespace mica::detail
