// SPDX-License-Identifier: BSL-1.0
// Functions that give one of their arguments: coalesce() and its like, and the smallest and largest of several.
#pragma once

#include <mica/query/function/function.hpp>

#include <optional>
#include <type_traits>
#include <utility>

namespace mica {

namespace detail {

/// A function of a condition and two values of one type.
template <class Condition, class Then, class Otherwise>
constexpr auto make_choice(Condition condition, Then then, Otherwise otherwise) {
    using Common = CommonValue<Then, Otherwise>;
    if constexpr (require_common_type<Common>()) {
        return make_function<"iif", Common, NullRule::any_but_first>(std::move(condition), std::move(then),
                                                                     std::move(otherwise));
    } else {
        return Invalid{};
    }
}

template <class Left, class Right>
constexpr auto make_nullif(Left left, Right right) {
    constexpr bool are_comparable =
        require_comparable_types<can_stand_beside<ValueOf<Left>, Right>(), ValueOf<Left>, ValueOf<Right>>();
    if constexpr (are_comparable) {
        using Result = std::optional<without_optional<ValueOf<Left>>>;
        return make_function<"nullif", Result, NullRule::any>(std::move(left), std::move(right));
    } else {
        return Invalid{};
    }
}

}  // namespace detail

/// The first of several values that is not NULL; itself never NULL where one of them never is.
template <class First, class Second, class... More>
    requires detail::Arguments<First, Second, More...>
constexpr auto coalesce(First&& first, Second&& second, More&&... more) {
    return detail::call_with_common_type<"coalesce", NullRule::all>(
        std::forward<First>(first), std::forward<Second>(second), std::forward<More>(more)...);
}

/// coalesce() of two.
template <class First, class Second>
    requires detail::Arguments<First, Second>
constexpr auto ifnull(First&& first, Second&& second) {
    return detail::call_with_common_type<"ifnull", NullRule::all>(std::forward<First>(first),
                                                                  std::forward<Second>(second));
}

/// NULL where the two are equal, else the first.
template <class First, class Second>
    requires detail::Arguments<First, Second>
constexpr auto nullif(First&& first, Second&& second) {
    using detail::Argument;
    if constexpr (!(detail::require_argument<detail::Takes::anything, First>() &&
                    detail::require_argument<detail::Takes::anything, Second>())) {
        return Invalid{};
    } else {
        using Peer = detail::PeerAmong<Argument<First>, Argument<Second>>;
        return detail::make_nullif(detail::beside<Peer>(detail::argument(std::forward<First>(first))),
                                   detail::beside<Peer>(detail::argument(std::forward<Second>(second))));
    }
}

/// `then` where the condition is true, else `otherwise`.
template <class Condition, class Then, class Otherwise>
    requires detail::Arguments<Condition, Then, Otherwise>
constexpr auto iif(Condition&& condition, Then&& then, Otherwise&& otherwise) {
    using detail::Argument;
    using detail::Takes;
    if constexpr (!(detail::require_argument<Takes::condition, Condition>() &&
                    detail::require_argument<Takes::anything, Then>() &&
                    detail::require_argument<Takes::anything, Otherwise>())) {
        return Invalid{};
    } else {
        using Peer = detail::PeerAmong<Argument<Then>, Argument<Otherwise>>;
        return detail::make_choice(detail::argument(std::forward<Condition>(condition)),
                                   detail::beside<Peer>(detail::argument(std::forward<Then>(then))),
                                   detail::beside<Peer>(detail::argument(std::forward<Otherwise>(otherwise))));
    }
}

/// The smallest of two or more values, NULL where one of them is. Of one expression, the smallest of a group.
template <class First, class Second, class... More>
    requires detail::Arguments<First, Second, More...>
constexpr auto min(First&& first, Second&& second, More&&... more) {
    return detail::call_with_common_type<"least", NullRule::any>(
        std::forward<First>(first), std::forward<Second>(second), std::forward<More>(more)...);
}
/// The largest of two or more values, NULL where one of them is. Of one expression, the largest of a group.
template <class First, class Second, class... More>
    requires detail::Arguments<First, Second, More...>
constexpr auto max(First&& first, Second&& second, More&&... more) {
    return detail::call_with_common_type<"greatest", NullRule::any>(
        std::forward<First>(first), std::forward<Second>(second), std::forward<More>(more)...);
}

/// For two of one type, which std::min() and std::max() would take as well.
template <Expression Same>
constexpr auto min(const Same& first, const Same& second) {
    return detail::call_with_common_type<"least", NullRule::any>(first, second);
}
template <Expression Same>
constexpr auto max(const Same& first, const Same& second) {
    return detail::call_with_common_type<"greatest", NullRule::any>(first, second);
}

}  // namespace mica
