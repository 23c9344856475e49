// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/engine/waiting_line.hpp>

namespace mica::detail {

struct WaitingLine::Place {
#if defined(__APPLE__)
    static constexpr clockid_t clock = CLOCK_REALTIME;
#else
    static constexpr clockid_t clock = CLOCK_MONOTONIC;
#endif

    Place() noexcept {
        pthread_condattr_t attributes;
        pthread_condattr_init(&attributes);
#if !defined(__APPLE__)  // which has no such function: there a wait follows the clock where somebody sets that
        pthread_condattr_setclock(&attributes, clock);
#endif
        pthread_cond_init(&called, &attributes);
        pthread_condattr_destroy(&attributes);
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    ~Place() { pthread_cond_destroy(&called); }

    pthread_cond_t called;
    Place* next = nullptr;
    bool was_called = false;
};

bool WaitingLine::wait(Mutex& mutex, std::int64_t milliseconds) noexcept {
    constexpr std::int64_t for_ever = std::int64_t{1000} * 60 * 60 * 24 * 365;  // now plus far more overflows the clock
    if (milliseconds <= 0) return false;
    timespec until{};
    clock_gettime(Place::clock, &until);
    const std::int64_t nanoseconds = until.tv_nsec + milliseconds % 1000 * 1'000'000;
    if (milliseconds < for_ever) until.tv_sec += milliseconds / 1000 + nanoseconds / 1'000'000'000;
    until.tv_nsec = nanoseconds % 1'000'000'000;
    Place mine;
    (first_ == nullptr ? first_ : last_->next) = &mine;
    last_ = &mine;
    int rc = 0;
    while (!mine.was_called && rc == 0) {
        rc = milliseconds < for_ever ? pthread_cond_timedwait(&mine.called, &mutex.handle, &until)
                                     : pthread_cond_wait(&mine.called, &mutex.handle);
    }
    if (mine.was_called) return true;
    Place* before = nullptr;
    for (Place* place = first_; place != &mine; place = place->next) before = place;
    (before == nullptr ? first_ : before->next) = mine.next;
    if (last_ == &mine) last_ = before;
    return false;
}

bool WaitingLine::call_next() noexcept {
    Place* const called = first_;
    if (called == nullptr) return false;
    first_ = called->next;
    if (first_ == nullptr) last_ = nullptr;
    called->was_called = true;
    pthread_cond_signal(&called->called);
    return true;
}

}  // namespace mica::detail
