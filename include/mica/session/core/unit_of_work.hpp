// SPDX-License-Identifier: BSL-1.0
// What a session writes of its objects, and what becomes of them when the database has taken or refused it.
#pragma once

#include <mica/engine/transaction.hpp>
#include <mica/session/core/tracked_objects.hpp>
#include <mica/session/flush/cascade.hpp>
#include <mica/session/flush/computed.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace mica::detail {

template <class BackendType>
class UnitOfWork : public TrackedObjects {
public:
    UnitOfWork() = default;

    /// What a flush would write, without its hooks.
    std::vector<PlannedChange> plan() {
        RelationFlush relations{relations_.hooks(), parts()};
        relations.begin();
        List<Change> changes;
        try {
            Planner{changes, false}.add_all(list_);
            for (Change& change : changes) relations.announce(change);
        } catch (...) {
            relations.take_back();
            throw;
        }
        std::vector<PlannedChange> planned = describe(changes);
        relations.take_back();
        return planned;
    }

    /// Writes all changes. Where one fails, none of this flush remains, in the database or in memory, and all of them
    /// are still to be written.
    void flush(OpenConnection<BackendType>& connection) {
        write(connection);
        if (!removals_.empty()) {
            for (const TrackedReference& each : removals_) {
                if (each->session == &list_) list_.change_state(*each, TrackedState::removed);
            }
            removals_.clear();
            write(connection);
        }
        lost_.follow(relations_, parts());  // what is loaded may be as it was when the transaction was lost
    }

private:
    void write(OpenConnection<BackendType>& connection) {
        RelationFlush relations{relations_.hooks(), parts()};
        List<Change> changes;
        int savepoint = 0;
        try {
            relations.begin();
            Planner{changes, true}.add_all(list_);
            if (changes.empty()) return relations.settle(log_.size());
            log_.make_room(changes.size());
            map_.reserve(map_.size() + list_.added());
            // One UPDATE or DELETE is all or nothing by itself; an INSERT may still fail at the key it returns.
            const Change& first = changes.front();
            const bool alone = changes.size() == 1 && first.kind != ChangeKind::insert && !is_computed(first);
            if (!alone) savepoint = open_savepoint(connection);
            Flush<BackendType>{connection, changes, relations}.run();
            ComputedColumns<BackendType>{connection}.read(changes);
            if (savepoint != 0) release_savepoints(connection, savepoint - 1);
        } catch (...) {
            for (const Change& change : changes) take_back(change);
            relations.take_back();
            if (savepoint != 0) undo_savepoint(connection, savepoint);
            throw;
        }
        const std::size_t first_step = log_.size();
        bool may_cascade = false;
        for (Change& change : changes) may_cascade = settle(std::move(change)) || may_cascade;
        if (may_cascade) follow_cascades(first_step);
        drop_namesakes<Tracked>(parts(), first_step);
        relations.settle(first_step);
    }

    /// What is forgotten here is what no statement of ours has removed.
    void follow_cascades(std::size_t first_step) noexcept {
        try {
            const WorkParts all = parts();
            CascadeFollower<Tracked>{all}.run(first_step);
        } catch (...) {  // no memory: then those objects stay, and their next change finds no row
        }
    }

    /// Makes a written change the state in memory. All memory it needs is reserved. Whether rows that reference this
    /// one may have followed.
    bool settle(Change&& change) noexcept {
        Tracked& tracked = *change.tracked;
        const bool is_new_computed = is_computed(change);
        if (is_new_computed) assign_stored(tracked, change.snapshot);
        bool may_cascade = change.kind == ChangeKind::remove;
        switch (change.kind) {
            case ChangeKind::insert:
                tracked.snapshot.swap(change.snapshot);
                tracked.has_generated_key = tracked.has_generated_key || change.is_key_new;
                list_.change_state(tracked, TrackedState::persistent);
                settle_doubt(tracked);
                has_generated_ = has_generated_ || is_new_computed;
                map_.insert(tracked);
                break;
            case ChangeKind::update: may_cascade = map_.swap_snapshot(tracked, change.snapshot); break;
            case ChangeKind::remove:
                map_.erase(tracked);
                list_.drop(tracked);
                break;
        }
        log_.add({std::move(change.tracked), kind_of(change.kind), std::move(change.snapshot)});
        return may_cascade;
    }
};

}  // namespace mica::detail
