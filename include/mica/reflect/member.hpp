// SPDX-License-Identifier: BSL-1.0
// From a member pointer to the field it means: its struct, its type, its place.
#pragma once

#include <mica/reflect/fields.hpp>

#include <array>
#include <cstddef>
#include <tuple>
#include <type_traits>

namespace mica::reflect {

namespace detail {

template <class Pointer>
struct MemberPointer;
template <class Class, class Field>
struct MemberPointer<Field Class::*> {
    using Owner = Class;
    using Value = Field;
};

}  // namespace detail

/// The struct that a member pointer points into.
template <auto member>
using OwnerOf = typename detail::MemberPointer<decltype(member)>::Owner;

/// The type of the field that a member pointer points to.
template <auto member>
using FieldOf = typename detail::MemberPointer<decltype(member)>::Value;

/// The field's address in the imaginary object of field_addresses.
template <class Owner, class Field>
constexpr const void* address_of(Field Owner::* member) {
    return &(detail::specimen<Owner>.value.*member);
}

/// The place among the struct's fields of the one at `address`.
template <std::size_t count>
constexpr std::size_t index_of_address(const std::array<const void*, count>& addresses, const void* address) {
    std::size_t index = 0;
    while (index < count && addresses[index] != address) ++index;
    return index;
}

namespace detail {

template <std::size_t index>
struct PickType {
    template <class... Fields>
    auto operator()(const Fields&...) const -> std::type_identity<std::tuple_element_t<index, std::tuple<Fields...>>> {
        return {};  // nobody calls it, but clang would miss a body that takes structs of an anonymous namespace
    }
};

}  // namespace detail

/// The type of a struct's field at a place.
template <class Owner, std::size_t index>
using FieldType = typename decltype(with_fields(detail::specimen<Owner>.value, detail::PickType<index>{}))::type;

/// The place of a member among its struct's fields, counted from 0.
template <auto member>
inline constexpr std::size_t index_of = index_of_address(field_addresses<OwnerOf<member>>, address_of(member));

}  // namespace mica::reflect
