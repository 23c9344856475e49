// SPDX-License-Identifier: BSL-1.0
// Options and results of what is done with a database as a whole.
#pragma once

#include <mica/core/progress.hpp>

namespace mica {

/// How a copy of a database is made.
struct BackupOptions {
    /// After so many pages the database is free for others, and progress is told. All at once where it is not positive.
    int pages_per_step = 256;
    /// Gets the pages that are copied and all there are, after each step; both may grow while others write.
    Progress progress{};
};

/// How far a checkpoint goes (https://www.sqlite.org/c3ref/wal_checkpoint_v2.html).
enum class CheckpointMode : unsigned char {
    passive,   ///< what can be copied without waiting for anybody
    full,      ///< waits for writers and then copies all
    restart,   ///< and waits for readers, so that the next writer starts at the log's beginning
    truncate,  ///< and leaves an empty log
};

/// What a checkpoint has done.
struct CheckpointResult {
    bool was_blocked = false;     ///< somebody else's lock kept it from doing all that it was asked for
    int log_frames = 0;           ///< in the log; 0 for a database without one
    int checkpointed_frames = 0;  ///< of them, those that are in the database by now

    bool is_complete() const noexcept { return !was_blocked && log_frames == checkpointed_frames; }
};

}  // namespace mica
