// SPDX-License-Identifier: BSL-1.0
// Options and results of what is done with a database as a whole.
#pragma once

#include <mica/core/progress.hpp>
#include <mica/core/run_limits.hpp>

namespace mica {

/// How a copy of a database is made.
struct BackupOptions {
    /// After so many pages the database is free for others, and progress is told. All at once where it is not positive.
    int pages_per_step = 256;
    /// Gets the pages that are copied and all there are, after each step; both may grow while others write.
    Progress progress{};
};

/// How encrypt_file() and decrypt_file() copy a database.
struct EncryptOptions {
    /// Gets the pages that are written and about how many there will be, each time there are more, and at the end.
    Progress progress{};
    /// When it has to be done, and who may stop it: see LimitScope.
    Deadline deadline{};
    StopToken stop{};
    /// What goes with the key of the one that is encrypted, as in a URL; what is 0, and a negative cipher_use_hmac, is
    /// left to the library.
    int cipher_page_size = 0;
    int kdf_iter = 0;
    int cipher_compatibility = 0;
    int cipher_use_hmac = -1;
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
