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

/// Whether the database is to choose the key of a new row.
inline bool wants_key(const Change& change) noexcept {
    const int key = change.tracked->table().generated_key;
    return key >= 0 && cell_at(change.snapshot, static_cast<std::size_t>(key)).integer() == 0;
}

/// The object of a new row gets the key that the database chose. Throws DataError where that does not fit its field.
inline void take_key(Change& change, std::int64_t key) {
    const EntityOperations& operations = *change.tracked->operations;
    change.is_key_new = true;
    operations.set_generated_key(*change.tracked, key);
    set_integer(change.snapshot, static_cast<std::size_t>(operations.table->generated_key), key);
}

}  // namespace mica::detail
