// SPDX-License-Identifier: BSL-1.0
// An enum travels as its underlying integer: renaming an enumerator never changes data. EnumText stores names instead.
#pragma once

#include <mica/codec/arithmetic.hpp>
#include <mica/core/error.hpp>

#include <array>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace mica {

template <class Value>
concept Enumeration = std::is_enum_v<Value> && HasCodec<std::underlying_type_t<Value>>;

/// An integer that names no enumerator is kept as it is: the database may be newer than the program.
template <Enumeration Value>
struct Codec<Value> {
    using Storage = std::int64_t;
    using Underlying = Codec<std::underlying_type_t<Value>>;
    static constexpr std::int64_t encode(Value value) noexcept {
        return Underlying::encode(static_cast<std::underlying_type_t<Value>>(value));
    }
    static constexpr bool fits(std::int64_t stored) noexcept { return Underlying::fits(stored); }
    static constexpr Value decode(std::int64_t stored) noexcept {
        return static_cast<Value>(static_cast<std::underlying_type_t<Value>>(stored));
    }
};

namespace detail {

inline constexpr int smallest_named_enumerator = -128;
inline constexpr int named_enumerators = 384;

template <class Enum, Enum... values>
consteval const char* enumerators_in_words() {
#if defined(_MSC_VER) && !defined(__clang__)
    return __FUNCSIG__;
#else
    return __PRETTY_FUNCTION__;
#endif
}

/// The compiler prints a nameless value as a cast, `(Color)7`, and a named one as `Color::red`.
template <class Enum>
consteval auto enumerator_names() {
    std::array<std::string_view, named_enumerators> names{};
    constexpr std::string_view words = []<int... offsets>(std::integer_sequence<int, offsets...>) {
        return std::string_view{enumerators_in_words<Enum, static_cast<Enum>(smallest_named_enumerator + offsets)...>()};
    }(std::make_integer_sequence<int, named_enumerators>{});
    std::size_t at = words.find_last_of("<{") + 1;
    for (std::string_view& name : names) {
        std::size_t end = at;
        while (words[end] != ',' && words[end] != '>' && words[end] != '}') ++end;
        const std::string_view word = words.substr(at, end - at);
        if (word.front() != '(') {
            const std::size_t colon = word.rfind(':');
            name = colon == std::string_view::npos ? word : word.substr(colon + 1);
        }
        at = end + 2;
    }
    return names;
}

template <class Enum>
inline constexpr auto names_of_enumerators = enumerator_names<Enum>();

[[noreturn, gnu::cold, gnu::noinline]] inline void throw_nameless_enumerator() {
    throw DataError(Failure{.message = "mica: an enum value that names no enumerator cannot be stored by name"});
}

}  // namespace detail

/// Stores an enum by the names of its enumerators (those from -128 to 255). Use it as a field's type, or as the base
/// of a codec: `template <> struct mica::Codec<Color> : mica::EnumText<Color> {};`. A stored text that is no
/// enumerator's name is a DataError on reading; a value without a name is a DataError on writing.
template <class Enum>
    requires std::is_enum_v<Enum>
class EnumText {
public:
    using Storage = std::string;

    constexpr EnumText(Enum value = Enum{}) noexcept : value_(value) {}
    constexpr operator Enum() const noexcept { return value_; }
    friend constexpr bool operator==(EnumText, EnumText) = default;

    static constexpr std::string_view encode(Enum value) {
        const auto offset = static_cast<std::int64_t>(static_cast<std::underlying_type_t<Enum>>(value)) -
                            detail::smallest_named_enumerator;
        if (offset < 0 || offset >= detail::named_enumerators ||
            detail::names_of_enumerators<Enum>[static_cast<std::size_t>(offset)].empty()) {
            detail::throw_nameless_enumerator();
        }
        return detail::names_of_enumerators<Enum>[static_cast<std::size_t>(offset)];
    }

    template <class Value>
    static constexpr bool parse(std::string_view stored, Value& out) noexcept {
        for (int i = 0; i < detail::named_enumerators; ++i) {
            const std::string_view name = detail::names_of_enumerators<Enum>[static_cast<std::size_t>(i)];
            if (!name.empty() && name == stored) {
                out = static_cast<Enum>(detail::smallest_named_enumerator + i);
                return true;
            }
        }
        return false;
    }

private:
    Enum value_;
};

template <class Enum>
struct Codec<EnumText<Enum>> : EnumText<Enum> {};

}  // namespace mica
