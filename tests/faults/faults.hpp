// SPDX-License-Identifier: BSL-1.0
// Allocations and file operations that fail at a point that is chosen: the first, the second, … of a run.
#pragma once

#include <cstdint>

namespace mica::test {

enum class FaultKind : std::uint8_t {
    sqlite_memory,  ///< SQLite's malloc() and realloc()
    operator_new,   ///< of the whole program, in the thread that has armed it
    file,           ///< opening, reading, writing (half of it), truncating, syncing, deleting
    disk_full,      ///< writing, half of which arrives
};

/// Lets the `point`th operation of a kind fail, counted from 1, and where it is sticky all that follow.
void arm(FaultKind kind, std::int64_t point, bool is_sticky) noexcept;
/// Nothing fails any more. Gives how many operations have failed.
std::int64_t disarm() noexcept;
/// Asked by each operation; counts it.
bool must_fail(FaultKind kind) noexcept;

/// Blocks of operator new that are not given back.
std::int64_t live_blocks() noexcept;
/// Whether a block that was given back still held this text, which is 8 characters or more.
void watch_for(const char* marker) noexcept;
bool was_found() noexcept;

/// Before SQLite is used for the first time.
void install_faulty_memory();
/// The default VFS from now on is one that can fail.
void install_faulty_files();
/// Files have no shared memory, and so no WAL.
void allow_wal(bool allowed) noexcept;

}  // namespace mica::test
