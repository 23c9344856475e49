// SPDX-License-Identifier: BSL-1.0
// A struct's own name, without its namespaces: the default name of its table.
#pragma once

#include <cstddef>
#include <string_view>

namespace mica::reflect {

namespace detail {

template <class Type>
consteval const char* type_in_words() {
    return __PRETTY_FUNCTION__;
}

/// The end of "ns::Name]"; template arguments of the name itself stay. Read from the back, where no function around a
/// local struct is in the way.
consteval std::string_view own_name(std::string_view identity) {
    const char* const letters = identity.data();
    const std::size_t end = identity.size() - 1;
    std::size_t own = end;
    int depth = 0;
    for (; own > 0; --own) {
        const char character = letters[own - 1];
        if (character == ':' && depth == 0) break;
        if (character == '>' || character == ')' || character == '}') ++depth;
        if (character == '<' || character == '(' || character == '{') --depth;
    }
    return {letters + own, end - own};
}

}  // namespace detail

/// All that the compiler says of a type: equal for one type, different for two.
template <class Type>
inline constexpr std::string_view type_words{detail::type_in_words<Type>(),
                                             __builtin_strlen(detail::type_in_words<Type>())};

/// Whether two types are the same in words. By the compiler itself, which goes through these without taking memory.
constexpr bool same_words(std::string_view left, std::string_view right) {
    return left.size() == right.size() && __builtin_memcmp(left.data(), right.data(), left.size()) == 0;
}

namespace detail {

/// What stands in front of every type: "… [with Type = " or "… [Type = ".
inline constexpr std::size_t words_before_type = type_words<int>.find("Type = ") + 7;

}  // namespace detail

/// The same without the words that are around every type.
template <class Type>
inline constexpr std::string_view type_identity{type_words<Type>.data() + detail::words_before_type,
                                                type_words<Type>.size() - detail::words_before_type};

/// The type's unqualified name, as written at its definition.
template <class Type>
inline constexpr std::string_view type_name = detail::own_name(type_identity<Type>);

namespace detail {

struct TypeProbe;
static_assert(type_name<TypeProbe> == "TypeProbe",
              "mica: this compiler spells a type's name in a way that reflect/type_name.hpp cannot read");

}  // namespace detail

}  // namespace mica::reflect
