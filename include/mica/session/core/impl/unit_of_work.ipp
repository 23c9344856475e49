// SPDX-License-Identifier: BSL-1.0
// Templates of the backend: see <mica/backend_bodies.hpp>.
#pragma once

#include <mica/session/core/members_read_again.hpp>
#include <mica/session/core/unit_of_work.hpp>
#include <mica/session/flush/computed.hpp>
#include <mica/session/flush/described_flush.hpp>
#include <mica/session/flush/duplicates.hpp>
#include <mica/session/flush/flush.hpp>
#include <mica/session/flush/flush_outcome.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

namespace mica::detail {

/// Whether the database has computed another key for a row, so that children may have followed: nobody has planned
/// that.
template <class Lazy>
bool has_other_computed_key(const Change& change, const FlushTables<Lazy>& tables) {
    const Table& table = change.tracked->table();
    if (change.kind != ChangeKind::update) return false;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        const Column& column = table.columns[i];
        if (column.is_generated && tables.is_referenced(table, column.field) &&
            !cell_at(change.tracked->snapshot, i).equals(cell_at(change.snapshot, i)))
            return true;
    }
    return false;
}

template <class BackendType>
UnitOfWork<BackendType>::~UnitOfWork() {
    delete tables_;
}

template <class BackendType>
FlushTables<typename UnitOfWork<BackendType>::Lazy>& UnitOfWork<BackendType>::tables() {
    if (tables_ == nullptr) tables_ = new FlushTables<Lazy>;
    return *tables_;
}

template <class BackendType>
Late<std::vector<PlannedChange>, BackendType> UnitOfWork<BackendType>::plan() {
    RelationFlush relations{relations_.hooks(), parts()};
    relations.begin();
    try {
        List<Change> changes;
        Planner<Lazy>{changes, false}.add_all(list_);
        FlushOrder<Lazy> order{tables(), changes, list_, relations, ForetellsForeignKeys<BackendType>};
        auto planned = order.is_planned() ? describe(*order.rows()) : describe(order.by_table(), changes);
        relations.revert();
        return planned;
    } catch (...) {
        relations.revert();
        throw;
    }
}

template <class BackendType>
void UnitOfWork<BackendType>::flush(OpenConnection<BackendType>& connection) {
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

template <class BackendType>
void UnitOfWork<BackendType>::read_members_again(OpenConnection<BackendType>& connection) {
    MembersToGo members;
    for (Tracked* const object : list_.changeable()) {
        if (object != nullptr) members.add_of(*object);
    }
    MembersReadAgain<BackendType, UnitOfWork>{connection, *this}.read(members.found());
}

template <class BackendType>
void UnitOfWork<BackendType>::write(OpenConnection<BackendType>& connection) {
    if (list_.statements != 0 && relations_.hooks() != nullptr) read_members_again(connection);
    RelationFlush relations{relations_.hooks(), parts()};
    List<Change> changes;
    FlushOutcome<Lazy> outcome;
    int savepoint = 0;
    const std::int64_t before = connection.database.revision();
    try {
        relations.begin();
        Planner<Lazy>{changes, true}.add_all(list_);
        if (changes.empty()) return relations.settle(log_.size());
        FlushOrder<Lazy> order{tables(), changes, list_, relations, ForetellsForeignKeys<BackendType>};
        order.require_possible();
        log_.make_room(changes.size());
        map_.reserve(map_.size() + list_.added());
        if (!order.is_one_statement(changes) || is_computed(changes.front())) savepoint = open_savepoint(connection);
        Flush<BackendType>{connection, changes, relations, map_}.run(order);
        if (order.rows() != nullptr) outcome.read(*order.rows());
        log_.make_room(changes.size() + outcome.size());
        ComputedColumns<BackendType>{connection}.read(changes);
        if (savepoint != 0) release_savepoints(connection, savepoint - 1);
    } catch (...) {
        for (const Change& change : changes) revert(change);
        relations.revert();
        if (savepoint != 0) {
            undo_savepoint(connection, savepoint);
        } else if (connection.database.revision() != before) {
            connection.doom();  // by RAISE(FAIL) a trigger keeps what its statement has done before
        }
        throw;
    }
    list_.has_written = true;
    for (const Change& change : changes) {
        if (change.tracked->operations->has_generated_column && has_other_computed_key(change, tables()))
            this->note_statement();
    }
    const std::size_t first_step = log_.size();
    bool has_others = map_.size() != 0;  // with whom a new key may be shared
    bool has_new_keys = false;
    for (Change& change : changes) {
        has_others = has_others || (change.kind == ChangeKind::insert && !change.is_key_new);
        has_new_keys = settle(std::move(change)) || has_new_keys;
    }
    has_new_keys = settle(outcome) || has_new_keys;
    if (has_new_keys && has_others) evict_duplicates<Tracked>(parts(), first_step);
    relations.settle(first_step);
}

template <class BackendType>
bool UnitOfWork<BackendType>::settle(FlushOutcome<Lazy>& outcome) noexcept {
    bool has_new_key = false;
    for (auto& each : outcome.gone) {
        map_.erase(*each.tracked);
        list_.drop(*each.tracked);
        log_.add({std::move(each.tracked), UndoKind::remove, std::move(each.snapshot)});
    }
    for (auto& each : outcome.moved) {
        Objects::assign_stored(*each.tracked, each.snapshot);
        has_new_key = map_.swap_snapshot(*each.tracked, each.snapshot) || has_new_key;
        log_.add({std::move(each.tracked), UndoKind::update, std::move(each.snapshot)});
    }
    return has_new_key;
}

template <class BackendType>
bool UnitOfWork<BackendType>::settle(Change&& change) noexcept {
    Tracked& tracked = *change.tracked;
    if (change.is_dropped) {
        list_.drop(tracked);
        return false;
    }
    bool has_new_key = change.kind == ChangeKind::insert;
    const bool is_new_computed = is_computed(change);
    if (is_new_computed || change.is_moved) Objects::assign_stored(tracked, change.snapshot);
    switch (change.kind) {
        case ChangeKind::insert:
            tracked.snapshot.swap(change.snapshot);
            tracked.has_generated_key = tracked.has_generated_key || change.is_key_new;
            list_.change_state(tracked, TrackedState::persistent);
            this->mark_fresh(tracked);
            has_generated_ = has_generated_ || is_new_computed;
            map_.insert(tracked);
            break;
        case ChangeKind::update:
            if (change.is_moved || changes_key(change)) {
                has_new_key = map_.swap_snapshot(tracked, change.snapshot);
            } else {
                tracked.snapshot.swap(change.snapshot);
            }
            if (tracked.may_have_no_row()) tracked.verified = 0;  // it has one, whatever else is in it
            break;
        case ChangeKind::remove:
            map_.erase(tracked);
            list_.drop(tracked);
            break;
    }
    log_.add({std::move(change.tracked), kind_of(change.kind), std::move(change.snapshot)});
    return has_new_key;
}

}  // namespace mica::detail
