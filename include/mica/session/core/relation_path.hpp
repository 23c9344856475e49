// SPDX-License-Identifier: BSL-1.0
// What with<> and load<> may name: a relation, then one of the entity that it leads to, and so on.
#pragma once

#include <mica/reflect/member.hpp>
#include <mica/session/object/tracked_object.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>

namespace mica {

/// The members that with<> or load<> was given: a relation, then one of the entity that it leads to, and so on.
template <class Owner, auto... relations>
struct RelationPath {};

namespace detail {

template <auto member>
consteval bool names_relation() {
    if constexpr (std::is_member_object_pointer_v<decltype(member)>) {
        return is_relation<reflect::FieldOf<member>>;
    } else {
        return false;
    }
}

template <auto relation>
using TargetOf = typename RelationTraits<reflect::FieldOf<relation>>::Target;

template <auto only>
consteval bool is_relation_path() {
    return true;
}
template <auto first, auto second, auto... rest>
consteval bool is_relation_path() {
    return std::same_as<TargetOf<first>, reflect::OwnerOf<second>> && is_relation_path<second, rest...>();
}

template <class Owner, auto first, auto...>
inline constexpr bool starts_at = std::same_as<Owner, reflect::OwnerOf<first>>;

/// Says what keeps relations from being loaded for objects of type `Owner`.
template <class Owner, auto... relations>
consteval bool require_relation_path() {
    constexpr bool are_relations = sizeof...(relations) > 0 && (names_relation<relations>() && ...);
    static_assert(are_relations, "mica: with<> and load<> name relations, as in with<&Album::tracks>()");
    if constexpr (!are_relations) {
        return false;
    } else if constexpr (!(require_trackable<reflect::OwnerOf<relations>>() && ...) ||
                         !(require_trackable<TargetOf<relations>>() && ...)) {
        return false;
    } else {
        constexpr bool starts = starts_at<Owner, relations...>;
        constexpr bool goes_on = is_relation_path<relations...>();
        static_assert(starts, "mica: with<> and load<> begin at a relation of the entity that the objects are");
        static_assert(goes_on || !starts,
                      "mica: in a path of with<> or load<> each member is a relation of the entity that the one before "
                      "it leads to");
        return starts && goes_on;
    }
}

}  // namespace detail

}  // namespace mica
