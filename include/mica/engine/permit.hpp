// SPDX-License-Identifier: BSL-1.0
// Who may go on while all others wait, for so long. A std::binary_semaphore on POSIX threads: <semaphore> and its
// waiting loops cost every translation unit 5 MB.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/core/mutex.hpp>

#include <pthread.h>

#include <cstdint>
#include <ctime>

namespace mica::detail {

/// One permit, free at first. Whoever has it may give it back from any thread.
class Permit {
public:
    MICA_DECL Permit() noexcept;
    Permit(const Permit&) = delete;
    Permit& operator=(const Permit&) = delete;
    MICA_DECL ~Permit();

    /// Takes the permit where it is free.
    MICA_DECL bool try_acquire() noexcept;

    /// Waits for it.
    MICA_DECL void acquire() noexcept;

    /// Waits for it, but no longer than that; false where that was in vain.
    [[gnu::cold, gnu::noinline]] MICA_DECL bool try_acquire_for(std::int64_t milliseconds) noexcept;

    MICA_DECL void release() noexcept;

private:
#if defined(__APPLE__)
    static constexpr clockid_t clock = CLOCK_REALTIME;
#else
    static constexpr clockid_t clock = CLOCK_MONOTONIC;
#endif

    bool take() noexcept {
        const bool taken = free_;
        free_ = false;
        return taken;
    }

    Mutex mutex_{};
    pthread_cond_t returned_;
    bool free_ = true;
};

}  // namespace mica::detail

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/engine/impl/permit.ipp>
#endif
