// SPDX-License-Identifier: BSL-1.0
// An entity's relations from its fields, once for each entity that has some.
#pragma once

#include <mica/query/by_key/select_related.hpp>
#include <mica/session/relation/collection.hpp>
#include <mica/session/relation/relation_hooks.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>

namespace mica::detail {

template <class Entity>
const EntityOperations& operations_at_run_time() {
    return operations_of<Entity>;
}

template <class Association>
Tracked* make_association() {
    return new TrackedObject<Association>(operations_of<Association>);
}

/// The entity whose rows hold the key.
template <class Owner, class Relation, class Traits = RelationTraits<Relation>>
using OwningSide = std::conditional_t<Traits::kind == RelationKind::belongs_to, Owner,
                                      std::conditional_t<Traits::kind == RelationKind::many_to_many,
                                                         typename Traits::Association, typename Traits::Target>>;

/// Sets the field of one column.
struct SetColumn {
    SnapshotCell cell;
    std::size_t left;  ///< how many columns come before it
    DecodeFlaw flaw = DecodeFlaw::none;

    template <class Field>
    void operator()(Field& field, FieldUse) {
        if (left-- == 0) flaw = decode(cell, field);
    }
    /// A key that leads nowhere is none: the object is missing then.
    template <class Value>
    void missable(std::optional<Value>& value) {
        const std::size_t count = count_columns(fields_of<Value>);
        const bool is_within = left < count;
        if (is_within && cell.storage_class() == StorageClass::null) {
            value.reset();
        } else if (is_within) {
            if (!value) value.emplace();
            return for_each_column(*value, *this);
        }
        left -= count;
    }
};

template <class Entity>
void set_column(Tracked& tracked, std::size_t column, SnapshotCell cell) {
    SetColumn set{cell, column};
    for_each_column(static_cast<TrackedObject<Entity>&>(tracked).value, mapped_fields<Entity>.data(), set);
    if (set.flaw != DecodeFlaw::none) throw_foreign_key_out_of_range(tracked, column);
}

template <class Owner, class Relation>
constexpr RelationInfo make_relation_info(std::size_t place) {
    using Traits = RelationTraits<Relation>;
    constexpr RelationKeys keys = find_relation_keys<Owner, Relation>();
    RelationInfo info;
    info.kind = Traits::kind;
    info.is_owned = Traits::is_owned;
    info.owner = reflect::type_name<Owner>;
    info.field = reflect::field_names<Owner>[place];
    info.has_condition = has_reading_condition<Owner>(reflect::field_addresses<Owner>[place]);
    info.has_order = reading_of<Owner>(reflect::field_addresses<Owner>[place]) < options_of<Owner>.size();
    info.key = keys.own.key;
    info.other_key = keys.other.key;
    info.target = &operations_at_run_time<typename Traits::Target>;
    info.set_column = &set_column<OwningSide<Owner, Relation>>;
    info.owning_side = &operations_at_run_time<OwningSide<Owner, Relation>>;
    if constexpr (Traits::kind == RelationKind::many_to_many) {
        info.make_association = &make_association<typename Traits::Association>;
    }
    return info;
}

template <class Owner>
struct CollectRelations {
    template <class... Fields>
    constexpr std::array<RelationInfo, relation_count<Owner>> operator()(const Fields&...) const {
        std::array<RelationInfo, relation_count<Owner>> infos{};
        std::size_t field = 0;
        std::size_t count = 0;
        (add<Fields>(infos, field++, count), ...);
        return infos;
    }
    template <class Field>
    static constexpr void add(std::array<RelationInfo, relation_count<Owner>>& infos, std::size_t field,
                              std::size_t& count) {
        if constexpr (is_relation<Field>) {
            infos[count++] = make_relation_info<Owner, Field>(field);
        }
    }
};

/// Those of `Owner` in the order of its fields.
template <class Owner>
inline constexpr auto relation_infos =
    reflect::with_fields(reflect::detail::specimen<Owner>.value, CollectRelations<Owner>{});

struct CollectSlots {
    RelationSlot** slots;

    template <class... Fields>
    void operator()(Fields&... fields) {
        (add(fields), ...);
    }
    template <class Field>
    void add(Field& field) {
        if constexpr (is_relation<Field>) *slots++ = &SlotAccess::slot(field);
    }
};

template <class Owner>
void find_slots(Tracked& tracked, RelationSlot** slots) {
    reflect::with_fields(static_cast<TrackedObject<Owner>&>(tracked).value, CollectSlots{slots});
}

/// Tracked. Named by way of `Owner`, or a program without relations would compile what is done with them.
template <class Owner>
using TrackedOf = std::enable_if_t<sizeof(Owner) != 0, Tracked>;

template <class Owner>
inline constexpr RelationTable relation_table{relation_infos<Owner>, &find_slots<Owner>,
                                              &RelationWork<TrackedOf<Owner>>::hooks};

template <class Owner>
const RelationTable& relation_table_of() {
    return relation_table<Owner>;
}

template <auto relation>
consteval std::size_t find_relation_index() {
    using Owner = reflect::OwnerOf<relation>;
    std::size_t index = 0;
    for (std::size_t i = 0; i < reflect::index_of<relation>; ++i) {
        if (fields_of<Owner>[i].kind == FieldKind::relation) ++index;
    }
    return index;
}

/// The place among its entity's relations of the one that a member pointer names.
template <auto relation>
inline constexpr std::size_t relation_index = find_relation_index<relation>();

}  // namespace mica::detail
