// SPDX-License-Identifier: BSL-1.0
// Who may go on while all others wait, for so long. A std::binary_semaphore on POSIX threads: <semaphore> and its
// waiting loops cost every translation unit 5 MB.
#pragma once

#include <pthread.h>

#include <cstdint>
#include <ctime>

namespace mica::detail {

/// One permit, free at first. Whoever has it may give it back from any thread.
class Permit {
public:
    Permit() noexcept {
        pthread_condattr_t attributes;
        pthread_condattr_init(&attributes);
#if !defined(__APPLE__)  // which has no such function: there a wait follows the clock where somebody sets that
        pthread_condattr_setclock(&attributes, clock);
#endif
        pthread_cond_init(&returned_, &attributes);
        pthread_condattr_destroy(&attributes);
    }
    Permit(const Permit&) = delete;
    Permit& operator=(const Permit&) = delete;
    ~Permit() {
        pthread_cond_destroy(&returned_);
        pthread_mutex_destroy(&mutex_);
    }

    /// Takes the permit where it is free.
    bool try_acquire() noexcept {
        const Lock lock{mutex_};
        return take();
    }

    /// Waits for it.
    void acquire() noexcept {
        const Lock lock{mutex_};
        while (!take()) pthread_cond_wait(&returned_, &mutex_);
    }

    /// Waits for it, but no longer than that; false where that was in vain.
    [[gnu::cold, gnu::noinline]] bool try_acquire_for(std::int64_t milliseconds) noexcept {
        if (milliseconds < 0) milliseconds = 0;
        timespec until{};
        clock_gettime(clock, &until);
        until.tv_sec += static_cast<std::time_t>(milliseconds / 1000);
        until.tv_nsec += static_cast<long>(milliseconds % 1000 * 1'000'000);
        if (until.tv_nsec >= 1'000'000'000) {
            until.tv_nsec -= 1'000'000'000;
            ++until.tv_sec;
        }
        const Lock lock{mutex_};
        while (!take()) {
            if (pthread_cond_timedwait(&returned_, &mutex_, &until) != 0) return take();
        }
        return true;
    }

    void release() noexcept {
        const Lock lock{mutex_};
        free_ = true;
        pthread_cond_signal(&returned_);
    }

private:
#if defined(__APPLE__)
    static constexpr clockid_t clock = CLOCK_REALTIME;
#else
    static constexpr clockid_t clock = CLOCK_MONOTONIC;
#endif

    struct Lock {
        explicit Lock(pthread_mutex_t& locked) noexcept : mutex(locked) { pthread_mutex_lock(&mutex); }
        Lock(const Lock&) = delete;
        Lock& operator=(const Lock&) = delete;
        ~Lock() { pthread_mutex_unlock(&mutex); }
        pthread_mutex_t& mutex;
    };

    bool take() noexcept {
        const bool taken = free_;
        free_ = false;
        return taken;
    }

    pthread_mutex_t mutex_ = PTHREAD_MUTEX_INITIALIZER;
    pthread_cond_t returned_;
    bool free_ = true;
};

}  // namespace mica::detail
