// SPDX-License-Identifier: BSL-1.0
// An entity's relations as plain data, erased: what the session knows of them without a type.
#pragma once

#include <mica/core/list_view.hpp>
#include <mica/schema/relation_key.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace mica::detail {

struct Tracked;
struct EntityOperations;
template <class Object>
struct GraphNode;

/// What all relation fields begin with.
struct RelationSlot {
    Tracked* owner = nullptr;  ///< the tracked object that it is a field of, null in a plain value
};

/// One relation field of an entity.
struct RelationInfo {
    RelationKind kind{};
    bool is_owned = false;
    std::string_view owner{};  ///< the struct's name
    std::string_view field{};
    ForeignKey key{};        ///< between the two; of many_to_many, from the association to the owner
    ForeignKey other_key{};  ///< of many_to_many: from the association to the target
    const EntityOperations& (*target)() = nullptr;  ///< what it leads to
    const EntityOperations& (*keeper)() = nullptr;  ///< whose rows hold the key: one of the two, or the association
    Tracked* (*make_association)() = nullptr;       ///< a new object of it; nobody holds it yet
};

struct RelationTable {
    static constexpr std::size_t capacity = 32;

    ListView<RelationInfo> infos;
    /// Writes the address of each of an object's slots, in the order of `infos`.
    void (*find_slots)(Tracked& tracked, RelationSlot** slots);
    /// Empties an object's slots, see abandon_all.
    void (*abandon)(Tracked& tracked, GraphNode<Tracked>*& last) noexcept;
};

/// The slots of one object.
struct RelationSlots {
    ListView<RelationInfo> infos{};
    RelationSlot* slots[RelationTable::capacity];

    RelationSlots(const RelationTable& table, Tracked& tracked) : infos(table.infos) {
        table.find_slots(tracked, slots);
    }

    std::size_t size() const noexcept { return infos.size(); }
};

/// "Album::tracks".
inline std::string name_of(const RelationInfo& info) {
    return std::string{info.owner} + "::" + std::string{info.field};
}

}  // namespace mica::detail
