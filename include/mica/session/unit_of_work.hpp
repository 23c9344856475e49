// SPDX-License-Identifier: BSL-1.0
// What a session has to write, found by comparing objects with their snapshots; and what becomes of the objects when
// the database keeps it, refuses it or undoes it.
#pragma once

#include <mica/engine/transaction.hpp>
#include <mica/session/flush.hpp>
#include <mica/session/identity_map.hpp>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <utility>

namespace mica::detail {

template <class BackendType>
class UnitOfWork {
public:
    UnitOfWork() = default;
    UnitOfWork(const UnitOfWork&) = delete;
    UnitOfWork& operator=(const UnitOfWork&) = delete;
    ~UnitOfWork() {
        while (first_ != nullptr) drop(*first_);
    }

    Tracked* find(const Table& table, std::string_view key) const noexcept { return map_.find(table, key); }

    /// Starts to watch a new object.
    void add(Tracked& tracked) {
        if (tracked.session != nullptr) throw_misuse("this object is tracked already");
        link(tracked, TrackedState::added);
    }

    /// Starts to watch an object whose `snapshot` and `key` are those of a row just read.
    void watch(Tracked& tracked) {
        map_.insert(tracked);
        link(tracked, TrackedState::persistent);
    }

    void remove(Tracked& tracked) {
        if (tracked.session != this) throw_misuse("an object can only be removed by the session that tracks it");
        if (tracked.state == TrackedState::added) {
            drop(tracked);
        } else {
            tracked.state = TrackedState::removed;
        }
    }

    /// Whether a flush would write anything, or rows of `table`.
    bool has_changes(const Table* table = nullptr) const {
        std::string current;
        for (const Tracked* tracked = first_; tracked != nullptr; tracked = tracked->next) {
            if ((table == nullptr || &tracked->table() == table) && differs(*tracked, current)) return true;
        }
        return false;
    }

    /// Whether an object that find() cannot know yet waits for its insertion.
    bool is_adding_to(const Table& table) const noexcept {
        if (added_ == 0) return false;  // the common case: no walk for each get()
        for (const Tracked* tracked = first_; tracked != nullptr; tracked = tracked->next) {
            if (tracked->state == TrackedState::added && &tracked->table() == &table) return true;
        }
        return false;
    }

    /// Writes all changes. Where one fails, none of this flush remains, in the database or in memory, and all of them
    /// are still to be written.
    void flush(OpenConnection<BackendType>& connection) {
        List<Change> changes = plan();
        if (changes.empty()) return;
        log_.reserve(log_.size() + changes.size());
        map_.reserve(map_.size() + changes.size());
        // One UPDATE or DELETE is all or nothing by itself; an INSERT may still fail at the key it returns.
        const bool alone = changes.size() == 1 && changes.front().kind != ChangeKind::insert;
        const int savepoint = alone ? 0 : open_savepoint(connection);
        try {
            Flush<BackendType>{connection, changes}.run();
            if (savepoint != 0) release_savepoints(connection, savepoint - 1);
        } catch (...) {
            for (const Change& change : changes) take_back(change);
            if (savepoint != 0) undo_savepoint(connection, savepoint);
            throw;
        }
        for (Change& change : changes) settle(std::move(change));
    }

    /// After COMMIT: what is in the database is what a rollback returns to.
    void commit() noexcept { log_.clear(); }

    /// After ROLLBACK: every object is again what it was when the transaction began. Throws what a codec throws that
    /// cannot read what it has written; all other objects are restored then too.
    void rollback() {
        for (; !log_.empty(); log_.pop_back()) undo(log_.back(), Outcome::forgotten);
        std::exception_ptr failure;
        std::string current;
        for (Tracked *tracked = first_, *next = nullptr; tracked != nullptr; tracked = next) {
            next = tracked->next;
            if (tracked->state == TrackedState::added) {
                forget(*tracked);
                continue;
            }
            tracked->state = TrackedState::persistent;
            try {
                if (differs_or_cannot_tell(*tracked, current)) tracked->operations->restore(*tracked);
            } catch (...) {
                failure = std::current_exception();
            }
        }
        if (failure) std::rethrow_exception(failure);
    }

    /// After the database has ended the transaction by itself: all that it has undone is to be written again.
    void reopen() {
        for (; !log_.empty(); log_.pop_back()) undo(log_.back(), Outcome::pending);
    }

private:
    /// What becomes of a change that the database has undone.
    enum class Outcome : std::uint8_t { forgotten, pending };

    /// What a rollback takes back.
    struct Undo {
        TrackedReference tracked;
        ChangeKind kind;
        std::string snapshot;  ///< the row as it was before
        std::string key;
    };

    /// Puts an object at the end of those that are watched, and holds a reference to it.
    void link(Tracked& tracked, TrackedState state) noexcept {
        tracked.retain();
        tracked.session = this;
        tracked.state = state;
        tracked.previous = last_;
        tracked.next = nullptr;
        (last_ != nullptr ? last_->next : first_) = &tracked;
        last_ = &tracked;
        if (state == TrackedState::added) ++added_;
    }

    /// Stops to watch an object.
    void drop(Tracked& tracked) noexcept {
        (tracked.previous != nullptr ? tracked.previous->next : first_) = tracked.next;
        (tracked.next != nullptr ? tracked.next->previous : last_) = tracked.previous;
        if (tracked.state == TrackedState::added) --added_;
        tracked.session = nullptr;
        tracked.state = TrackedState::detached;
        tracked.release();
    }

