// SPDX-License-Identifier: BSL-1.0
// The operators of C++ as operators of SQL. Operands of unrelated types fail with one sentence.
#pragma once

#include <mica/query/expression/operand_types.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace mica {

namespace detail {

struct Operator {
    char text[10];
    int precedence;
    /// The loosest that an operand may bind without parentheses.
    int left;
    int right;
    /// Whether NULL is a value like any other, so that the result is never NULL.
    bool takes_null = false;
    /// Where databases spell it differently.
    std::string_view Dialect::* word = nullptr;
    Feature needs = Feature::none;
};

inline constexpr Operator equal{" = ", precedence::equality, precedence::relation + 1, precedence::relation + 1};
inline constexpr Operator unequal{" <> ", precedence::equality, precedence::relation + 1, precedence::relation + 1};
inline constexpr Operator tests_null{" IS ", precedence::equality, precedence::relation + 1, precedence::relation + 1,
                                     true};
inline constexpr Operator tests_not_null{" IS NOT ", precedence::equality, precedence::relation + 1,
                                         precedence::relation + 1, true};
inline constexpr Operator equal_or_null{"",   precedence::equality, precedence::relation + 1, precedence::relation + 1,
                                        true, &Dialect::same};
inline constexpr Operator unequal_or_null{
    "", precedence::equality, precedence::relation + 1, precedence::relation + 1, true, &Dialect::distinct};
inline constexpr Operator less{" < ", precedence::relation, precedence::addition, precedence::addition};
inline constexpr Operator less_equal{" <= ", precedence::relation, precedence::addition, precedence::addition};
inline constexpr Operator greater{" > ", precedence::relation, precedence::addition, precedence::addition};
inline constexpr Operator greater_equal{" >= ", precedence::relation, precedence::addition, precedence::addition};
inline constexpr Operator conjunction{" AND ", precedence::conjunction, precedence::conjunction,
                                      precedence::conjunction};
inline constexpr Operator disjunction{" OR ", precedence::disjunction, precedence::disjunction,
                                      precedence::disjunction};
inline constexpr Operator plus{" + ", precedence::addition, precedence::addition, precedence::multiplication};
inline constexpr Operator minus{" - ", precedence::addition, precedence::addition, precedence::multiplication};
inline constexpr Operator times{" * ", precedence::multiplication, precedence::multiplication,
                                precedence::concatenation};
inline constexpr Operator divided{" / ", precedence::multiplication, precedence::multiplication,
                                  precedence::concatenation};
inline constexpr Operator modulo{" % ", precedence::multiplication, precedence::multiplication,
                                 precedence::concatenation};
inline constexpr Operator concatenated{
    "", precedence::concatenation, precedence::concatenation, precedence::collation, false, &Dialect::concatenation};

constexpr void render_operator(SqlWriter& writer, const Operator& sql_operator) {
    writer.need(sql_operator.needs);
    if (sql_operator.word == nullptr) return writer.text(sql_operator.text);
    writer.text(writer.dialect().*sql_operator.word);
}

/// An operand without its type: all that is compiled for a pair of types is the call of what writes it.
struct OperandText {
    RenderFunction render;
    int precedence;

    constexpr void write(SqlWriter& writer, int least_precedence) const {
        const bool parenthesized = precedence < least_precedence;
        if (parenthesized) writer.put('(');
        render(writer);
        if (parenthesized) writer.put(')');
    }
};

constexpr void render_binary(SqlWriter& writer, const Operator& sql_operator, OperandText left, OperandText right) {
    left.write(writer, sql_operator.left);
    render_operator(writer, sql_operator);
    right.write(writer, sql_operator.right);
}

}  // namespace detail

/// Two operands with an operator between them.
template <const detail::Operator& sql_operator, class Result, Expression Left, Expression Right>
struct Binary : Operand<Binary<sql_operator, Result, Left, Right>> {
    using Value = Result;
    using Children = Types<Left, Right>;
    static constexpr int precedence = sql_operator.precedence;

    Left left;
    Right right;

