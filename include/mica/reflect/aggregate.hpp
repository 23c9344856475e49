// SPDX-License-Identifier: BSL-1.0
// What makes a struct reflectable, asked before Boost.PFR comes near it, so that a misfit costs one sentence.
#pragma once

#include <boost/pfr/core.hpp>

#include <concepts>
#include <cstddef>
#include <cstdlib>
#include <type_traits>
#include <utility>

namespace mica::reflect {

namespace detail {

/// Becomes any field. References suit every type that can be copied, values those that can only be moved.
/// Never called; but std::optional asks for definitions, and a field's type without linkage has no other place for
/// them.
struct AnyCopyable {
    template <class Field>
    operator Field&() const& noexcept {
        std::abort();
    }
    template <class Field>
    operator Field&() const&& noexcept {
        std::abort();
    }
};
struct AnyMovable {
    template <class Field>
    operator Field() const&& noexcept {
        std::abort();
    }
};

template <class Owner, std::size_t>
using AnyField = std::conditional_t<std::is_copy_constructible_v<Owner>, AnyCopyable, AnyMovable>;

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

// clang-format off
/// How many empty braces an aggregate takes, at most 25: so many fields it has, arrays counted as one. 0 where not every
/// field can be had from nothing.
template <class Owner>
consteval std::size_t count_braces() {
    if constexpr (!requires { Owner{}; }) {
        return 0;
    } else if constexpr (!requires { Owner{{}}; }) {
        return 0;
    } else if constexpr (!requires { Owner{{}, {}}; }) {
        return 1;
    } else if constexpr (!requires { Owner{{}, {}, {}}; }) {
        return 2;
    } else if constexpr (!requires { Owner{{}, {}, {}, {}}; }) {
        return 3;
    } else if constexpr (!requires { Owner{{}, {}, {}, {}, {}}; }) {
        return 4;
    } else if constexpr (!requires { Owner{{}, {}, {}, {}, {}, {}}; }) {
        return 5;
    } else if constexpr (!requires { Owner{{}, {}, {}, {}, {}, {}, {}}; }) {
        return 6;
    } else if constexpr (!requires { Owner{{}, {}, {}, {}, {}, {}, {}, {}}; }) {
        return 7;
    } else if constexpr (!requires { Owner{{}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
        return 8;
    } else if constexpr (!requires { Owner{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
        return 9;
    } else if constexpr (!requires { Owner{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
        return 10;
    } else if constexpr (!requires { Owner{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
        return 11;
    } else if constexpr (!requires { Owner{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
        return 12;
    } else if constexpr (!requires { Owner{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
        return 13;
    } else if constexpr (!requires { Owner{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
        return 14;
    } else if constexpr (!requires { Owner{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
        return 15;
    } else if constexpr (!requires { Owner{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
        return 16;
    } else if constexpr (!requires { Owner{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
        return 17;
    } else if constexpr (!requires { Owner{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
        return 18;
    } else if constexpr (!requires { Owner{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
        return 19;
    } else if constexpr (!requires { Owner{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
        return 20;
    } else if constexpr (!requires { Owner{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
        return 21;
    } else if constexpr (!requires { Owner{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
        return 22;
    } else if constexpr (!requires { Owner{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
        return 23;
    } else if constexpr (!requires { Owner{{}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}}; }) {
        return 24;
    } else {
        return 25;
    }
}
// clang-format on

/// Whether a field goes on behind `braces` fields: one that empty braces cannot make.
template <class Owner, std::size_t... braces>
consteval bool has_more_fields(std::index_sequence<braces...>) {
    return requires { Owner{AnyField<Owner, braces>{}..., AnyField<Owner, 0>{}}; };
}

template <class Owner>
consteval std::size_t count_fields() {
    constexpr std::size_t braces = count_braces<Owner>();
    if constexpr (braces == 0 || braces > 24) {
        return boost::pfr::tuple_size_v<Owner>;
    } else if constexpr (has_more_fields<Owner>(std::make_index_sequence<braces>{})) {
        return boost::pfr::tuple_size_v<Owner>;
    } else {
        return braces;
    }
}

}  // namespace detail

/// The number of fields, counted once per struct. Boost.PFR's count costs 1.4 MB for each, 5 with clang.
template <class Owner>
inline constexpr std::size_t field_count = detail::count_fields<Owner>();

enum class ShapeFlaw : unsigned char { none, not_an_aggregate, base_class, array_or_reference };

template <class Owner>
consteval ShapeFlaw find_shape_flaw() {
    if constexpr (!std::is_class_v<Owner> || !std::is_aggregate_v<Owner>) {
        return ShapeFlaw::not_an_aggregate;
    } else if constexpr (requires { Owner{detail::AnyBase<Owner>{}}; }) {
        return ShapeFlaw::base_class;
    } else if constexpr (!std::is_move_assignable_v<Owner>) {
        return ShapeFlaw::array_or_reference;  // a reference or a const field: nothing could be read into it
    } else if constexpr (detail::count_braces<Owner>() != field_count<Owner> &&
                         !detail::all_are_one_field<Owner, field_count<Owner>>(
                             std::make_index_sequence<field_count<Owner>>{})) {
        return ShapeFlaw::array_or_reference;
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
