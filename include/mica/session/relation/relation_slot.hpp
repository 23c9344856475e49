// SPDX-License-Identifier: BSL-1.0
// What a relation field is to its object: where it is, and what is said where it cannot be used.
#pragma once

#include <mica/core/error.hpp>
#include <mica/session/flush/plan.hpp>
#include <mica/session/object/tracked_list.hpp>

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

[[noreturn, gnu::cold, gnu::noinline]] inline void throw_foreign_key_out_of_range(const Tracked& owning,
                                                                                  std::size_t column) {
    const Table& table = owning.table();
    throw DataError(Failure{.message = "mica: the key of another row does not fit column \"" +
                                       std::string{table.columns[column].name} + "\" of table \"" +
                                       std::string{table.name} + "\""});
}

inline std::string row_text(const Tracked& tracked) {
    const std::string key = tracked.snapshot.empty() ? std::string{} : key_text(tracked.table(), tracked.snapshot);
    return (key.empty() ? "a new row" : "row " + key) + " of table \"" + std::string{tracked.table().name} + '"';
}

/// Whether an object had a row once that no session knows any more: it was detached, or its session has ended.
inline bool is_left(const Tracked& tracked) noexcept { return tracked.session == nullptr && !tracked.snapshot.empty(); }

[[noreturn, gnu::cold, gnu::noinline]] inline void throw_not_tracked(const Tracked& target) {
    throw_misuse(row_text(target) + " is not tracked by this session; use get() or merge()");
}

/// A relation begins to lead to an object, so that the program can reach it.
template <class Object>
GraphEdge<Object> lead(Object& owner, Object& target) {
    if (target.session != nullptr) target.session->expose(target);
    return {owner, target};
}

/// The program may have been given what a relation leads to.
template <class Object>
void expose(const GraphEdge<Object>& edge) {
    Object* const target = edge.get();
    if (target != nullptr && target->session != nullptr && target->place == 0) target->session->expose(*target);
}

/// A relation of an object that `session` tracks cannot lead to one that another does, or did.
inline void require_same_session(const void* session, const Tracked& target) {
    if (session == nullptr || target.session == session) return;
    if (target.session != nullptr || is_left(target)) throw_not_tracked(target);
}

/// What is changed in a collection that no session writes any more would be lost.
inline void require_written(const RelationSlot& slot) {
    if (!is_left(*slot.owner)) return;
    throw_misuse(name_of(info_of(slot)) +
                 " is of an object that no session tracks any more, so nothing would write this; "
                 "use get() or merge() of a session");
}

}  // namespace mica::detail
