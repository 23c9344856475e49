// SPDX-License-Identifier: BSL-1.0
// Threads that wait for one another, called in the order in which they came. Each has a condition variable of its own,
// for one that all share wakes whom it likes.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/core/mutex.hpp>

#include <pthread.h>

#include <cstdint>
#include <ctime>

namespace mica::detail {

/// Somebody who may call a thread away from a line; asked by that thread, some hundred times a second.
struct WaitInterruption {
    bool (*ask)(void* of) noexcept;
    void* of;

    bool has_come() const noexcept { return ask(of); }
};

/// Guarded by the mutex of what is waited for. Whoever is called has what he waited for: nobody comes in between.
class WaitingLine {
public:
    WaitingLine() noexcept = default;
    WaitingLine(const WaitingLine&) = delete;
    WaitingLine& operator=(const WaitingLine&) = delete;
    ~WaitingLine() = default;

    bool empty() const noexcept { return first_ == nullptr; }

    /// Stands in line, `mutex` released meanwhile; false where nobody has called within that time, or it has become
    /// pointless: where a limit of the thread (see LimitScope) or `interruption` says so. A year is for ever.
    [[gnu::cold, gnu::noinline]] MICA_DECL bool wait(Mutex& mutex, std::int64_t milliseconds,
                                                     const WaitInterruption* interruption = nullptr) noexcept;

    /// Calls the first; false where nobody waits.
    MICA_DECL bool call_next() noexcept;

private:
    struct Place;

    Place* first_ = nullptr;
    Place* last_ = nullptr;
};

}  // namespace mica::detail

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/engine/impl/waiting_line.ipp>
#endif
