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

struct IdentifierCharacters {
    bool contains[256]{};
    consteval IdentifierCharacters() {
        for (int character = 0; character < 256; ++character) {
            contains[character] = (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
                                  (character >= '0' && character <= '9') || character == '_' || character == '$' ||
                                  character >= 0x80;
        }
    }
};
inline constexpr IdentifierCharacters identifier_characters;

/// Every address ends in its field's name; read from the back, where no type's name can be mistaken for one. By index
/// and table, for each call of a function and each new pointer in constant evaluation takes memory; and what stands
/// before a name in its address, the same for all of them, is looked through once. A std::string_view of the words
/// would count them in just such calls.
template <std::size_t count>
consteval std::array<std::string_view, count> read_names(const char* letters) {
    std::array<std::string_view, count> names{};
    std::string_view* name = names.data() + count;
    std::size_t end = __builtin_strlen(letters);
    std::size_t before = 0;
    bool has_parentheses = false;
    for (std::size_t i = 0; i < count; ++i) {
        while (end != 0 && !identifier_characters.contains[static_cast<unsigned char>(letters[end - 1])]) --end;
        if (i == 0) has_parentheses = letters[end] == ')';
        std::size_t begin = end;
        while (begin != 0 && identifier_characters.contains[static_cast<unsigned char>(letters[begin - 1])]) --begin;
        *--name = {letters + begin, end - begin};
        end = begin - before;
        while (end != 0 && (letters[end] != '&' || (has_parentheses && letters[end - 1] != '('))) --end;
        before = begin - end;
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
