// SPDX-License-Identifier: BSL-1.0
// What a relation field is to its object: where it is, and what is said where it cannot be used.
#pragma once

#include <mica/engine/open_connection.hpp>
#include <mica/session/object/tracked.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace mica::detail {

/// The relation that a slot of a tracked object is.
inline const RelationInfo& info_of(const RelationSlot& slot) {
    const RelationSlots slots{slot.owner->operations->relations(), *slot.owner};
    std::size_t index = 0;
    while (slots.slots[index] != &slot) ++index;
    return slots.infos[index];
}

/// `target` names what it leads to, for a plain value, which knows no more.
[[noreturn, gnu::cold, gnu::noinline]] inline void throw_not_loaded(const RelationSlot& slot, std::string_view target) {
    if (slot.owner == nullptr) {
        throw NotLoaded("mica: this relation to " + std::string{target} +
                        " is a plain value's, where none is loaded; read the object by a session's query with "
                        ".with<>()");
    }
    const std::string name = name_of(info_of(slot));
    throw NotLoaded("mica: " + name + " is not loaded; add .with<&" + name + ">() to the query, or call load<&" + name +
                    ">() of the session");
}

[[noreturn, gnu::cold, gnu::noinline]] inline void throw_no_related(const RelationSlot& slot, std::string_view target) {
    const std::string name = slot.owner != nullptr ? name_of(info_of(slot)) : "this relation to " + std::string{target};
    throw_misuse(name + " leads to no object");
}

[[noreturn, gnu::cold, gnu::noinline]] inline void throw_foreign_key_out_of_range(const Tracked& keeper,
                                                                                  std::size_t column) {
    const Table& table = keeper.table();
    throw DataError(Failure{.message = "mica: the key of another row does not fit column \"" +
                                       std::string{table.columns[column].name} + "\" of table \"" +
                                       std::string{table.name} + "\""});
}

inline void require_same_session(const Tracked& owner, const Tracked& target) {
    if (owner.session == nullptr || target.session == nullptr || owner.session == target.session) return;
    throw_misuse("a relation connects objects of one session; these two are tracked by different ones");
}

}  // namespace mica::detail
