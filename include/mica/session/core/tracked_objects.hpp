// SPDX-License-Identifier: BSL-1.0
// The objects of a session: which there are, which have changed, and what they are again after a rollback.
#pragma once

#include <mica/session/flush/foreign_keys.hpp>
#include <mica/session/flush/planner.hpp>
#include <mica/session/object/identity_map.hpp>
#include <mica/session/object/undo.hpp>
#include <mica/session/relation/related_work.hpp>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <utility>

namespace mica::detail {

/// Owns the identity map, the list of what is tracked and the log of what a rollback takes back.
class TrackedObjects {
public:
    TrackedObjects() = default;
    TrackedObjects(const TrackedObjects&) = delete;
    TrackedObjects& operator=(const TrackedObjects&) = delete;

    Tracked* find(const KeyView& key) const noexcept { return map_.find(key); }
    bool is_tracked(const Tracked* tracked) const noexcept { return tracked != nullptr && tracked->session == &list_; }

    /// Starts to track a new object.
    void add(Tracked& tracked) {
        if (tracked.session != nullptr) throw_misuse("this object is tracked already");
        RelatedWork::require_known(tracked, &list_);
        relations_.attach(tracked);
        list_.link(tracked, TrackedState::added);
    }

    /// Starts to track an object whose `snapshot` is that of a row just read.
    void attach(Tracked& tracked) {
        enter(tracked);
        mark_fresh(tracked);
    }

