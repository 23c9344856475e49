// SPDX-License-Identifier: BSL-1.0
// literal(0): a value as an expression, where no operator or function makes one of it.
#pragma once

#include <mica/query/expression/argument.hpp>

#include <concepts>
#include <cstdint>
#include <string>
#include <type_traits>
#include <utility>

namespace mica {

namespace detail {

/// The type that arithmetic gives for numbers of any width, so that `literal(0)` and `literal(0) + 1` have the same.
template <class Value>
using WideValue = std::conditional_t<StoredInteger<Value>, std::int64_t,
                                     std::conditional_t<std::floating_point<Value>, double, Value>>;

}  // namespace detail

/// A value that is selected as it is: `select(col<&T::id>, literal(0).as<"depth">())`. Bound, as every value; an
/// integer is a std::int64_t, a floating-point number a double. Throws what a codec throws.
template <class Given>
    requires(detail::BindableValue<Given> && !detail::is_nullopt<Given>)
constexpr auto literal(Given&& value) {
    using Plain = std::remove_cvref_t<Given>;
    using Wide = detail::NullableIf<detail::WideValue<without_optional<Plain>>, is_optional<Plain>>;
    if constexpr (std::same_as<Wide, Plain> || !std::convertible_to<Given, Wide>) {
        return detail::argument(std::forward<Given>(value));
    } else {
        return detail::argument(static_cast<Wide>(std::forward<Given>(value)));
    }
}

}  // namespace mica
