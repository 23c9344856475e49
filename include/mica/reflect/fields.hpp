// SPDX-License-Identifier: BSL-1.0
// The addresses and names of a struct's fields as plain constants. Names come from the compiler's own words.
#pragma once

#include <mica/reflect/binding.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

namespace mica::reflect {

namespace detail {

/// Storage for an object that never lives: only its addresses are used.
template <class Owner>
union Specimen {
    char none;
    Owner value;
    constexpr Specimen() noexcept : none{} {}
    constexpr ~Specimen() {}
};

template <class Owner>
inline constexpr Specimen<Owner> specimen{};

struct CollectAddresses {
    template <class... Fields>
    constexpr std::array<const void*, sizeof...(Fields)> operator()(const Fields&... fields) const {
        return {{&fields...}};
    }
};

}  // namespace detail

/// The addresses of the fields in an imaginary object: they identify a field without naming its type.
template <class Owner>
inline constexpr auto field_addresses = with_fields(detail::specimen<Owner>.value, detail::CollectAddresses{});

namespace detail {

template <const void*... addresses>
consteval const char* addresses_in_words() {
    return __PRETTY_FUNCTION__;
}

constexpr bool is_identifier(char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
           (character >= '0' && character <= '9') || character == '_' || character == '$' ||
           static_cast<unsigned char>(character) >= 0x80;
}

/// Every address ends in its field's name; read from the back, where no type's name can be mistaken for one. By
/// pointer, for each call of a function in constant evaluation takes memory.
template <std::size_t count>
consteval std::array<std::string_view, count> read_names(std::string_view words) {
    const char* const first = words.data();
    const char* end = first + words.size();
    const bool has_parentheses = words.rfind("(& ") != std::string_view::npos;
    std::array<std::string_view, count> names{};
    for (std::size_t i = count; i > 0; --i) {
        while (end != first && !is_identifier(end[-1])) --end;
        const char* begin = end;
        while (begin != first && is_identifier(begin[-1])) --begin;
        names[i - 1] = {begin, static_cast<std::size_t>(end - begin)};
        end = begin;
        while (end != first && (*end != '&' || (has_parentheses && end[-1] != '('))) --end;
    }
    return names;
}

template <class Owner, std::size_t... indices>
consteval auto find_names(std::index_sequence<indices...>) {
    return read_names<sizeof...(indices)>(addresses_in_words<field_addresses<Owner>[indices]...>());
}

}  // namespace detail

/// The fields' names in their order.
template <class Owner>
inline constexpr auto field_names = detail::find_names<Owner>(std::make_index_sequence<field_count<Owner>>{});

namespace detail {

struct NameProbe {
    int first_field;
    long second_field;
};
static_assert(field_names<NameProbe>[0] == "first_field" && field_names<NameProbe>[1] == "second_field",
              "mica: this compiler spells the address of a field in a way that reflect/fields.hpp cannot read");

}  // namespace detail

}  // namespace mica::reflect
