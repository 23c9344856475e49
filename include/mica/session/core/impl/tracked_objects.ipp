// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/session/core/tracked_objects.hpp>
#include <mica/session/flush/planner.hpp>

#include <cstddef>
#include <exception>
#include <string_view>
#include <utility>

namespace mica::detail {

template <class Lazy>
TrackedObjects<Lazy>::~TrackedObjects() = default;

template <class Lazy>
void TrackedObjects<Lazy>::remove(Tracked& tracked) {
    if (tracked.session != &list_) {
        if (tracked.session == nullptr && relations_.forget_new(parts(), tracked)) return;
        throw_misuse("an object can only be removed by the session that tracks it");
    }
    if (tracked.state == TrackedState::added) {
        relations_.forget_new(parts(), tracked);
        list_.drop(tracked);
    } else {
        list_.expose(tracked);
        list_.change_state(tracked, TrackedState::removed);
    }
}

template <class Lazy>
void TrackedObjects<Lazy>::detach(Tracked& tracked) {
    relations_.forget_new(parts(), tracked);
    let_go(tracked);
}

template <class Lazy>
void TrackedObjects<Lazy>::clear() noexcept {
    while (list_.first() != nullptr) let_go(*list_.first());
}

template <class Lazy>
void TrackedObjects<Lazy>::forget_unused() noexcept {
    if (list_.size() < most_) return;
    for (Tracked *tracked = list_.first(), *next = nullptr; tracked != nullptr; tracked = next) {
        next = tracked->next;
        if (tracked->state != TrackedState::persistent || tracked->is_reachable() || tracked->logged != 0) continue;
        if (tracked->place != 0 && (differs_or_cannot_tell(*tracked) || RelatedWork::is_pending(*tracked, nullptr)))
            continue;
        map_.erase(*tracked);
        list_.drop(*tracked);
    }
    most_ = list_.size() * 2 < least_many ? least_many : list_.size() * 2;
}

template <class Lazy>
bool TrackedObjects<Lazy>::has_changes(const Table* table) {
    using Look = TrackedList::Look;
    if (table == nullptr ? list_.added() != 0 : is_adding_to(*table)) return true;
    expose_followed();
    return list_.find_change([table](Tracked& tracked) {
        const bool counts = table == nullptr || same_relation(tracked.table(), *table);
        if ((counts && differs(tracked)) || RelatedWork::is_pending(tracked, table)) return Look::changed;
        const bool is_all = counts && (table == nullptr || !RelatedWork::is_pending(tracked, nullptr));
        return is_all ? Look::unchanged : Look::skipped;
    });
}

template <class Lazy>
bool TrackedObjects<Lazy>::is_modified(Tracked& tracked) {
    return differs(tracked) || RelatedWork::is_pending(tracked, &tracked.table());
}

template <class Lazy>
bool TrackedObjects<Lazy>::is_relating_to(const Table& table) const {
    if (relations_.hooks() == nullptr) return false;
    expose_followed();
    for (Tracked* tracked : list_.changeable()) {
        if (tracked != nullptr && RelatedWork::is_pending(*tracked, &table)) return true;
    }
    return false;
}

template <class Lazy>
void TrackedObjects<Lazy>::restore_generated() {
    if (!has_generated_) return;
    expose_followed();
    for (Tracked* tracked : list_.changeable()) {
        if (tracked == nullptr || !tracked->operations->has_generated_column || !tracked->may_differ()) continue;
        if (!differs_or_cannot_tell(*tracked)) assign_stored(*tracked, tracked->snapshot);
    }
}

template <class Lazy>
void TrackedObjects<Lazy>::reread(Tracked& tracked, Snapshot snapshot) {
    if (snapshot == tracked.snapshot) return mark_fresh(tracked);
    const bool undoable = !log_.empty() || ran_statement();
    if (undoable) log_.make_room(1);
    tracked.operations->assign(tracked, snapshot);
    map_.swap_snapshot(tracked, snapshot);
    mark_fresh(tracked);
    relations_.follow(parts(undoable), tracked, &snapshot, &tracked.snapshot);
    if (undoable) log_.add({TrackedReference{tracked}, UndoKind::reread, std::move(snapshot)});
}

template <class Lazy>
void TrackedObjects<Lazy>::lose(Tracked& tracked) {
    const bool undoable = ran_statement();
    if (undoable) log_.make_room(1);
    const TrackedReference held{tracked};
    map_.erase(tracked);
    list_.drop(tracked);
    relations_.follow(parts(undoable), tracked, &tracked.snapshot, nullptr);
    if (undoable) log_.add({TrackedReference{tracked}, UndoKind::remove, tracked.snapshot});
}

template <class Lazy>
void TrackedObjects<Lazy>::restore(Tracked& tracked) {
    list_.change_state(tracked, TrackedState::persistent);
    if (differs_or_cannot_tell(tracked)) tracked.operations->restore(tracked);
    RelatedWork::drop_pending(parts(), tracked);
}

template <class Lazy>
void TrackedObjects<Lazy>::commit() noexcept {
    relations_.end();
    lost_.clear();
    for (std::size_t i = 0; i < log_.size(); ++i) {
        Tracked& tracked = *log_.step(i).tracked;  // a removed one is as if it had never had a row
        if (log_.step(i).kind == UndoKind::remove && tracked.session == nullptr) tracked.snapshot = {};
    }
    log_.clear();
    statements_before_ = list_.statements;
    first_ran_ = 0;
}

template <class Lazy>
void TrackedObjects<Lazy>::rollback() {
    const std::exception_ptr failure = return_to({0, 0, statements_before_, first_ran_ != 0 ? ran_ - 1 : ran_});
    lost_.follow(relations_, parts());
    lost_.clear();
    relations_.end();
    removals_.clear();
    log_.clear();
    statements_before_ = list_.statements;
    first_ran_ = 0;
    if (failure) std::rethrow_exception(failure);
}

template <class Lazy>
void TrackedObjects<Lazy>::rollback_to(const Mark& mark) {
    if (const std::exception_ptr failure = return_to(mark)) std::rethrow_exception(failure);
}

template <class Lazy>
void TrackedObjects<Lazy>::reopen() {
    expose_followed();
    if (list_.foreign_keys != nullptr) list_.foreign_keys->keep_references(list_);
    removals_.reserve(log_.size());
    for (Tracked* tracked : list_.changeable()) {
        if (tracked == nullptr || tracked->state != TrackedState::removed || tracked->logged == 0) continue;
        removals_.push_back(TrackedReference{*tracked});
        list_.change_state(*tracked, TrackedState::persistent);
    }
    undo_since(0, Outcome::pending, lost_);
    evict_strangers();
    for (std::size_t i = removals_.size(); i-- > 0;) {
        if (removals_[i]->state == TrackedState::added) continue;
        list_.change_state(*removals_[i], TrackedState::removed);
        removals_.erase(removals_.begin() + i);
    }
    clear_forgotten();
    log_.clear();
}

template <class Lazy>
void TrackedObjects<Lazy>::let_go(Tracked& tracked) noexcept {
    log_.lose(tracked);
    tracked.has_generated_key = false;
    map_.erase(tracked);
    list_.drop(tracked);
}

template <class Lazy>
void TrackedObjects<Lazy>::enter(Tracked& tracked, const KeyView& key, std::uint64_t hash) {
    relations_.attach(tracked);
    has_generated_ = has_generated_ || tracked.operations->has_generated_column;
    list_.link(tracked, TrackedState::persistent);
    try {
        map_.insert(tracked, key, hash);
    } catch (...) {
        list_.drop(tracked);
        throw;
    }
}

template <class Lazy>
void TrackedObjects<Lazy>::forget(Tracked& tracked) {
    Undo& forgotten = forgotten_.push_back({TrackedReference{tracked}, UndoKind::insert, {}});
    if (tracked.has_generated_key) {
        tracked.has_generated_key = false;
        clear_key(tracked);
        forgotten.snapshot.swap(tracked.snapshot);
    }
    tracked.snapshot = {};
    list_.drop(tracked);
}

template <class Lazy>
void TrackedObjects<Lazy>::clear_forgotten() {
    if (list_.foreign_keys != nullptr) list_.foreign_keys->clear_dead_keys(forgotten_);
    forgotten_.clear();
}

template <class Lazy>
void TrackedObjects<Lazy>::assign_stored(Tracked& tracked, std::string_view row) noexcept {
    try {
        tracked.operations->assign(tracked, row);
    } catch (...) {  // a codec that has read it once
    }
}

template <class Lazy>
std::exception_ptr TrackedObjects<Lazy>::return_to(const Mark& mark) {
    const bool knows_rows = list_.statements == mark.statements;
    expose_followed();
    // What was read behind a statement, or behind a trigger or an action of what was written, is expired.
    if (list_.statements != mark.statements || log_.size() > mark.log) ++list_.statements;
    relations_.drop_all_pending(parts());
    UndoneSteps<Lazy> undone;
    undo_since(mark.log, Outcome::forgotten, undone);
    const std::uint64_t known = first_ran_ > mark.statements ? first_ran_ : mark.statements + 1;
    for (Tracked* each = ran_ != mark.ran ? list_.first() : nullptr; each != nullptr; each = each->next) {
        if (each->verified >= known) each->verified = Tracked::never;
    }
    evict_strangers();
    relations_.undo_since(mark.relations, knows_rows);
    undone.follow(relations_, parts());
    std::exception_ptr failure;
    for (std::size_t i = 0; i < list_.changeable().size(); ++i) {
        Tracked* const tracked = list_.changeable()[i];
        if (tracked == nullptr) continue;
        if (tracked->state == TrackedState::added) {
            forget(*tracked);
            continue;
        }
        try {
            restore(*tracked);
        } catch (...) {
            failure = std::current_exception();
        }
    }
    for (const Undo& each : forgotten_) RelatedWork::reset(*each.tracked);
    clear_forgotten();
    return failure;
}

template <class Lazy>
void TrackedObjects<Lazy>::undo_since(std::size_t first, Outcome outcome, UndoneSteps<Lazy>& undone) {
    if (relations_.hooks() != nullptr) undone.make_room(log_.size() - first);
    for (; log_.size() > first; log_.pop()) {
        const TrackedReference tracked{*log_.last().tracked};
        if (relations_.hooks() != nullptr) undone.add(*tracked, tracked->session == &list_);
        undo(log_.last(), outcome);
        if (relations_.hooks() != nullptr) undone.note_key();
    }
}

template <class Lazy>
void TrackedObjects<Lazy>::evict_strangers() noexcept {
    // The last to return was there first: another with its key may have returned, too, from a row that SQL had made.
    for (std::size_t i = returned_.size(); i-- > 0;) {
        const TrackedReference& each = returned_[i];
        if (each->session != &list_ || each->state == TrackedState::added) continue;  // it has no row again
        while (Tracked* const other = map_.find_other(*each)) {
            const TrackedReference held{*other};
            map_.erase(*other);
            list_.drop(*other);
            relations_.follow(parts(false), *other, &other->snapshot, nullptr);
        }
    }
    returned_.clear();
}

template <class Lazy>
void TrackedObjects<Lazy>::undo(Undo& undo, Outcome outcome) {
    if (undo.kind == UndoKind::remove) return undo_removal(undo, outcome);
    const bool is_attached = undo.tracked->session == &list_;
    // Where it has been detached, its row may have been read again into another object.
    Tracked* const tracked = is_attached ? &*undo.tracked : map_.find(KeyView::of_row(*undo.tracked));
    if (tracked != nullptr) list_.expose(*tracked);  // its value is to follow
    switch (undo.kind) {
        case UndoKind::insert:
            if (tracked != nullptr) undo_insert(*tracked, outcome);
            break;
        case UndoKind::update:
            if (!is_attached) undo.tracked->snapshot = undo.snapshot;
            if (tracked != nullptr && map_.swap_snapshot(*tracked, undo.snapshot)) note_return(*tracked);
            break;
        case UndoKind::reread:  // what another transaction has committed is still there
            if (tracked != nullptr && outcome == Outcome::forgotten) map_.swap_snapshot(*tracked, undo.snapshot);
            break;
        case UndoKind::remove: break;
    }
}

template <class Lazy>
void TrackedObjects<Lazy>::undo_insert(Tracked& tracked, Outcome outcome) {
    map_.erase(tracked);
    if (outcome == Outcome::forgotten || tracked.state == TrackedState::removed) {
        forget(tracked);
    } else {  // it keeps its key: others may refer to it already
        list_.change_state(tracked, TrackedState::added);
    }
}

template <class Lazy>
void TrackedObjects<Lazy>::undo_removal(Undo& undo, Outcome outcome) {
    Tracked& tracked = *undo.tracked;
    tracked.snapshot = std::move(undo.snapshot);
    const KeyView key = KeyView::of_row(tracked);
    enter(tracked, key, key.hash());
    note_return(tracked);
    if (outcome == Outcome::forgotten) RelatedWork::drop_pending(parts(), tracked);
    if (outcome == Outcome::pending) list_.change_state(tracked, TrackedState::removed);
}

}  // namespace mica::detail