    static constexpr void render(SqlWriter& writer) {
        detail::render_binary(writer, sql_operator, {&Left::render, Left::precedence},
                              {&Right::render, Right::precedence});
    }
    static constexpr bool is_nullable(const OuterTables& outer) {
        return !sql_operator.takes_null &&
               (detail::is_nullable_in<Left>(outer) || detail::is_nullable_in<Right>(outer));
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        left.bind(sink);
        right.bind(sink);
    }
};

enum class Sign : unsigned char { negation, minus, complement };

template <Sign sign, class Result, Expression Of>
struct Unary : Operand<Unary<sign, Result, Of>> {
    using Value = Result;
    using Children = Types<Of>;
    static constexpr int precedence = sign == Sign::negation ? precedence::negation : precedence::sign;

    Of operand;

    constexpr explicit Unary(Of of) : operand(std::move(of)) {}

    static constexpr void render(SqlWriter& writer) {
        writer.text(sign == Sign::negation ? "NOT " : sign == Sign::minus ? "-" : "~");
        detail::render_operand<Of>(writer, sign == Sign::negation ? precedence::negation : precedence::primary);
    }
    template <class Sink>
    constexpr void bind(Sink& sink) const {
        operand.bind(sink);
    }
};

namespace detail {

template <class Left, class Right>
inline constexpr bool either_nullable = is_optional<ValueOf<Left>> || is_optional<ValueOf<Right>>;

// In one alias: of two, one inside of the other, g++ 16 does not take the reference.
template <const Operator& sql_operator, class Result, class Left, class Right>
using BinaryOf = Binary<sql_operator,
                        NullableIf<Result, either_nullable<Lifted<ValueTypeOfOperand<Right>, Left>,
                                                           Lifted<ValueTypeOfOperand<Left>, Right>> &&
                                               !sql_operator.takes_null>,
                        Lifted<ValueTypeOfOperand<Right>, Left>, Lifted<ValueTypeOfOperand<Left>, Right>>;

// Here and in the clauses casts stand for std::move() and std::forward(), and nothing is called that could be written
// out: of each of its operands' types a query has its own instance of these, for 60 kB of g++ apiece.
template <const Operator& sql_operator, class Result, class Left, class Right>
constexpr auto make_binary(Left&& left, Right&& right) {
    return BinaryOf<sql_operator, Result, Left, Right>{{},
                                                       lift<ValueTypeOfOperand<Right>>(static_cast<Left&&>(left)),
                                                       lift<ValueTypeOfOperand<Left>>(static_cast<Right&&>(right))};
}

template <const Operator& sql_operator, class Left, class Right>
constexpr auto compare(Left&& left, Right&& right) {
    constexpr bool has_order = !is_nullopt<Left> && !is_nullopt<Right>;
    static_assert(has_order || sql_operator.takes_null,
                  "mica: NULL has no order; compare with std::nullopt by == or !=");
    if constexpr (!has_order && !sql_operator.takes_null) {
        return Invalid{};
    } else if constexpr (require_comparable_operands<Left, Right>()) {
        return BinaryOf<sql_operator, bool, Left, Right>{{},
                                                         lift<ValueTypeOfOperand<Right>>(static_cast<Left&&>(left)),
                                                         lift<ValueTypeOfOperand<Left>>(static_cast<Right&&>(right))};
    } else {
        return Invalid{};
    }
}

template <const Operator& sql_operator, class Left, class Right>
constexpr auto combine(Left&& left, Right&& right) {
    constexpr bool are_conditions = is_condition<Left> && is_condition<Right>;
    static_assert(are_conditions || either_invalid<Left, Right>,
                  "mica: && and || combine conditions, and || puts texts together");
    if constexpr (are_conditions) {
        return BinaryOf<sql_operator, bool, Left, Right>{{},
                                                         lift<ValueTypeOfOperand<Right>>(static_cast<Left&&>(left)),
                                                         lift<ValueTypeOfOperand<Left>>(static_cast<Right&&>(right))};
    } else {
        return Invalid{};
    }
}

template <class Left, class Right>
inline constexpr bool either_optional_value =
    is_optional_value<std::remove_cvref_t<Left>> || is_optional_value<std::remove_cvref_t<Right>>;

/// One side is an expression, or a SELECT as its value; what the other one is not is said in words.
template <class Left, class Right>
concept OperandPair = SqlOperand<Left> || SqlOperand<Right> || RefusedLike<Left> || RefusedLike<Right>;

}  // namespace detail

