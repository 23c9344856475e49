// SPDX-License-Identifier: BSL-1.0
// Texts as the program gives them. An array of characters, a literal too, is a C string: it ends at its first NUL.
#pragma once

#include <mica/core/error.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace mica::detail {

[[noreturn, gnu::cold, gnu::noinline]] inline void throw_null_text() {
    refuse<ProgrammingError>({"mica: a null pointer is given as a text; NULL is written std::nullopt"});
}

/// What is in front of the first NUL, all of an array without one.
template <std::size_t size>
constexpr std::string_view text_of(const char (&array)[size]) noexcept {
    if (array[size - 1] == '\0') return {array};  // whose length a compiler knows, of a literal
    std::size_t length = 0;
    while (length < size && array[length] != '\0') ++length;
    return {array, length};
}
/// Throws ProgrammingError for a null pointer.
template <class Given>
constexpr std::string_view text_of(const Given& given) {
    if constexpr (std::is_pointer_v<Given>) {
        if (given == nullptr) [[unlikely]]
            throw_null_text();
    }
    return given;
}

/// A value given to SQL text as it is, an array of characters or a pointer to some as its text.
template <class Given>
constexpr decltype(auto) as_given(const Given& value) {
    if constexpr ((std::is_array_v<Given> || std::is_pointer_v<Given>) &&
                  std::is_convertible_v<const Given&, std::string_view>) {
        return text_of(value);
    } else {
        return (value);
    }
}

template <class Argument>
using AsGiven = std::remove_cvref_t<decltype(as_given(std::declval<Argument&>()))>;

}  // namespace mica::detail
