// SPDX-License-Identifier: BSL-1.0
// Which operands go together, and the sentence where they do not.
#pragma once

#include <mica/codec/chrono.hpp>
#include <mica/query/expression/bound.hpp>

#include <concepts>
#include <optional>
#include <string_view>
#include <type_traits>

namespace mica::detail {

template <class Candidate>
struct ValueTypeOf {
    using Type = std::remove_cvref_t<Candidate>;
};
template <Expression Candidate>
struct ValueTypeOf<Candidate> {
    using Type = ValueOf<Candidate>;
};

template <SelectLike Candidate>
struct ValueTypeOf<Candidate> {
    using Type = typename std::remove_cvref_t<Candidate>::Row;
};

/// The value type of an operand, expression or plain value.
template <class Candidate>
using ValueTypeOfOperand = typename ValueTypeOf<Candidate>::Type;

/// What has a type of its own in SQL, beside which a plain value stands.
template <class Candidate>
concept SqlOperand = Expression<Candidate> || SelectLike<Candidate>;

template <class Left, class Right>
consteval bool are_comparable_operands() {
    if constexpr (SqlOperand<Left>) {
        return can_stand_beside<ValueTypeOfOperand<Left>, Right>();
    } else {
        return can_stand_beside<ValueTypeOfOperand<Right>, Left>();
    }
}

template <class Candidate>
inline constexpr bool is_nullopt = std::same_as<std::remove_cvref_t<Candidate>, std::nullopt_t>;

/// Whether a static_assert has refused one of the two already.
template <class Candidate>
inline constexpr bool is_invalid_operand =
    std::same_as<std::remove_cvref_t<Candidate>, Invalid> || RefusedLike<Candidate>;
template <class Left, class Right>
inline constexpr bool either_invalid = is_invalid_operand<Left> || is_invalid_operand<Right>;

/// Whether `== std::nullopt` is asked of something that is never NULL.
template <class Left, class Right>
consteval bool compares_null_in_vain() {
    if constexpr (Expression<Left> && is_nullopt<Right>) {
        return !is_optional<ValueOf<Left>>;
    } else if constexpr (Expression<Right> && is_nullopt<Left>) {
        return !is_optional<ValueOf<Right>>;
    } else {
        return false;
    }
}

/// Says it once for a pair of types, also where std::optional's own operators ask as well.
template <bool are_comparable, class Left, class Right>
consteval bool require_comparable_types() {
    static_assert(are_comparable, "mica: these two operands have unrelated types and cannot be compared");
    return are_comparable;
}

/// A type on its way through a fold; void where there is none yet.
template <class Held>
struct TypeBox {
    using Type = Held;
};

/// Whether a type that is no number is stored as one, so that its codec can say that its values add.
template <class Value>
consteval bool is_stored_as_number() {
    if constexpr (HasCodec<Value>) {
        constexpr StorageClass storage = storage_class_of<Value>;
        return (storage == StorageClass::integer || storage == StorageClass::real) && !is_number<Value> &&
               !std::same_as<Value, bool> && !std::is_enum_v<Value>;
    } else {
        return false;
    }
}

/// Says of a type that is stored as a number whether its values add.
template <class Value>
consteval bool require_additive() {
    constexpr bool adds = is_additive<Value>;
    static_assert(adds,
                  "mica: the codec of this type does not say that its values add as the stored numbers do: static "
                  "constexpr bool is_additive = true");
    return adds;
}

/// The kinds of pairs that cannot be compared and have a cure of their own.
template <class Left, class Right>
consteval bool differ_in_precision() {
    if constexpr (SystemTimeLike<Left> && SystemTimeLike<Right>) {
        return !std::same_as<Left, Right>;
    } else {
        return false;
    }
}
template <class Value>
inline constexpr bool is_wide_unsigned = std::unsigned_integral<Value> && !StoredInteger<Value> && sizeof(Value) == 8;
template <class Left, class Right>
inline constexpr bool has_wide_unsigned =
    (is_number<Left> && is_wide_unsigned<Right>) || (is_number<Right> && is_wide_unsigned<Left>);

/// Says why two operands that are no pair, but have a cure, are none.
template <bool differ_in_precision, bool has_wide_unsigned>
consteval bool require_curable_operands() {
    static_assert(!differ_in_precision,
                  "mica: these two points in time differ in their precision; round the finer one, as in "
                  "floor<std::chrono::milliseconds>(std::chrono::system_clock::now())");
    static_assert(!has_wide_unsigned,
                  "mica: an unsigned integer of 64 bits, as size() gives one, does not fit SQLite's INTEGER; write "
                  "static_cast<std::int64_t>(v.size())");
    return false;
}

/// The type of an operand as an error names it.
template <class Candidate, class Value = without_optional<ValueTypeOfOperand<Candidate>>>
using WordedType =
    std::conditional_t<std::is_convertible_v<Candidate, std::string_view> || is_text<Value>, std::string_view, Value>;

/// Whether one of the values given beside a `Value` does not fit, and has a cure.
template <class Value, class... Given>
inline constexpr bool any_curable = ((differ_in_precision<without_optional<Value>, WordedType<Given>>() ||
                                      has_wide_unsigned<without_optional<Value>, WordedType<Given>>) ||
                                     ...);

/// Says what to write instead, where there is a cure.
template <class Value, class... Given>
consteval bool require_no_cure() {
    if constexpr (any_curable<Value, Given...>) {
        constexpr bool differ = (differ_in_precision<without_optional<Value>, WordedType<Given>>() || ...);
        require_curable_operands<differ, !differ>();
    }
    return true;
}

template <class Left, class Right>
consteval bool require_comparable_operands() {
    if constexpr (either_invalid<Left, Right>) {
        return false;
    } else if constexpr (compares_null_in_vain<Left, Right>()) {
        static_assert(!compares_null_in_vain<Left, Right>(),
                      "mica: this column is never NULL, so comparing it with std::nullopt makes no sense");
        return false;
    } else if constexpr (are_comparable_operands<Left, Right>()) {
        return true;
    } else {
        using First = std::conditional_t<SqlOperand<Left>, WordedType<Left>, WordedType<Right>>;
        using Second = std::conditional_t<SqlOperand<Left>, WordedType<Right>, WordedType<Left>>;
        if constexpr (differ_in_precision<First, Second>() || has_wide_unsigned<First, Second>) {
            return require_curable_operands<differ_in_precision<First, Second>(), has_wide_unsigned<First, Second>>();
        } else {
            return require_comparable_types<false, First, Second>();
        }
    }
}

template <class Candidate>
inline constexpr bool is_condition = std::same_as<without_optional<ValueTypeOfOperand<Candidate>>, bool>;

template <class Left, class Right>
consteval bool are_texts() {
    if constexpr (either_invalid<Left, Right>) {
        return false;
    } else if constexpr (SqlOperand<Left>) {
        return is_text<without_optional<ValueTypeOfOperand<Left>>> && are_comparable_operands<Left, Right>();
    } else {
        return is_text<without_optional<ValueTypeOfOperand<Right>>> && are_comparable_operands<Left, Right>();
    }
}

}  // namespace mica::detail
