// SPDX-License-Identifier: BSL-1.0
// + - * / %: of numbers, of types that add by their codecs, of points in time and durations.
#pragma once

#include <mica/query/expression/operators.hpp>

#include <concepts>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

namespace mica {

namespace detail {

template <class Candidate>
inline constexpr bool is_text_like =
    is_text<without_optional<ValueTypeOfOperand<Candidate>>> || std::convertible_to<Candidate, std::string_view>;

/// Whether an operand is an expression that is a point in time.
template <class Candidate>
consteval bool is_time_operand() {
    if constexpr (SqlOperand<Candidate>) {
        return SystemTimeLike<without_optional<ValueTypeOfOperand<Candidate>>>;
    } else {
        return false;
    }
}

template <class Candidate>
inline constexpr bool is_span_of_time = DurationLike<std::remove_cvref_t<Candidate>>;

// Defined in query/function/time_shift.hpp.
template <bool backwards, class Time, class Span>
constexpr auto shift_time(Time&& time, const Span& span);

template <class Left, class Right>
using NumberOf = std::conditional_t<std::floating_point<Left> || std::floating_point<Right>, double, std::int64_t>;

// Defined in query/function/amount.hpp: a real number back to what is stored as an integer, rounded.
template <class Amount, class Node>
constexpr auto rounded(Node node);

/// The type of a product, quotient, sum or difference of which one side adds by its codec: void where it is none.
template <const Operator& sql_operator, class Left, class Right>
consteval auto find_amount() {
    constexpr char sign = sql_operator.text[1];
    constexpr bool scales = (sign == '*' || sign == '/') && is_additive<Left> && is_number<Right>;
    constexpr bool is_scaled = sign == '*' && is_number<Left> && is_additive<Right>;
    if constexpr (scales || (std::same_as<Left, Right> && is_additive<Left> && (sign == '+' || sign == '-'))) {
        return TypeBox<Left>{};
    } else if constexpr (is_scaled) {
        return TypeBox<Right>{};
    } else {
        return TypeBox<void>{};
    }
}

/// Each side is bound with its own type: a factor does not go through the codec.
template <const Operator& sql_operator, bool can_be_null, class Amount, class Left, class Right>
constexpr auto calculate_amount(Left&& left, Right&& right) {
    using LeftValue = without_optional<ValueTypeOfOperand<Left>>;
    using RightValue = without_optional<ValueTypeOfOperand<Right>>;
    using LeftNode = Lifted<LeftValue, Left>;
    using RightNode = Lifted<RightValue, Right>;
    constexpr bool is_nullable = can_be_null || either_nullable<LeftNode, RightNode>;
    constexpr bool is_real = std::floating_point<LeftValue> || std::floating_point<RightValue>;
    constexpr bool is_rounded = is_real && storage_class_of<Amount> == StorageClass::integer;
    using Number = NullableIf<std::conditional_t<is_rounded, double, Amount>, is_nullable>;
    Binary<sql_operator, Number, LeftNode, RightNode> node{
        {}, lift<LeftValue>(std::forward<Left>(left)), lift<RightValue>(std::forward<Right>(right))};
    if constexpr (is_rounded) {
        return rounded<Amount>(std::move(node));
    } else {
        return node;
    }
}

/// Says why two operands cannot be calculated with.
template <bool are_texts, class Left, class Right>
consteval void require_numbers() {
    constexpr bool left_lacks = is_stored_as_number<Left>() && !is_additive<Left>;
    constexpr bool right_lacks = is_stored_as_number<Right>() && !is_additive<Right>;
    static_assert(!are_texts, "mica: texts are put together by ||, not by +");
    if constexpr (left_lacks || right_lacks) {
        [[maybe_unused]] constexpr bool adds = require_additive<std::conditional_t<left_lacks, Left, Right>>();
    } else {
        static_assert(are_texts, "mica: arithmetic needs numbers on both sides");
    }
}

template <const Operator& sql_operator, bool can_be_null, class Left, class Right>
constexpr auto calculate(Left&& left, Right&& right) {
    using LeftValue = without_optional<ValueTypeOfOperand<Left>>;
    using RightValue = without_optional<ValueTypeOfOperand<Right>>;
    constexpr bool are_numbers = is_number<LeftValue> && is_number<RightValue>;
    constexpr bool are_texts = is_text_like<Left> && is_text_like<Right> && sql_operator.text[1] == '+';
    using Amount = typename decltype(find_amount<sql_operator, LeftValue, RightValue>())::Type;
    if constexpr (!std::is_void_v<Amount>) {
        return calculate_amount<sql_operator, can_be_null, Amount>(std::forward<Left>(left),
                                                                   std::forward<Right>(right));
    } else if constexpr (are_numbers) {
        using Result = NullableIf<NumberOf<LeftValue, RightValue>, can_be_null>;
        return make_binary<sql_operator, Result>(std::forward<Left>(left), std::forward<Right>(right));
    } else {
        if constexpr (!either_invalid<Left, Right>) require_numbers<are_texts, LeftValue, RightValue>();
        return Invalid{};
    }
}

}  // namespace detail

namespace operators {

/// Of numbers; of a point in time and a duration the point in time, NULL where SQLite has none.
template <class Left, class Right>
    requires detail::OperandPair<Left, Right>
constexpr auto operator+(Left&& left, Right&& right) {
    if constexpr (detail::is_time_operand<Left>() && detail::is_span_of_time<Right>) {
        return detail::shift_time<false>(std::forward<Left>(left), right);
    } else if constexpr (detail::is_span_of_time<Left> && detail::is_time_operand<Right>()) {
        return detail::shift_time<false>(std::forward<Right>(right), left);
    } else {
        return detail::calculate<detail::plus, false>(std::forward<Left>(left), std::forward<Right>(right));
    }
}

template <class Left, class Right>
    requires detail::OperandPair<Left, Right>
constexpr auto operator-(Left&& left, Right&& right) {
    if constexpr (detail::is_time_operand<Left>() && detail::is_span_of_time<Right>) {
        return detail::shift_time<true>(std::forward<Left>(left), right);
    } else {
        return detail::calculate<detail::minus, false>(std::forward<Left>(left), std::forward<Right>(right));
    }
}

template <class Left, class Right>
    requires detail::OperandPair<Left, Right>
constexpr auto operator*(Left&& left, Right&& right) {
    return detail::calculate<detail::times, false>(std::forward<Left>(left), std::forward<Right>(right));
}

/// Integers divide to an integer. Division by zero is NULL, so the result is always optional.
template <class Left, class Right>
    requires detail::OperandPair<Left, Right>
constexpr auto operator/(Left&& left, Right&& right) {
    return detail::calculate<detail::divided, true>(std::forward<Left>(left), std::forward<Right>(right));
}

/// The remainder of integers; NULL where the divisor is 0.
template <class Left, class Right>
    requires detail::OperandPair<Left, Right>
constexpr auto operator%(Left&& left, Right&& right) {
    return detail::calculate<detail::modulo, true>(std::forward<Left>(left), std::forward<Right>(right));
}

template <Expression Of>
constexpr auto operator-(Of&& of) {
    using Plain = std::remove_cvref_t<Of>;
    using Value = without_optional<ValueOf<Plain>>;
    constexpr bool is_number = detail::is_number<Value>;
    if constexpr (is_additive<Value>) {
        return Unary<Sign::minus, ValueOf<Plain>, Plain>{std::forward<Of>(of)};
    } else if constexpr (is_number) {
        using Result = detail::NullableIf<detail::NumberOf<Value, Value>, is_optional<ValueOf<Plain>>>;
        return Unary<Sign::minus, Result, Plain>{std::forward<Of>(of)};
    } else {
        if constexpr (!std::same_as<Plain, Invalid>) detail::require_numbers<false, Value, Value>();
        return Invalid{};
    }
}

}  // namespace operators

}  // namespace mica
