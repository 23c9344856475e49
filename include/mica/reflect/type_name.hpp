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

/// "… [with Type = ns::Name]" or "… [Type = ns::Name]"; template arguments of the name itself stay. Read from the back,
/// where no function around a local struct is in the way.
consteval std::string_view own_name(std::string_view words) {
    const std::size_t begin = words.find("Type = ") + 7;
    const std::string_view name = words.substr(begin, words.rfind(']') - begin);
    const char* const letters = name.data();
    std::size_t own = name.size();
    int depth = 0;
    for (; own > 0 && (depth > 0 || letters[own - 1] != ':'); --own) {
        const char character = letters[own - 1];
        if (character == '>' || character == ')' || character == '}') ++depth;
        if (character == '<' || character == '(' || character == '{') --depth;
    }
    return name.substr(own);
}

}  // namespace detail

/// All that the compiler says of a type: equal for one type, different for two.
template <class Type>
inline constexpr std::string_view type_words = detail::type_in_words<Type>();

/// The same without the words that are around every type.
template <class Type>
inline constexpr std::string_view type_identity = type_words<Type>.substr(type_words<int>.find("Type = ") + 7);

/// The type's unqualified name, as written at its definition.
template <class Type>
inline constexpr std::string_view type_name = detail::own_name(type_words<Type>);

namespace detail {

struct TypeProbe;
static_assert(type_name<TypeProbe> == "TypeProbe",
              "mica: this compiler spells a type's name in a way that reflect/type_name.hpp cannot read");

}  // namespace detail

}  // namespace mica::reflect
