// SPDX-License-Identifier: BSL-1.0
// The operators of bits: & | ~ << >>. SQLite has no exclusive or; (a | b) - (a & b) is one.
#pragma once

#include <mica/query/expression/operators.hpp>

#include <concepts>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

namespace mica {

namespace detail {

inline constexpr Operator bits_of_both{" & ", precedence::bits, precedence::bits, precedence::addition};
inline constexpr Operator bits_of_either{" | ", precedence::bits, precedence::bits, precedence::addition};
inline constexpr Operator shifted_left{" << ", precedence::bits, precedence::bits, precedence::addition};
inline constexpr Operator shifted_right{" >> ", precedence::bits, precedence::bits, precedence::addition};

template <const Operator& sql_operator, class Left, class Right>
constexpr auto calculate_bits(Left&& left, Right&& right) {
    constexpr bool are_integers = StoredInteger<without_optional<ValueTypeOfOperand<Left>>> &&
                                  StoredInteger<without_optional<ValueTypeOfOperand<Right>>>;
    static_assert(are_integers || either_invalid<Left, Right>, "mica: & | ~ << >> need integers");
    if constexpr (are_integers) {
        return make_binary<sql_operator, std::int64_t>(std::forward<Left>(left), std::forward<Right>(right));
    } else {
        return Invalid{};
    }
}

template <class Candidate>
concept BitOperand = Expression<Candidate> || SelectLike<Candidate> || Storable<std::remove_cvref_t<Candidate>> ||
                     std::convertible_to<Candidate, std::string_view>;

/// Streams have these operators too, and are left alone.
template <class Left, class Right>
concept BitOperandPair = OperandPair<Left, Right> && BitOperand<Left> && BitOperand<Right>;

}  // namespace detail

namespace operators {

template <class Left, class Right>
    requires detail::BitOperandPair<Left, Right>
constexpr auto operator&(Left&& left, Right&& right) {
    return detail::calculate_bits<detail::bits_of_both>(std::forward<Left>(left), std::forward<Right>(right));
}

template <class Left, class Right>
    requires detail::BitOperandPair<Left, Right>
constexpr auto operator|(Left&& left, Right&& right) {
    return detail::calculate_bits<detail::bits_of_either>(std::forward<Left>(left), std::forward<Right>(right));
}

/// By 64 and more gives 0; by a negative number shifts to the other side.
template <class Left, class Right>
    requires detail::BitOperandPair<Left, Right>
constexpr auto operator<<(Left&& left, Right&& right) {
    return detail::calculate_bits<detail::shifted_left>(std::forward<Left>(left), std::forward<Right>(right));
}

/// Keeps the sign.
template <class Left, class Right>
    requires detail::BitOperandPair<Left, Right>
constexpr auto operator>>(Left&& left, Right&& right) {
    return detail::calculate_bits<detail::shifted_right>(std::forward<Left>(left), std::forward<Right>(right));
}

template <Expression Of>
constexpr auto operator~(Of&& of) {
    using Plain = std::remove_cvref_t<Of>;
    constexpr bool is_integer = StoredInteger<without_optional<ValueOf<Plain>>>;
    static_assert(is_integer || std::same_as<Plain, Invalid>, "mica: & | ~ << >> need integers");
    if constexpr (is_integer) {
        using Result = detail::NullableIf<std::int64_t, is_optional<ValueOf<Plain>>>;
        return Unary<Sign::complement, Result, Plain>{std::forward<Of>(of)};
    } else {
        return Invalid{};
    }
}

}  // namespace operators

}  // namespace mica
