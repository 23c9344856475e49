// SPDX-License-Identifier: BSL-1.0
// What functions take: expressions, SELECTs and values, each checked for what its place wants.
#pragma once

#include <mica/codec/chrono.hpp>
#include <mica/query/expression/operand_types.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace mica {

namespace detail {

template <class Given>
concept BindableValue =
    is_nullopt<Given> ||
    (std::convertible_to<Given, std::string_view> && !std::is_null_pointer_v<std::remove_cvref_t<Given>>) ||
    Storable<std::remove_cvref_t<Given>>;

/// Arguments of a function of SQL. Where one is an expression, a sentence says what is wrong with the others; where
/// none is, this keeps the functions, found by argument-dependent lookup, from taking the calls of others.
template <class... Given>
concept Arguments = (SqlOperand<Given> || ...) || (BindableValue<Given> && ...);

/// A value's own type, as the one it is bound with.
template <class Given>
using OwnType = std::conditional_t<std::convertible_to<Given, std::string_view>, std::string,
                                   without_optional<std::remove_cvref_t<Given>>>;

/// An operand that stands beside no other one.
template <class Given>
constexpr auto argument(Given&& given) {
    return lift<OwnType<Given>>(std::forward<Given>(given));
}

template <class Given>
using Argument = decltype(argument(std::declval<Given>()));

/// What a function wants in one of its places.
enum class Takes : unsigned char { anything, text, number, amount, integer, bytes_or_text, point_in_time, condition };

template <Takes takes, class Value>
consteval bool is_taken() {
    constexpr bool is_stored_as_text = storage_class_of<Value> == StorageClass::text;
    switch (takes) {
        case Takes::anything: return true;
        case Takes::text: return is_stored_as_text;
        case Takes::number: return is_number<Value> || std::same_as<Value, bool>;
        case Takes::amount: return is_number<Value> || std::same_as<Value, bool> || is_additive<Value>;
        case Takes::integer: return StoredInteger<Value>;
        case Takes::bytes_or_text: return is_stored_as_text || storage_class_of<Value> == StorageClass::blob;
        case Takes::point_in_time: return is_stored_as_text || is_number<Value>;
        case Takes::condition: return std::same_as<Value, bool>;
    }
    return false;
}

/// Whether a place takes an operand. NULL goes everywhere, and what a static_assert has refused says nothing more.
template <Takes takes, class Given>
consteval bool takes_argument() {
    using Node = Argument<Given>;
    if constexpr (is_nullopt<Given> || std::same_as<std::remove_cvref_t<Given>, Invalid> || std::same_as<Node, Null> ||
                  (SelectLike<Given> && std::same_as<Node, Invalid>)) {
        return true;
    } else if constexpr (std::same_as<Node, Invalid>) {
        return false;
    } else {
        return is_taken<takes, without_optional<ValueOf<Node>>>();
    }
}

/// Says what a place takes.
template <Takes takes, bool fits>
consteval bool require_argument() {
    static_assert(fits || takes != Takes::anything,
                  "mica: a function takes expressions, and values that mica can store");
    static_assert(fits || takes != Takes::text, "mica: this function takes a text here");
    static_assert(fits || (takes != Takes::number && takes != Takes::amount),
                  "mica: this function takes a number here");
    static_assert(fits || takes != Takes::integer, "mica: this function takes an integer here");
    static_assert(fits || takes != Takes::bytes_or_text, "mica: this function takes a text or bytes here");
    static_assert(fits || takes != Takes::point_in_time,
                  "mica: a date function takes a point in time: text, a number, or a type of std::chrono");
    static_assert(fits || takes != Takes::condition, "mica: this function takes a condition here");
    return fits;
}

/// A type whose values do not add, but are stored as numbers.
template <class Node>
consteval bool is_unadded() {
    if constexpr (std::same_as<Node, Invalid>) {
        return false;
    } else {
        return is_stored_as_number<without_optional<ValueOf<Node>>>();
    }
}

template <Takes takes, class Given>
consteval bool require_argument() {
    constexpr bool fits = takes_argument<takes, Given>();
    if constexpr (!fits && takes == Takes::amount && is_unadded<Argument<Given>>()) {
        return require_additive<without_optional<ValueOf<Argument<Given>>>>();
    } else {
        return require_argument<takes, fits>();
    }
}

/// Whether there is an expression for each place; says why not, unless that was said before.
template <Takes... places, class... Given>
consteval bool are_sound(std::type_identity<Types<Given...>>) {
    return (require_argument<places, Given>() && ... && true) && !(std::same_as<Argument<Given>, Invalid> || ...);
}

template <class Node>
inline constexpr bool is_bound = false;
template <class Type>
inline constexpr bool is_bound<Bound<Type>> = true;
template <std::size_t capacity>
inline constexpr bool is_bound<BoundText<capacity>> = true;

/// The type that holds a value of either; Invalid where there is none.
template <class Left, class Right>
consteval auto find_common_type() {
    if constexpr (std::is_void_v<Left>) {
        return TypeBox<Right>{};
    } else if constexpr (std::is_void_v<Right> || std::same_as<Left, Right>) {
        return TypeBox<Left>{};
    } else if constexpr (StoredInteger<Left> && StoredInteger<Right>) {
        return TypeBox<std::int64_t>{};
    } else if constexpr (is_number<Left> && is_number<Right>) {
        return TypeBox<double>{};
    } else if constexpr (are_comparable<Left, Right>) {
        return TypeBox<Left>{};
    } else {
        return TypeBox<Invalid>{};
    }
}

template <class Left, class Right>
consteval auto operator+(TypeBox<Left>, TypeBox<Right>) {
    return find_common_type<Left, Right>();
}
template <class Left, class Right>
consteval auto operator|(TypeBox<Left>, TypeBox<Right>) {
    return TypeBox<std::conditional_t<std::is_void_v<Left>, Right, Left>>{};
}

template <class Node>
consteval auto box_value() {
    if constexpr (std::same_as<Node, Null>) {
        return TypeBox<void>{};
    } else if constexpr (is_text<without_optional<ValueOf<Node>>>) {
        return TypeBox<std::string>{};
    } else {
        return TypeBox<without_optional<ValueOf<Node>>>{};
    }
}

template <class... Nodes>
consteval auto find_common_value() {
    return (TypeBox<void>{} + ... + box_value<Nodes>());
}

/// The type that holds the values of several operands: void where all of them are NULL, Invalid where there is none.
template <class... Nodes>
using CommonValue = typename decltype(find_common_value<Nodes...>())::Type;

template <class Node>
using PeerBox = TypeBox<std::conditional_t<is_bound<Node> || std::same_as<Node, Null>, void, ValueOf<Node>>>;

template <class... Nodes>
consteval auto find_peer() {
    return (TypeBox<void>{} | ... | PeerBox<Nodes>{});
}

/// The type of the first of several operands that is more than a value, void where there is none.
template <class... Nodes>
using PeerAmong = typename decltype(find_peer<Nodes...>())::Type;

/// A bound value once more with the codec of the operand that it turns out to stand beside.
template <class Peer, class Node>
constexpr auto beside(Node node) {
    if constexpr (!is_bound<Node> || std::is_void_v<Peer>) {
        return node;
    } else if constexpr (are_comparable<without_optional<Peer>, without_optional<ValueOf<Node>>>) {
        return node;
    } else if constexpr (std::same_as<ValueOf<Node>, std::string>) {
        return lift<Peer>(static_cast<std::string_view>(node.value));
    } else {
        return lift<Peer>(std::move(node.value));
    }
}

template <class Peer, class Node>
using Beside = decltype(beside<Peer>(std::declval<Node>()));

template <class Common>
consteval bool require_common_type() {
    constexpr bool has_one = !std::is_void_v<Common> && !std::same_as<Common, Invalid>;
    static_assert(has_one, "mica: these values have no type in common, so that no C++ type could hold the result");
    return has_one;
}

}  // namespace detail

}  // namespace mica
