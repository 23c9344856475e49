// SPDX-License-Identifier: BSL-1.0
// SQL's functions of numbers (https://www.sqlite.org/lang_corefunc.html).
#pragma once

#include <mica/query/function/function.hpp>

#include <concepts>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace mica {

namespace detail {

/// double for real numbers, std::int64_t for integers, whatever their width.
template <class Given>
using WideNumber =
    std::conditional_t<std::floating_point<without_optional<ValueTypeOfOperand<Given>>>, double, std::int64_t>;

}  // namespace detail

/// Of the smallest integer, which has no positive one, it is a DataError when the statement runs.
template <class Number>
    requires detail::Arguments<Number>
constexpr auto abs(Number&& number) {
    using Result = detail::WideNumber<Number>;
    return detail::call<"abs", Result, NullRule::any, detail::Takes::number>(std::forward<Number>(number));
}

/// To the nearest whole number or to a number of decimals, half away from zero; always a double.
template <class Number, class... Decimals>
    requires detail::Arguments<Number, Decimals...> && (sizeof...(Decimals) <= 1)
constexpr auto round(Number&& number, Decimals&&... decimals) {
    if constexpr (sizeof...(Decimals) == 0) {
        return detail::call<"round", double, NullRule::any, detail::Takes::number>(std::forward<Number>(number));
    } else {
        return detail::call<"round", double, NullRule::any, detail::Takes::number, detail::Takes::integer>(
            std::forward<Number>(number), std::forward<Decimals>(decimals)...);
    }
}

/// -1, 0 or 1.
template <class Number>
    requires detail::Arguments<Number>
constexpr auto sign(Number&& number) {
    return detail::call<"sign", std::int64_t, NullRule::any, detail::Takes::number>(std::forward<Number>(number));
}

/// Any 64-bit integer, another one for each row. Written `mica::random()`: the C library has a random() of its own.
constexpr auto random() { return Function<"random", std::int64_t, NullRule::never>{}; }

}  // namespace mica