    void remove(Tracked& tracked) {
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

    /// Stops to track an object that this session tracks; what it was to write is forgotten.
    void detach(Tracked& tracked) {
        relations_.forget_new(parts(), tracked);
        let_go(tracked);
    }
    void clear() noexcept {
        while (list_.first() != nullptr) let_go(*list_.first());
    }

    /// Forgets objects that nobody can reach and that are as their rows, once they are many: at most 10 000 of them
    /// stay, or as many as are in use. Cost: on average a step for each object that has come since.
    void forget_unused() noexcept {
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

    /// The program is about to be given a handle to an object.
    void expose(Tracked& tracked) { list_.expose(tracked); }

    /// Whether a flush would write anything, or rows of `table`, which may also be an alias of it.
    /// Cost: a look at each object that may have changed, see TrackedList.
    bool has_changes(const Table* table = nullptr) {
        using Look = TrackedList::Look;
        return list_.find_change([table](Tracked& tracked) {
            const bool counts = table == nullptr || tracked.table().identity == table->identity;
            if ((counts && differs(tracked)) || RelatedWork::is_pending(tracked, table)) return Look::changed;
            const bool is_all = counts && (table == nullptr || !RelatedWork::is_pending(tracked, nullptr));
            return is_all ? Look::unchanged : Look::skipped;
        });
    }

    static bool is_modified(Tracked& tracked) {
        return differs(tracked) || RelatedWork::is_pending(tracked, &tracked.table());
    }

    /// Whether an object that find() cannot know yet waits for its insertion.
    bool is_adding_to(const Table& table) const noexcept {
        if (list_.added() == 0) return false;  // the common case: no walk for each get()
        for (const Tracked* tracked : list_.changeable()) {
            if (tracked != nullptr && tracked->state == TrackedState::added && &tracked->table() == &table) return true;
        }
        return false;
    }

    /// The same of one that is saved because of a relation.
    bool is_relating_to(const Table& table) const {
        if (relations_.hooks() == nullptr) return false;
        for (Tracked* tracked : list_.changeable()) {
            if (tracked != nullptr && RelatedWork::is_pending(*tracked, &table)) return true;
        }
        return false;
    }

    /// What was written by hand into generated fields is no change: they hold again what the database has computed.
    void restore_generated() noexcept {
        if (!has_generated_) return;
        for (Tracked* tracked : list_.changeable()) {
            if (tracked == nullptr || !tracked->operations->has_generated_column) continue;
            if (!differs_or_cannot_tell(*tracked)) assign_stored(*tracked, tracked->snapshot);
        }
    }

    /// A statement of the user's has changed rows: what is known of them is expired until they are read again.
    void note_statement() noexcept {
        ++statements_;
        relations_.note_statement();
    }
    /// The same of what others may have changed, which no rollback takes back.
    void expire_all() noexcept {
        ++statements_;
        ++statements_before_;
    }
    bool is_expired(const Tracked& tracked) const noexcept { return tracked.verified != statements_; }
    void mark_fresh(Tracked& tracked) const noexcept { tracked.verified = statements_; }

    /// Gives an unchanged object the values of its row, which was read again.
    void reread(Tracked& tracked, Snapshot snapshot) {
        if (snapshot == tracked.snapshot) return mark_fresh(tracked);
        const bool undoable = !log_.empty() || ran_statement();
        if (undoable) log_.make_room(1);
        tracked.operations->assign(tracked, snapshot);
        map_.swap_snapshot(tracked, snapshot);
        mark_fresh(tracked);
        relations_.follow(parts(undoable), tracked, &snapshot, &tracked.snapshot);
        if (undoable) log_.add({TrackedReference{tracked}, UndoKind::reread, std::move(snapshot)});
    }

    /// Stops to track an object whose row is gone.
    void lose(Tracked& tracked) {
        const bool undoable = ran_statement();
        if (undoable) log_.make_room(1);
        const TrackedReference held{tracked};
        map_.erase(tracked);
        list_.drop(tracked);
        relations_.follow(parts(undoable), tracked, &tracked.snapshot, nullptr);
        if (undoable) log_.add({TrackedReference{tracked}, UndoKind::remove, tracked.snapshot});
    }

    /// Makes an object again what its row was when it was read.
    void restore(Tracked& tracked) {
        list_.change_state(tracked, TrackedState::persistent);
        if (differs_or_cannot_tell(tracked)) tracked.operations->restore(tracked);
        RelatedWork::drop_pending(parts(), tracked);
    }

    /// A moment to which rollback_to() returns. All changes have been flushed.
    struct Mark {
        std::size_t log;
        std::size_t relations;
        std::uint64_t statements;
    };
    Mark mark() const noexcept { return {log_.size(), relations_.mark(), statements_}; }

    /// After COMMIT: what is in the database is what a rollback returns to.
    void commit() noexcept {
        relations_.commit();
        lost_.clear();
        for (std::size_t i = 0; i < log_.size(); ++i) {
            Tracked& tracked = *log_.step(i).tracked;  // a removed one is as if it had never had a row
            if (log_.step(i).kind == UndoKind::remove && tracked.session == nullptr) tracked.snapshot = {};
        }
        log_.clear();
        statements_before_ = statements_;
    }

    /// After ROLLBACK: every object is again what it was when the transaction began. Throws what a codec throws that
    /// cannot read what it has written; all other objects are restored then too.
    void rollback() {
        const std::exception_ptr failure = return_to({0, 0, statements_before_});
        lost_.follow(relations_, parts());
        lost_.clear();
        removals_.clear();
        log_.clear();
        statements_before_ = statements_;
        if (failure) std::rethrow_exception(failure);
    }

    /// The same after ROLLBACK TO a savepoint.
    void rollback_to(const Mark& mark) {
        if (const std::exception_ptr failure = return_to(mark)) std::rethrow_exception(failure);
    }

    /// After the database has ended the transaction by itself: all that it has undone is to be written again.
    /// Only where can_reopen().
    void reopen() {
        removals_.reserve(log_.size());
        for (Tracked* tracked : list_.changeable()) {
            if (tracked == nullptr || tracked->state != TrackedState::removed || tracked->logged == 0) continue;
            removals_.push_back(TrackedReference{*tracked});
            list_.change_state(*tracked, TrackedState::persistent);
        }
        undo_since(0, Outcome::pending, lost_);
        for (std::size_t i = removals_.size(); i-- > 0;) {
            if (removals_[i]->state == TrackedState::added) continue;
            list_.change_state(*removals_[i], TrackedState::removed);
            removals_.erase(removals_.begin() + i);
        }
        clear_forgotten();
        log_.clear();
    }
    /// Whether only objects have been written, and all of them are still tracked.
    bool can_reopen() const noexcept { return !ran_statement() && !log_.has_lost(); }

protected:
    ~TrackedObjects() = default;

    WorkParts parts(bool keeps_former = true) noexcept { return {list_, map_, log_, &list_, keeps_former, {}}; }

    void let_go(Tracked& tracked) noexcept {
        log_.lose(tracked);
        tracked.has_generated_key = false;
        map_.erase(tracked);
        list_.drop(tracked);
    }

    /// What becomes of a change that the database has undone.
    enum class Outcome : std::uint8_t { forgotten, pending };

    bool ran_statement() const noexcept { return statements_ != statements_before_; }

    void enter(Tracked& tracked) {
        relations_.attach(tracked);
        has_generated_ = has_generated_ || tracked.operations->has_generated_column;
        map_.insert(tracked);
        list_.link(tracked, TrackedState::persistent);
    }

    /// Stops to track an object that is not in the database; a key that the database chose goes with it.
    void forget(Tracked& tracked) {
        Undo& forgotten = forgotten_.push_back({TrackedReference{tracked}, UndoKind::insert, {}});
        if (std::exchange(tracked.has_generated_key, false)) {
            clear_key(tracked);
            forgotten.snapshot.swap(tracked.snapshot);
        }
        tracked.snapshot = {};
        list_.drop(tracked);
    }
    void clear_forgotten() {
        if (list_.foreign_keys != nullptr) list_.foreign_keys->clear_dead_keys(forgotten_);
        forgotten_.clear();
    }

    /// Gives an object what its row is made of by now.
    static void assign_stored(Tracked& tracked, std::string_view row) noexcept {
        try {
            tracked.operations->assign(tracked, row);
        } catch (...) {  // a codec that has read it once
        }
    }

    std::exception_ptr return_to(const Mark& mark) {
        const bool knows_rows = statements_ == mark.statements;
        // What was read behind a statement, or behind a trigger or an action of what was written, is expired.
        if (statements_ != mark.statements || log_.size() > mark.log) ++statements_;
        relations_.drop_all_pending(parts());
        UndoneSteps undone;
        undo_since(mark.log, Outcome::forgotten, undone);
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

    void undo_since(std::size_t first, Outcome outcome, UndoneSteps& undone) {
        if (relations_.hooks() != nullptr) undone.make_room(log_.size() - first);
        for (; log_.size() > first; log_.pop()) {
            const TrackedReference tracked{*log_.last().tracked};
            if (relations_.hooks() != nullptr) undone.add(*tracked, tracked->session == &list_);
            undo(log_.last(), outcome);
            if (relations_.hooks() != nullptr) undone.note_key();
        }
    }

    void note_return(Tracked& tracked) { returned_.push_back(TrackedReference{tracked}); }

    /// Objects that were read from a row which had the key of one that has it again: that row is gone.
    void evict_strangers() noexcept {
        for (const TrackedReference& each : returned_) {
            if (each->session != &list_) continue;
            while (Tracked* const other = map_.find_other(*each)) {
                const TrackedReference held{*other};
                map_.erase(*other);
                list_.drop(*other);
                relations_.follow(parts(false), *other, &other->snapshot, nullptr);
            }
        }
        returned_.clear();
    }

    void undo(Undo& undo, Outcome outcome) {
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

    void undo_insert(Tracked& tracked, Outcome outcome) {
        map_.erase(tracked);
        if (outcome == Outcome::forgotten || tracked.state == TrackedState::removed) {
            forget(tracked);
        } else {  // it keeps its key: others may refer to it already
            list_.change_state(tracked, TrackedState::added);
        }
    }

    void undo_removal(Undo& undo, Outcome outcome) {
        Tracked& tracked = *undo.tracked;
        tracked.snapshot = std::move(undo.snapshot);
        enter(tracked);
        note_return(tracked);
        if (outcome == Outcome::forgotten) RelatedWork::drop_pending(parts(), tracked);
        if (outcome == Outcome::pending) list_.change_state(tracked, TrackedState::removed);
    }

    static constexpr std::size_t least_many = 10000;

    IdentityMap map_;
    TrackedList list_;
    UndoLog log_;
    RelatedWork relations_{list_};
    List<Undo> forgotten_{};             ///< by the rollback that goes on, see ForgottenKeys
    List<TrackedReference> returned_{};  ///< to their keys, by the rollback that goes on
    List<TrackedReference> removals_{};  ///< of rows that were lost before they were removed
    UndoneSteps lost_;  ///< with a transaction that the database has ended, since the last that ended otherwise
    std::size_t most_ = least_many;        ///< from how many objects on unused ones are forgotten
    bool has_generated_ = false;           ///< some object has a generated column
    std::uint64_t statements_ = 0;         ///< of the user's that have changed rows, and the rollbacks of such
    std::uint64_t statements_before_ = 0;  ///< when the transaction began
};

}  // namespace mica::detail
