// SPDX-License-Identifier: BSL-1.0
// A row that a flush has to write.
#pragma once

#include <mica/session/object/tracked.hpp>
#include <mica/session/object/undo.hpp>

#include <cstddef>
#include <cstdint>

namespace mica::detail {

/// The version that the session read.
inline std::int64_t version_of(const Tracked& tracked) noexcept {
    return cell_at(tracked.snapshot, static_cast<std::size_t>(tracked.table().version)).integer();
}

/// One row to write.
struct Change {
    TrackedReference tracked;
    ChangeKind kind;
    bool is_key_new = false;       ///< the database has just chosen it, and the object has it
    bool is_version_new = false;   ///< the object has it already
    bool is_moved = false;         ///< the object does not have yet what the actions of foreign keys make of it
    bool leaves_defaults = false;  ///< of an insert: the database chooses some columns, which are NULL in the snapshot
    bool is_dropped = false;       ///< a new row that would have gone at once with what it was to refer to
    std::int64_t version_before = 0;  ///< the object's, where it has a new one
    std::uint32_t next = 0;           ///< of its table and kind, see TableChanges
    Snapshot snapshot{};              ///< the row as it will be; for a removal, as it was
    ColumnSet columns{};              ///< of an update: those that differ
    Snapshot before_hook{};           ///< the object's value before its hook ran; empty where it has none
};

inline bool changes_key(const Change& change) noexcept {
    for (const std::size_t column : change.tracked->table().key) {
        if (change.columns.has(column)) return true;
    }
    return false;
}

}  // namespace mica::detail
