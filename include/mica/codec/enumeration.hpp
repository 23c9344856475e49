// SPDX-License-Identifier: BSL-1.0
// An enum travels as its underlying integer: renaming an enumerator never changes data. EnumText stores names instead.
#pragma once

#include <mica/codec/arithmetic.hpp>
#include <mica/core/error.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
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
    return __PRETTY_FUNCTION__;
}

/// A list such as `ns::Color::red, (ns::Color)1`, in which a value without a name is a cast. The enum's own name may
/// hold parentheses, braces and commas.
struct EnumeratorList {
    const char* at;
    const char* end;
    std::size_t cast_size = 0;  ///< of `(ns::Color)`, once one was seen: most values are nameless and skipped by it

    /// The next name, empty where there is none.
    constexpr std::string_view take() {
        const char* name = at;
        if (cast_size != 0 && end - at > static_cast<std::ptrdiff_t>(cast_size) && at[cast_size - 1] == ')') {
            at += cast_size;
            name = nullptr;
        }
        const char* const begin = at;
        int depth = 0;
        for (; depth > 0 || (*at != ',' && *at != '}' && *at != '>'); ++at) {
            const char character = *at;
            if (character == ':' && name != nullptr) name = at + 1;
            if (character == '(' || character == '<' || character == '{' || character == '[') ++depth;
            if (character != ')' && character != '>' && character != '}' && character != ']') continue;
            if (--depth > 0 || name == nullptr || *begin != '(' || at[1] == ':' || at[1] == '(') continue;
            cast_size = static_cast<std::size_t>(at + 1 - begin);
            name = nullptr;
        }
        const auto size = name == nullptr ? 0 : static_cast<std::size_t>(at - name);
        at += 2;
        return {name, size};
    }
};

// Up to clang 19 this is a warning, no failed requirement, and every value is taken; later ones do not know its name.
#if defined(__clang__)
#pragma clang diagnostic push
#if __has_warning("-Wenum-constexpr-conversion")
#pragma clang diagnostic ignored "-Wenum-constexpr-conversion"
#endif
#endif

/// An old enum without a fixed type has only the values that fit into the bits of its enumerators, says clang.
template <class Enum, int bound>
consteval int nearest_value() {
    using Underlying = std::underlying_type_t<Enum>;
    if constexpr (bound == 0 || requires {
                      typename std::integral_constant<Enum, static_cast<Enum>(static_cast<Underlying>(bound))>;
                  }) {
        return bound;
    } else {
        return nearest_value<Enum, bound / 2>();
    }
}

template <class Enum>
consteval auto enumerator_names() {
    using Underlying = std::underlying_type_t<Enum>;
    static_assert(!requires { Enum::mica; });  // clang defines the enum of a class template when it looks into it
    constexpr int smallest = nearest_value<Enum, std::is_signed_v<Underlying> ? smallest_named_enumerator : 0>();
    constexpr int largest = nearest_value<Enum, std::is_same_v<Underlying, bool>                          ? 1
                                                : std::is_signed_v<Underlying> && sizeof(Underlying) == 1 ? 127
                                                                                                          : 255>();
    constexpr std::string_view words = []<int... offsets>(std::integer_sequence<int, offsets...>) {
        return std::string_view{
            enumerators_in_words<Enum, std::bit_cast<Enum>(static_cast<Underlying>(smallest + offsets))...>()};
    }(std::make_integer_sequence<int, largest - smallest + 1>{});
    constexpr std::string_view mark = "values = ";
    EnumeratorList list{words.data() + words.find(mark) + mark.size() + 1, words.data() + words.size()};
    std::array<std::string_view, named_enumerators> names{};
    for (int value = smallest; value <= largest; ++value) {
        names[static_cast<std::size_t>(value - smallest_named_enumerator)] = list.take();
    }
    return names;
}

#if defined(__clang__)
#pragma clang diagnostic pop
#endif

template <class Enum>
inline constexpr auto names_of_enumerators = enumerator_names<Enum>();

[[noreturn, gnu::cold, gnu::noinline]] inline void throw_nameless_enumerator() {
    refuse<DataError>({"mica: an enum value that names no enumerator cannot be stored by name"});
}

}  // namespace detail

/// Stores an enum by the names of its enumerators (those from -128 to 255). Use it as a field's type, or as the base
/// of a codec: `template <> struct mica::Codec<Color> : mica::EnumText<Color> {};`. A stored text that is no
/// enumerator's name is a DataError on reading; a value without a name is a DataError on writing. Its column has no
/// CHECK: SQLite cannot change one, and so a new enumerator would mean a new table.
template <class Enum>
    requires std::is_enum_v<Enum>
class EnumText {
public:
    using Storage = std::string;
    static constexpr std::string_view misfit = "that is no enumerator's name";

    constexpr EnumText(Enum value = Enum{}) noexcept : value_(value) {}
    constexpr operator Enum() const noexcept { return value_; }
    friend constexpr bool operator==(EnumText, EnumText) = default;
    friend constexpr bool operator==(EnumText left, Enum right) noexcept { return left.value_ == right; }

    static constexpr std::string_view encode(Enum value) {
        const auto number = static_cast<std::int64_t>(static_cast<std::underlying_type_t<Enum>>(value));
        constexpr std::int64_t smallest = detail::smallest_named_enumerator;
        if (number < smallest || number >= smallest + detail::named_enumerators) detail::throw_nameless_enumerator();
        const std::string_view& name = detail::names_of_enumerators<Enum>[static_cast<std::size_t>(number - smallest)];
        if (name.empty()) detail::throw_nameless_enumerator();
        return name;
    }

    template <class Value>
    static constexpr bool parse(std::string_view stored, Value& out) noexcept {
        int value = detail::smallest_named_enumerator;
        for (const std::string_view& name : detail::names_of_enumerators<Enum>) {
            if (!name.empty() && name == stored) {
                out = static_cast<Enum>(value);
                return true;
            }
            ++value;
        }
        return false;
    }

private:
    Enum value_;
};

template <class Enum>
struct Codec<EnumText<Enum>> : EnumText<Enum> {};

}  // namespace mica
