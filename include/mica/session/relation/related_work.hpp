// SPDX-License-Identifier: BSL-1.0
// The relations of a unit of work: nothing at all until it meets the first object that has some.
#pragma once

#include <mica/core/list.hpp>
#include <mica/session/object/identity_map.hpp>
#include <mica/session/object/key_index.hpp>
#include <mica/session/object/relation_info.hpp>
#include <mica/session/object/tracked_list.hpp>

#include <cstddef>

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

/// Changes that have been undone, for relations to follow when all rows are known again: what one refers to may have
/// been removed before it was changed.
class UndoneSteps {
public:
    /// Makes the next `count` calls of add() as safe as a copy of a snapshot is.
    void make_room(std::size_t count) { steps_.reserve(steps_.size() + count); }
    void clear() noexcept {
        steps_.clear();
        former_keys_.clear();
    }

    /// The next step of this object is about to be undone.
    void add(Tracked& tracked, bool was_there) {
        steps_.push_back({TrackedReference{tracked}, was_there, tracked.snapshot});
    }
    /// It has been.
    void note_key() {
        const Undone& last = steps_.back();
        if (!has_other_key(*last.tracked, last.before)) return;
        former_keys_.push_back({&*last.tracked, encoded_key(last.tracked->table(), last.before)});
    }

    void follow(const RelatedWork& relations, WorkParts parts) const {
        parts.former_keys = former_keys_;
        parts.keeps_former = false;
        for (const Undone& step : steps_) {
            Tracked& tracked = *step.tracked;
            const bool is_there = tracked.session == parts.session;
            relations.follow(parts, tracked, step.was_there ? &step.before : nullptr,
                             is_there ? &tracked.snapshot : nullptr);
        }
    }

private:
    struct Undone {
        TrackedReference tracked;
        bool was_there;
        Snapshot before;
    };

    List<Undone> steps_{};
    List<FormerKey> former_keys_{};
};

}  // namespace mica::detail
