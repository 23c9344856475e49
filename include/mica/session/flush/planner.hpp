// SPDX-License-Identifier: BSL-1.0
// What has to be written, found by comparing objects with their snapshots.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/session/flush/change.hpp>
#include <mica/session/flush/plan.hpp>
#include <mica/session/object/tracked_list.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mica::detail {

/// Whether the flush that goes on will set a key of this row.
inline bool is_linked(const Tracked& tracked) noexcept {
    const GraphNode<Tracked>* const node = tracked.node.load();
    return node != nullptr && node->first_link != 0;
}

/// The written columns in which an object differs from its row. What is in its generated fields does not matter.
MICA_DECL ColumnSet changes_in(const Tracked& tracked);

/// Whether a flush would write something for an object.
MICA_DECL bool differs(const Tracked& tracked);

/// Also true for an object whose new value no codec can write.
MICA_DECL bool differs_or_cannot_tell(const Tracked& tracked) noexcept;

/// The next version, whatever the object says: it is the database's count, not the object's.
MICA_DECL void set_next_version(Change& change);

/// What a flush would write of an object, in words; nothing of none.
template <class Described = ColumnChange>
std::vector<Described> changes_of(const Tracked* described) {
    if (described == nullptr) return {};
    const Tracked& tracked = *described;
    SnapshotBuffer current;
    const std::string_view known = tracked.snapshot;
    switch (tracked.state) {
        case TrackedState::removed: return describe_row<Described>(tracked.table(), &known, nullptr);
        case TrackedState::added: {
            tracked.operations->take_snapshot(tracked, current);
            const std::string_view row = current;
            return describe_row<Described>(tracked.table(), nullptr, &row);
        }
        case TrackedState::persistent:
            if (differs(tracked)) {
                tracked.operations->take_snapshot(tracked, current);
                return describe_changes<Described>(tracked.table(), tracked.snapshot, current);
            }
            break;
        case TrackedState::detached: break;
    }
    return {};
}

/// Makes the list of changes. `with_hooks` runs the hooks of the entities, which may change their object.
template <class Lazy = void>
class Planner {
public:
    explicit Planner(List<Change>& changes, bool with_hooks) noexcept : changes_(changes), with_hooks_(with_hooks) {}

    /// Throws what a hook or a codec throws; the changes so far are in the list then, for revert().
    void add_all(TrackedList& list) {
        changes_.reserve(list.added());
        list.find_change([this](Tracked& tracked) {
            return add(tracked) || has_pending_relations(tracked) ? TrackedList::Look::skipped
                                                                  : TrackedList::Look::unchanged;
        });
    }

private:
    /// False where there is nothing to write.
    bool add(Tracked& tracked) {
        switch (tracked.state) {
            case TrackedState::added: add_insert(tracked); return true;
            case TrackedState::removed: add_removal(tracked); return true;
            case TrackedState::persistent: return (tracked.may_differ() || is_linked(tracked)) && add_update(tracked);
            case TrackedState::detached: break;
        }
        return false;
    }

    static bool has_pending_relations(Tracked& tracked) {
        if (tracked.operations->relations == nullptr) return false;
        return tracked.operations->relations().hooks->is_pending(tracked, nullptr);
    }

    Change& start(Tracked& tracked, ChangeKind kind) { return changes_.emplace_back(TrackedReference{tracked}, kind); }

    void run(Change& change, Hook hook) const {
        if (hook == nullptr || !with_hooks_) return;
        change.before_hook = current_snapshot(*change.tracked);
        hook(*change.tracked);
        if (change.tracked->operations->relations != nullptr) {
            change.tracked->operations->relations().hooks->expose_followed(*change.tracked);
        }
    }

    void add_insert(Tracked& tracked) {
        Change& change = start(tracked, ChangeKind::insert);
        run(change, tracked.operations->before_insert);
        if (tracked.operations->take_inserted != nullptr) {
            change.leaves_defaults = tracked.operations->take_inserted(tracked, current_);
        } else {
            tracked.operations->take_snapshot(tracked, current_);
        }
        change.snapshot = Snapshot{current_, slabs_};
    }

    void add_removal(Tracked& tracked) {
        Change& change = start(tracked, ChangeKind::remove);
        run(change, tracked.operations->before_remove);
        change.snapshot = tracked.snapshot;
    }

    bool add_update(Tracked& tracked) {
        ColumnSet changed = changes_in(tracked);
        if (changed.empty() && !is_linked(tracked)) return false;
        const Table& table = tracked.table();
        Change& change = start(tracked, ChangeKind::update);
        run(change, tracked.operations->before_update);
        tracked.operations->take_snapshot(tracked, current_);
        change.snapshot = Snapshot{current_, slabs_};
        change.columns =
            change.before_hook.empty() ? std::move(changed) : find_changes(table, tracked.snapshot, change.snapshot);
        if (table.version >= 0 && !change.columns.empty()) set_next_version(change);
        return true;
    }

    List<Change>& changes_;
    SnapshotBuffer current_{};
    SnapshotSlabs slabs_{};
    bool with_hooks_;
};

/// Takes out of an object what a flush that failed had written into it.
MICA_DECL void revert(const Change& change) noexcept;

}  // namespace mica::detail

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/session/flush/impl/planner.ipp>
#endif