/// Found for expressions, wherever they are used, and for nothing else.
namespace operators {

/// Of a std::optional C++'s meaning: an empty one equals NULL, and one with a value never does.
template <class Left, class Right>
    requires detail::OperandPair<Left, Right>
constexpr auto operator==(Left&& left, Right&& right) {
    if constexpr (detail::is_nullopt<Right>) {
        return detail::compare<detail::tests_null>(static_cast<Left&&>(left), static_cast<Right&&>(right));
    } else if constexpr (detail::is_nullopt<Left> || detail::either_optional_value<Left, Right>) {
        return detail::compare<detail::equal_or_null>(static_cast<Left&&>(left), static_cast<Right&&>(right));
    } else {
        return detail::compare<detail::equal>(static_cast<Left&&>(left), static_cast<Right&&>(right));
    }
}

template <class Left, class Right>
    requires detail::OperandPair<Left, Right>
constexpr auto operator!=(Left&& left, Right&& right) {
    if constexpr (detail::is_nullopt<Right>) {
        return detail::compare<detail::tests_not_null>(static_cast<Left&&>(left), static_cast<Right&&>(right));
    } else if constexpr (detail::is_nullopt<Left> || detail::either_optional_value<Left, Right>) {
        return detail::compare<detail::unequal_or_null>(static_cast<Left&&>(left), static_cast<Right&&>(right));
    } else {
        return detail::compare<detail::unequal>(static_cast<Left&&>(left), static_cast<Right&&>(right));
    }
}

template <class Left, class Right>
    requires detail::OperandPair<Left, Right>
constexpr auto operator<(Left&& left, Right&& right) {
    return detail::compare<detail::less>(static_cast<Left&&>(left), static_cast<Right&&>(right));
}

template <class Left, class Right>
    requires detail::OperandPair<Left, Right>
constexpr auto operator<=(Left&& left, Right&& right) {
    return detail::compare<detail::less_equal>(static_cast<Left&&>(left), static_cast<Right&&>(right));
}

template <class Left, class Right>
    requires detail::OperandPair<Left, Right>
constexpr auto operator>(Left&& left, Right&& right) {
    return detail::compare<detail::greater>(static_cast<Left&&>(left), static_cast<Right&&>(right));
}

template <class Left, class Right>
    requires detail::OperandPair<Left, Right>
constexpr auto operator>=(Left&& left, Right&& right) {
    return detail::compare<detail::greater_equal>(static_cast<Left&&>(left), static_cast<Right&&>(right));
}

/// SQL's AND, three-valued; both sides are always evaluated in C++.
template <class Left, class Right>
    requires detail::OperandPair<Left, Right>
constexpr auto operator&&(Left&& left, Right&& right) {
    return detail::combine<detail::conjunction>(static_cast<Left&&>(left), static_cast<Right&&>(right));
}

/// SQL's OR between conditions; between texts SQL's `||`, which puts them together.
template <class Left, class Right>
    requires detail::OperandPair<Left, Right>
constexpr auto operator||(Left&& left, Right&& right) {
    if constexpr (detail::are_texts<Left, Right>()) {
        return detail::make_binary<detail::concatenated, std::string>(static_cast<Left&&>(left),
                                                                      static_cast<Right&&>(right));
    } else {
        return detail::combine<detail::disjunction>(static_cast<Left&&>(left), static_cast<Right&&>(right));
    }
}

template <Expression Of>
constexpr auto operator!(Of&& of) {
    using Plain = std::remove_cvref_t<Of>;
    constexpr bool is_condition = Predicate<Plain>;
    static_assert(is_condition, "mica: ! negates a condition");
    if constexpr (is_condition) {
        return Unary<Sign::negation, typename Plain::Value, Plain>{static_cast<Of&&>(of)};
    } else {
        return Invalid{};
    }
}

}  // namespace operators

}  // namespace mica