    /// Stops to watch an object that is not in the database; a key that the database chose goes with it.
    void forget(Tracked& tracked) noexcept {
        if (std::exchange(tracked.has_generated_key, false)) clear_key(tracked);
        drop(tracked);
    }

    static void clear_key(Tracked& tracked) noexcept {
        try {
            tracked.operations->set_generated_key(tracked, 0);
        } catch (...) {  // its codec refuses 0: then the key stays
        }
    }

    /// Takes out of the object what a flush that failed had written into it.
    static void take_back(const Change& change) noexcept {
        Tracked& tracked = *change.tracked;
        if (change.is_key_new) clear_key(tracked);
        if (change.is_version_new) tracked.operations->set_version(tracked, version_of(tracked));
    }

    static bool differs(const Tracked& tracked, std::string& current) {
        if (tracked.state != TrackedState::persistent) return true;
        tracked.operations->take_snapshot(tracked, current);
        return current != tracked.snapshot;
    }

    /// Also true for an object whose new value no codec can write.
    static bool differs_or_cannot_tell(const Tracked& tracked, std::string& current) noexcept {
        try {
            return differs(tracked, current);
        } catch (...) {
            return true;
        }
    }

    List<Change> plan() const {
        List<Change> changes;
        std::string current;
        for (Tracked* tracked = first_; tracked != nullptr; tracked = tracked->next) {
            if (tracked->state == TrackedState::added) {
                changes.push_back(plan_insert(*tracked));
            } else if (differs(*tracked, current)) {
                changes.push_back(plan_update_or_removal(*tracked, std::move(current)));
            }
        }
        return changes;
    }

    static Change plan_insert(Tracked& tracked) {
        Change change{TrackedReference{tracked}, ChangeKind::insert, {}, {}, {}};
        tracked.operations->take_snapshot(tracked, change.snapshot);
        change.key = key_of_snapshot(tracked.table(), change.snapshot);
        return change;
    }

    static Change plan_update_or_removal(Tracked& tracked, std::string current) {
        const bool removed = tracked.state == TrackedState::removed;
        Change change{TrackedReference{tracked},
                      removed ? ChangeKind::remove : ChangeKind::update,
                      removed ? tracked.snapshot : std::move(current),
                      tracked.key,
                      {}};
        if (removed) return change;
        find_changes(tracked.table(), tracked.snapshot, change.snapshot, change.columns);
        if (tracked.table().version >= 0 && !change.columns.empty()) plan_version(tracked, change);
        change.key = key_of_snapshot(tracked.table(), change.snapshot);
        return change;
    }

    /// The next version, whatever the object says: it is the database's count, not the object's.
    static void plan_version(const Tracked& tracked, Change& change) {
        const auto column = static_cast<std::uint16_t>(tracked.table().version);
        set_integer(change.snapshot, column, version_of(tracked) + 1);
        auto place = change.columns.begin();
        while (place != change.columns.end() && *place < column) ++place;
        if (place == change.columns.end() || *place != column) change.columns.insert(place, column);
    }

    static void undo_savepoint(OpenConnection<BackendType>& connection, int savepoint) noexcept {
        try {
            rollback_savepoint(connection, savepoint);
        } catch (...) {  // the failure that led here is the one to report; the next statement meets this one
        }
    }

    /// Makes a written change the state in memory. All memory it needs is reserved.
    void settle(Change&& change) noexcept {
        Tracked& tracked = *change.tracked;
        Undo undo{std::move(change.tracked), change.kind, std::move(tracked.snapshot), std::move(tracked.key)};
        tracked.snapshot = std::move(change.snapshot);
        switch (change.kind) {
            case ChangeKind::insert:
                tracked.key = std::move(change.key);
                tracked.has_generated_key = tracked.has_generated_key || change.is_key_new;
                tracked.state = TrackedState::persistent;
                --added_;
                map_.insert(tracked);
                break;
            case ChangeKind::update:
                tracked.key = undo.key;
                map_.rename(tracked, std::move(change.key));
                break;
            case ChangeKind::remove:
                tracked.key = undo.key;
                map_.erase(tracked);
                drop(tracked);
                break;
        }
        log_.push_back(std::move(undo));
    }

    void undo(Undo& undo, Outcome outcome) {
        Tracked& tracked = *undo.tracked;
        switch (undo.kind) {
            case ChangeKind::insert:
                map_.erase(tracked);
                if (outcome == Outcome::forgotten || tracked.state == TrackedState::removed) {
                    forget(tracked);
                } else {  // it keeps its key: others may refer to it already
                    tracked.state = TrackedState::added;
                    ++added_;
                }
                break;
            case ChangeKind::update: map_.rename(tracked, std::move(undo.key)); break;
            case ChangeKind::remove:
                tracked.key = std::move(undo.key);
                watch(tracked);
                if (outcome == Outcome::pending) tracked.state = TrackedState::removed;
                break;
        }
        tracked.snapshot = std::move(undo.snapshot);
    }

    IdentityMap map_;
    Tracked* first_ = nullptr;
    Tracked* last_ = nullptr;
    std::size_t added_ = 0;  ///< how many wait for their insertion
    List<Undo> log_;
};

}  // namespace mica::detail
