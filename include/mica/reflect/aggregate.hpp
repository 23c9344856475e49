// SPDX-License-Identifier: BSL-1.0
// What makes a struct reflectable, asked before Boost.PFR comes near it, so that a misfit costs one sentence.
#pragma once

#include <mica/reflect/field_count.hpp>

#include <concepts>
#include <cstddef>
#include <cstdlib>
#include <type_traits>
#include <utility>

namespace mica::reflect {

namespace detail {

template <class Owner>
struct AnyBase {
    template <class Base>
        requires(std::is_base_of_v<Base, Owner> && !std::same_as<Base, Owner>)
    operator Base() const noexcept {
        std::abort();
    }
};

/// Empty braces take exactly one field; other arguments would spread over a C array and leave too many behind it.
template <class Owner, std::size_t... before, std::size_t... after>
consteval bool is_one_field(std::index_sequence<before...>, std::index_sequence<after...>) {
    return requires { Owner{AnyField<Owner, before>{}..., {}, AnyField<Owner, after>{}...}; };
}

template <class Owner, std::size_t count, std::size_t... indices>
consteval bool all_are_one_field(std::index_sequence<indices...>) {
    return (is_one_field<Owner>(std::make_index_sequence<indices>{}, std::make_index_sequence<count - indices - 1>{}) &&
            ...);
}

/// The same of eight at once.
template <class Owner, std::size_t... before, std::size_t... after>
consteval bool are_eight_fields(std::index_sequence<before...>, std::index_sequence<after...>) {
    return requires {
        Owner{AnyField<Owner, before>{}..., {}, {}, {}, {}, {}, {}, {}, {}, AnyField<Owner, after>{}...};
    };
}

/// Of a struct of many fields: in eights, for each question costs as much as there are fields.
template <class Owner, std::size_t count, std::size_t... eights>
consteval bool all_are_fields(std::index_sequence<eights...>) {
    constexpr std::size_t last = count - 8;
    return (are_eight_fields<Owner>(std::make_index_sequence<(eights * 8 < last ? eights * 8 : last)>{},
                                    std::make_index_sequence<(eights * 8 < last ? last - eights * 8 : 0)>{}) &&
            ...);
}

template <class Owner, std::size_t count>
consteval bool has_array() {
    if constexpr (count < 8) {
        return !all_are_one_field<Owner, count>(std::make_index_sequence<count>{});
    } else {
        return !all_are_fields<Owner, count>(std::make_index_sequence<(count + 7) / 8>{});
    }
}

/// Whether there is a function that takes a struct of so many fields apart.
template <std::size_t count>
consteval bool can_bind() {
    if constexpr (count <= narrow_fields) {
        return true;
    } else {
        return requires { has_wide_binding(FieldNumber<count>{}); };
    }
}

}  // namespace detail

enum class ShapeFlaw : unsigned char {
    none,
    not_an_aggregate,
    base_class,
    array_or_reference,
    too_many_fields,
    needs_wide_binding,
};

template <class Owner>
consteval ShapeFlaw find_shape_flaw() {
    if constexpr (!std::is_class_v<Owner> || !std::is_aggregate_v<Owner>) {
        return ShapeFlaw::not_an_aggregate;
    } else if constexpr (requires { Owner{detail::AnyBase<Owner>{}}; }) {
        return ShapeFlaw::base_class;
    } else if constexpr (!__is_assignable(Owner&, Owner&&)) {
        return ShapeFlaw::array_or_reference;  // a reference or a const field: nothing could be read into it
    } else if constexpr (detail::count_braces<Owner>() != field_count<Owner>) {  // not `a && b`, for b's compile time
        if constexpr (field_count<Owner> > wide_fields) {
            return ShapeFlaw::too_many_fields;
        } else if constexpr (detail::has_array<Owner, field_count<Owner>>()) {
            return ShapeFlaw::array_or_reference;
        } else if constexpr (!detail::can_bind<field_count<Owner>>()) {
            return ShapeFlaw::needs_wide_binding;
        } else {
            return ShapeFlaw::none;
        }
    } else {
        return ShapeFlaw::none;
    }
}

template <class Owner>
inline constexpr ShapeFlaw shape_flaw = find_shape_flaw<Owner>();

/// A struct whose fields mica can see and write: an aggregate without base classes, C arrays, references and const
/// fields.
template <class Owner>
concept Aggregate = shape_flaw<Owner> == ShapeFlaw::none;

}  // namespace mica::reflect
