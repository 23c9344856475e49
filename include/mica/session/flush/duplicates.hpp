// SPDX-License-Identifier: BSL-1.0
// Objects whose key a flush has written for another one.
#pragma once

#include <mica/core/list.hpp>
#include <mica/session/object/identity_map.hpp>
#include <mica/session/object/relation_info.hpp>
#include <mica/session/object/tracked_list.hpp>
#include <mica/session/object/undo.hpp>

#include <cstddef>
#include <utility>

namespace mica::detail {

/// Forgets objects whose key a flush has written for another object: their rows are gone, without the session's doing.
/// Where it has written a key twice, the last one has replaced the others.
template <class Object>
void evict_duplicates(const WorkParts& parts, std::size_t first_step) noexcept {
    try {
        for (std::size_t i = parts.log.size(); i-- > first_step;) {
            const Undo& step = parts.log.step(i);
            if (step.kind == UndoKind::remove || step.tracked->session != parts.session) continue;
            if (step.kind == UndoKind::update && !has_other_key(*step.tracked, step.snapshot)) continue;
            const Object& holder = *step.tracked;  // the log may move
            while (Object* const other = parts.map.find_other(holder)) {
                parts.log.make_room(1);
                Undo gone{TrackedReference{*other}, UndoKind::remove, other->snapshot};
                parts.map.erase(*other);
                parts.list.drop(*other);
                parts.log.add(std::move(gone));
            }
        }
    } catch (...) {  // those that are left stay until they are read again
    }
}

}  // namespace mica::detail
