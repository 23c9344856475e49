// SPDX-License-Identifier: BSL-1.0
// The relations of a unit of work: nothing at all until it meets the first object that has some.
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/core/list.hpp>
#include <mica/session/object/former_keys.hpp>
#include <mica/session/object/identity_map.hpp>
#include <mica/session/object/key_index.hpp>
#include <mica/session/object/relation_info.hpp>
#include <mica/session/object/tracked_list.hpp>

#include <cstddef>

namespace mica::detail {

class RelatedWork {
public:
    explicit RelatedWork(TrackedList& list) noexcept : list_(list) {}
    RelatedWork(const RelatedWork&) = delete;
    RelatedWork& operator=(const RelatedWork&) = delete;
    ~RelatedWork() {
        if (hooks_ != nullptr) hooks_->end_log(detail::exchange(list_.relation_log, nullptr));
    }

    const RelationHooks* hooks() const noexcept { return hooks_; }

    void attach(const Tracked& tracked) {
        const RelationHooks* const hooks = hooks_of(tracked);
        if (hooks_ != nullptr || hooks == nullptr) return;
        list_.relation_log = hooks->begin_log();
        hooks_ = hooks;
    }
    static void require_known(Tracked& tracked, const void* session) {
        if (const RelationHooks* const hooks = hooks_of(tracked)) hooks->require_known(tracked, session);
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

    void expose_followed() const {
        if (hooks_ == nullptr) return;
        for (std::size_t i = 0; i < list_.changeable().size(); ++i) {
            Tracked* const tracked = list_.changeable()[i];
            if (tracked == nullptr) continue;
            if (const RelationHooks* const hooks = hooks_of(*tracked)) hooks->expose_followed(*tracked);
        }
    }
    void drop_all_pending(const WorkParts& parts) const {
        if (hooks_ == nullptr) return;
        for (std::size_t i = 0; i < parts.list.changeable().size(); ++i) {
            if (Tracked* const tracked = parts.list.changeable()[i]) drop_pending(parts, *tracked);
        }
    }
    /// A statement of the user's has changed rows, so that what is loaded from now on may hold them.
    void note_statement() noexcept { list_.keeps_loads = true; }
    std::size_t mark() const noexcept { return hooks_ == nullptr ? 0 : hooks_->log_size(*list_.relation_log); }
    /// The transaction has ended.
    void end() noexcept {
        if (hooks_ != nullptr) hooks_->clear_log(*list_.relation_log);
        list_.keeps_loads = list_.has_written = false;
    }
    void undo_since(std::size_t first, bool knows_rows) {
        if (hooks_ != nullptr) hooks_->undo_since(*list_.relation_log, first, list_, knows_rows);
    }
    static void reset(Tracked& tracked) {
        if (const RelationHooks* const hooks = hooks_of(tracked)) hooks->reset(tracked);
    }

private:
    static const RelationHooks* hooks_of(const Tracked& tracked) noexcept {
        return tracked.operations->relations == nullptr ? nullptr : tracked.operations->relations().hooks;
    }

    TrackedList& list_;
    const RelationHooks* hooks_ = nullptr;
};

/// Changes that have been undone, for relations to follow when all rows are known again: what one refers to may have
/// been removed before it was changed.
template <class Lazy = void>
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
        former_keys_.add(*last.tracked, last.before);
    }

    void follow(const RelatedWork& relations, WorkParts parts) const {
        parts.former_keys = &former_keys_;
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
    FormerKeys former_keys_{};
};

}  // namespace mica::detail
