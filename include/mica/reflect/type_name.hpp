// SPDX-License-Identifier: BSL-1.0
// A struct's own name, without its namespaces: the default name of its table.
#pragma once

#include <cstddef>
#include <string_view>

namespace mica::reflect {

namespace detail {

template <class Type>
consteval const char* type_in_words() {
#if defined(_MSC_VER) && !defined(__clang__)
    return __FUNCSIG__;
#else
    return __PRETTY_FUNCTION__;
#endif
}

/// "… [with Type = ns::Name]" or "… [Type = ns::Name]"; template arguments of the name itself stay.
consteval std::string_view own_name(std::string_view words) {
    const std::size_t begin = words.find("Type = ") + 7;
    std::string_view name = words.substr(begin, words.rfind(']') - begin);
    std::size_t own = 0;
    int depth = 0;
    for (std::size_t i = 0; i + 1 < name.size(); ++i) {
        if (name[i] == '<' || name[i] == '(' || name[i] == '{') ++depth;
        if (name[i] == '>' || name[i] == ')' || name[i] == '}') --depth;
        if (depth == 0 && name[i] == ':' && name[i + 1] == ':') own = i + 2;
    }
    return name.substr(own);
}

}  // namespace detail

/// The type's unqualified name, as written at its definition.
template <class Type>
inline constexpr std::string_view type_name = detail::own_name(detail::type_in_words<Type>());

namespace detail {

struct TypeProbe;
static_assert(type_name<TypeProbe> == "TypeProbe",
              "mica: this compiler spells a type's name in a way that reflect/type_name.hpp cannot read");

}  // namespace detail

}  // namespace mica::reflect
