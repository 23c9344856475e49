// SPDX-License-Identifier: BSL-1.0
// Options of a mapping that name fields of the struct, by member pointers.
#pragma once

#include <mica/reflect/member.hpp>
#include <mica/reflect/type_name.hpp>
#include <mica/schema/option.hpp>

#include <concepts>
#include <string_view>

namespace mica {

/// An option that is complete as it stands.
struct PlainOption {
    OptionData data;
};

namespace detail {

template <auto... members>
constexpr FieldList list_of() {
    constexpr bool fits = sizeof...(members) <= FieldList::capacity;
    static_assert(fits, "mica: a key or an index has at most 8 columns");
    FieldList list{};
    if constexpr (fits) ((list.addresses[list.count++] = reflect::address_of(members)), ...);
    return list;
}

/// On one field; what follows is the same for all fields, and so compiled once.
constexpr OptionData option_on_field(OptionKind kind, std::string_view owner, const void* field) {
    OptionData data;
    data.kind = kind;
    data.owner = owner;
    data.fields.addresses[0] = field;
    data.fields.count = 1;
    return data;
}

template <auto first, auto... members>
constexpr OptionData option_on(OptionKind kind) {
    using Owner = reflect::OwnerOf<first>;
    if constexpr (sizeof...(members) == 0) {
        return option_on_field(kind, reflect::type_words<Owner>, reflect::address_of(first));
    } else {
        OptionData data;
        data.kind = kind;
        if constexpr ((std::same_as<Owner, reflect::OwnerOf<members>> && ...)) data.owner = reflect::type_words<Owner>;
        data.fields = list_of<first, members...>();
        return data;
    }
}

}  // namespace detail

}  // namespace mica
