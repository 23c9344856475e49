// SPDX-License-Identifier: BSL-1.0
// What every SQL expression is: a type that renders its text, and an object that holds the values to bind.
#pragma once

#include <mica/codec/codec.hpp>
#include <mica/dialect/sql_writer.hpp>

#include <concepts>
#include <optional>
#include <type_traits>

namespace mica {

/// The base of all expressions. An expression has
/// - `Value`, the C++ type of its result, std::optional where it can be NULL;
/// - `precedence`, how tightly its text binds;
/// - `static render(SqlWriter&)` and `bind(Sink&) const`, which meet the values in the same order;
/// - `Children`, the types of the expressions it is made of, of which `Inspection` asks what it reads.
/// It lives beside the operators and not in mica itself, so that only expressions ever see them: an operator template
/// that every comparison of the library and its users has to try costs a tenth of their compile time.
namespace operators {
struct ExpressionTag {};
/// The base of all statements that can stand in another one, as a value or as a source of rows.
struct SelectTag {};
/// The base of what a static_assert has refused to make a statement.
struct RefusedTag {};
}  // namespace operators
using operators::ExpressionTag;
using operators::RefusedTag;
using operators::SelectTag;

// By the compiler's own word: std::derived_from costs ten class templates for each type that is asked about.

/// What stands for a value of SQL: columns, literals, functions and what operators make of them.
template <class Candidate>
concept Expression = __is_base_of(ExpressionTag, std::remove_reference_t<Candidate>);

template <class Candidate>
concept RefusedLike = __is_base_of(RefusedTag, std::remove_reference_t<Candidate>);

template <class Candidate>
concept SelectLike = __is_base_of(SelectTag, std::remove_reference_t<Candidate>);

/// The type of an expression's result.
template <Expression Operand>
using ValueOf = typename std::remove_cvref_t<Operand>::Value;

/// A condition: true, false and, where its Value is optional, unknown.
template <class Candidate>
concept Predicate = Expression<Candidate> && std::same_as<without_optional<ValueOf<Candidate>>, bool>;

/// SQLite's operators from loose to tight (https://www.sqlite.org/lang_expr.html, section 2).
namespace precedence {
inline constexpr int disjunction = 1;
inline constexpr int conjunction = 2;
inline constexpr int negation = 3;
inline constexpr int equality = 4;
inline constexpr int relation = 5;
inline constexpr int bits = 6;
inline constexpr int addition = 7;
inline constexpr int multiplication = 8;
inline constexpr int concatenation = 9;
inline constexpr int collation = 10;
inline constexpr int sign = 11;
inline constexpr int primary = 12;
}  // namespace precedence

namespace detail {

/// Renders an operand, in parentheses where it binds more loosely than its place allows.
template <class Operand>
constexpr void render_operand(SqlWriter& writer, int least_precedence) {
    const bool parenthesized = Operand::precedence < least_precedence;
    if (parenthesized) writer.put('(');
    Operand::render(writer);
    if (parenthesized) writer.put(')');
}

/// Renders expressions separated by commas.
template <class... Expressions>
constexpr void render_list(SqlWriter& writer) {
    [[maybe_unused]] bool first = true;  // where the list is empty
    ((first ? first = false : (writer.text(", "), false), Expressions::render(writer)), ...);
}

template <class Value, bool nullable>
using NullableIf = std::conditional_t<nullable && !is_optional<Value>, std::optional<Value>, Value>;

}  // namespace detail

struct Inspection;

/// A list of types.
template <class... Elements>
struct Types {
    /// Walks over all of them, see detail::inspect.
    static constexpr void inspect(Inspection& inspection);
};

/// A clause that a statement does not have.
struct None {
    using Children = Types<>;
    static constexpr void render(SqlWriter&) {}
    template <class Sink>
    constexpr void bind(Sink&) const {}
};

template <class Clause>
inline constexpr bool is_none = std::same_as<Clause, None>;

/// Stands in for an expression that a static_assert has refused, so that no second error follows the first.
struct Invalid;

}  // namespace mica
