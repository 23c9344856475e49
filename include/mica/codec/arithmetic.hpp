// SPDX-License-Identifier: BSL-1.0
// Integers, bool and floating point. A 64-bit unsigned integer has no codec: half of its values do not fit SQLite's
// INTEGER.
#pragma once

#include <mica/codec/codec.hpp>

#include <concepts>
#include <cstdint>
#include <limits>

namespace mica {

/// An integer type whose every value fits a signed 64-bit cell; characters and bool are no integers here.
template <class Value>
concept StoredInteger =
    std::integral<Value> && !std::same_as<Value, bool> && !std::same_as<Value, char> && !std::same_as<Value, wchar_t> &&
    !std::same_as<Value, char8_t> && !std::same_as<Value, char16_t> && !std::same_as<Value, char32_t> &&
    sizeof(Value) <= sizeof(std::int64_t) && (std::signed_integral<Value> || sizeof(Value) < sizeof(std::int64_t));

template <StoredInteger Value>
struct Codec<Value> {
    using Storage = std::int64_t;
    static constexpr std::int64_t encode(Value value) noexcept { return static_cast<std::int64_t>(value); }
    static constexpr bool fits(std::int64_t stored) noexcept {
        return stored >= static_cast<std::int64_t>(std::numeric_limits<Value>::min()) &&
               stored <= static_cast<std::int64_t>(std::numeric_limits<Value>::max());
    }
    static constexpr Value decode(std::int64_t stored) noexcept { return static_cast<Value>(stored); }
};

/// Stored as 0 and 1; any other integer is refused on reading.
template <>
struct Codec<bool> {
    using Storage = std::int64_t;
    static constexpr std::int64_t encode(bool value) noexcept { return value ? 1 : 0; }
    static constexpr bool fits(std::int64_t stored) noexcept { return stored == 0 || stored == 1; }
    static constexpr bool decode(std::int64_t stored) noexcept { return stored == 1; }
};

template <>
struct Codec<double> {
    using Storage = double;
    static constexpr double encode(double value) noexcept { return value; }
    static constexpr double decode(double stored) noexcept { return stored; }
};

/// A stored double within the range of float is read as the nearest float.
template <>
struct Codec<float> {
    using Storage = double;
    static constexpr double encode(float value) noexcept { return static_cast<double>(value); }
    static constexpr bool fits(double stored) noexcept {
        constexpr double largest = static_cast<double>(std::numeric_limits<float>::max());
        constexpr double infinity = std::numeric_limits<double>::infinity();
        return (stored >= -largest && stored <= largest) || stored >= infinity || stored <= -infinity;
    }
    static constexpr float decode(double stored) noexcept { return static_cast<float>(stored); }
};

}  // namespace mica
