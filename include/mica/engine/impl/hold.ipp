// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/error.hpp>
#include <mica/core/run_limits.hpp>
#include <mica/engine/hold.hpp>

namespace mica::detail {

void throw_self_lock(HolderKind kind, bool is_shared) {
    if (is_shared) {
        refuse<OperationalError>({"mica: this thread would wait for itself: ", name_of(kind),
                                  " of its own has a transaction or an unfinished result open on the one connection "
                                  "that all holders share; end that first, or go on with it"});
    }
    refuse<OperationalError>({"mica: this thread would wait for itself: ", name_of(kind),
                              " of its own is writing; end its transaction or result first, or write with it"});
}

void throw_permit_timeout(HolderKind kind, bool is_shared, std::int64_t milliseconds) {
    Failure failure{.kind = ErrorKind::timeout};
    append(failure.message, {"mica: waited ", Decimal{milliseconds}, " ms (checkout_timeout) for ", name_of(kind),
                             is_shared ? " of another thread, which has a transaction or an unfinished result open on "
                                         "the one connection that all holders share"
                                       : " of another thread, which is writing"});
    throw OperationalError(failure);
}

void throw_out_of_turn() {
    Failure failure{.kind = ErrorKind::busy};
    append(failure.message,
           {"mica: another connection of this engine is writing, and what this one reads from would be "
            "out of date by then; end the transaction or the result, and read again"});
    throw OperationalError(failure);
}

[[noreturn, gnu::cold]] MICA_DECL void throw_interrupted_wait() {
    throw InterruptedError(
        Failure{.kind = ErrorKind::interrupted, .message = "mica: interrupted while it waited for another writer"});
}

void Hold::take(bool may_wait, const WaitInterruption* interruption) {
    if (!may_wait) {
        if (try_take()) return;
        if (permit->holder.is_this_thread()) throw_self_lock(permit->holder.kind(), is_shared);
        throw_out_of_turn();
    }
    const Wait outcome = permit->acquire(kind, within_limits(timeout_ms), interruption);
    if (outcome == Wait::own) throw_self_lock(permit->holder.kind(), is_shared);
    if (outcome == Wait::timed_out) {
        require_time();
        if (interruption != nullptr && interruption->has_come()) throw_interrupted_wait();
        throw_permit_timeout(permit->holder.kind(), is_shared, timeout_ms);
    }
    is_held = true;
}

}  // namespace mica::detail
