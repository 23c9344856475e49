// SPDX-License-Identifier: BSL-1.0
// The relations of a unit of work: nothing at all until it meets the first object that has some.
#pragma once

#include <mica/session/relation_info.hpp>
#include <mica/session/tracked_list.hpp>

#include <string>

namespace mica::detail {

class RelatedWork {
public:
    const RelationHooks* hooks() const noexcept { return hooks_; }

    void meet(const Tracked& tracked) noexcept {
        if (hooks_ == nullptr) hooks_ = hooks_of(tracked);
    }
    /// Whether a flush would write something because of an object's relations: rows of `table`, or any.
    static bool is_pending(Tracked& tracked, const Table* table) {
        const RelationHooks* const hooks = hooks_of(tracked);
        return hooks != nullptr && hooks->is_pending(tracked, table);
    }
    /// A row has changed; see RelationHooks.
    void follow(const WorkParts& parts, Tracked& tracked, const Snapshot* before, const Snapshot* after) const {
        if (hooks_ != nullptr) hooks_->follow(parts, tracked, before, after);
    }
    /// A new object is not to be saved after all.
    bool forget_new(const WorkParts& parts, Tracked& tracked) const {
        return hooks_ != nullptr && hooks_->forget_new(parts, tracked);
    }
    /// What is not written of an object's relations is forgotten.
    static void drop_pending(const WorkParts& parts, Tracked& tracked) {
        if (const RelationHooks* const hooks = hooks_of(tracked)) hooks->drop_pending(parts, tracked);
    }

    // For all objects at once, in a session that has met some.

    void drop_all_pending(const WorkParts& parts) const {
        if (hooks_ == nullptr) return;
        for (Tracked* tracked = parts.list.first(); tracked != nullptr; tracked = tracked->next) {
            drop_pending(parts, *tracked);
        }
    }
    void commit(const TrackedList& list) const noexcept {
        if (hooks_ == nullptr) return;
        for (Tracked* tracked = list.first(); tracked != nullptr; tracked = tracked->next) {
            if (const RelationHooks* const hooks = hooks_of(*tracked)) hooks->commit(*tracked);
        }
    }
    void rollback(const TrackedList& list) const noexcept {
        if (hooks_ == nullptr) return;
        for (Tracked* tracked = list.first(); tracked != nullptr; tracked = tracked->next) {
            rollback(*tracked);
        }
    }
    static void rollback(Tracked& tracked) noexcept {
        if (const RelationHooks* const hooks = hooks_of(tracked)) hooks->rollback(tracked);
    }

private:
    static const RelationHooks* hooks_of(const Tracked& tracked) noexcept {
        return tracked.operations->relations == nullptr ? nullptr : tracked.operations->relations().hooks;
    }

    const RelationHooks* hooks_ = nullptr;
};

}  // namespace mica::detail
