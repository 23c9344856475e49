// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/engine/permit.hpp>

namespace mica::detail {

Permit::Permit() noexcept {
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
#if !defined(__APPLE__)  // which has no such function: there a wait follows the clock where somebody sets that
    pthread_condattr_setclock(&attributes, clock);
#endif
    pthread_cond_init(&returned_, &attributes);
    pthread_condattr_destroy(&attributes);
}

Permit::~Permit() {
    pthread_cond_destroy(&returned_);
    pthread_mutex_destroy(&mutex_.handle);
}

bool Permit::try_acquire() noexcept {
    const MutexLock lock{mutex_};
    return take();
}

void Permit::acquire() noexcept {
    const MutexLock lock{mutex_};
    while (!take()) pthread_cond_wait(&returned_, &mutex_.handle);
}

bool Permit::try_acquire_for(std::int64_t milliseconds) noexcept {
    if (milliseconds < 0) milliseconds = 0;
    timespec until{};
    clock_gettime(clock, &until);
    until.tv_sec += milliseconds / 1000;
    until.tv_nsec += milliseconds % 1000 * 1'000'000;
    if (until.tv_nsec >= 1'000'000'000) {
        until.tv_nsec -= 1'000'000'000;
        ++until.tv_sec;
    }
    const MutexLock lock{mutex_};
    while (!take()) {
        if (pthread_cond_timedwait(&returned_, &mutex_.handle, &until) != 0) return take();
    }
    return true;
}

void Permit::release() noexcept {
    const MutexLock lock{mutex_};
    free_ = true;
    pthread_cond_signal(&returned_);
}

}  // namespace mica::detail
