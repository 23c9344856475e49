// SPDX-License-Identifier: BSL-1.0
// What a flush has made of the rows: of those that it was to write, and of those that have come along.
#pragma once

#include <mica/session/flush/flush_rows.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

namespace mica::detail {

template <class Lazy>
class FlushOutcome {
public:
    /// A clean object whose row is another now, or belongs to another one.
    struct Moved {
        TrackedReference tracked;
        Snapshot snapshot;
    };

    /// One whose row has gone, and what it was.
    List<Moved> gone{};
    List<Moved> moved{};

    std::size_t size() const noexcept { return gone.size() + moved.size(); }

    /// Brings the rows of changes up to date, too. All statements have been run.
    [[gnu::cold]] void read(FlushRows<Lazy>& rows) {
        for (std::uint32_t row = 0; row < rows.size(); ++row) {
            const FlushRow<Lazy> of = rows[row];
            const bool goes = of.is_missing || rows.plan().is_gone(row);
            if (of.change == nullptr) {
                read_clean(rows, row, goes);
            } else if (of.change->kind != ChangeKind::remove) {
                goes ? lose(*of.change) : read(rows, row, *of.change);
            }
        }
    }

private:
    [[gnu::cold]] void read_clean(FlushRows<Lazy>& rows, std::uint32_t row, bool goes) {
        Tracked& tracked = *rows[row].tracked;
        if (goes) {
            gone.push_back({TrackedReference{tracked}, tracked.snapshot});
        } else if (!rows.plan().ends_as_wanted(row) || rows.plan().is_taken_over(row)) {
            moved.push_back({TrackedReference{tracked}, rows.last_row(row, tracked.snapshot)});
        }
    }
    /// The plan's values are those of the former snapshots, which stay until all is read.
    [[gnu::cold]] void read(FlushRows<Lazy>& rows, std::uint32_t row, Change& change) {
        former_.push_back(rows.last_row(row, change.snapshot));
        former_.back().swap(change.snapshot);
        change.is_moved = former_.back() != change.snapshot;
        if (change.kind != ChangeKind::update) return;
        const Tracked& tracked = *change.tracked;  // a key of a parent that was new is known only now
        change.columns = find_changes(tracked.table(), tracked.snapshot, change.snapshot);
    }
    /// It has gone with a row that it refers to, whatever else was to change.
    void lose(Change& change) {
        change.is_dropped = change.kind == ChangeKind::insert;
        if (change.is_dropped) return;
        change.kind = ChangeKind::remove;
        former_.push_back(change.tracked->snapshot);
        former_.back().swap(change.snapshot);
    }

    List<Snapshot> former_{};
};

}  // namespace mica::detail
