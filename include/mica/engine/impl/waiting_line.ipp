// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/run_limits.hpp>
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

    /// So long from now.
    static timespec after(std::int64_t milliseconds) noexcept {
        timespec time{};
        clock_gettime(clock, &time);
        const std::int64_t nanoseconds = time.tv_nsec + milliseconds % 1000 * 1'000'000;
        time.tv_sec += milliseconds / 1000 + nanoseconds / 1'000'000'000;
        time.tv_nsec = nanoseconds % 1'000'000'000;
        return time;
    }
    static bool is_before(const timespec& one, const timespec& other) noexcept {
        return one.tv_sec != other.tv_sec ? one.tv_sec < other.tv_sec : one.tv_nsec < other.tv_nsec;
    }

    pthread_cond_t called;
    Place* next = nullptr;
    bool was_called = false;
};

[[gnu::cold]] MICA_DECL bool is_pointless(const WaitInterruption* interruption) noexcept {
    return (innermost_limits != nullptr && innermost_limits->is_over()) ||
           (interruption != nullptr && interruption->has_come());
}

bool WaitingLine::wait(Mutex& mutex, std::int64_t milliseconds, const WaitInterruption* interruption) noexcept {
    constexpr std::int64_t for_ever = std::int64_t{1000} * 60 * 60 * 24 * 365;  // now plus far more overflows the clock
    // A stop token wakes nobody, and what is interrupted is a connection, not its thread: both are asked.
    constexpr std::int64_t between_questions = 5;
    const bool is_asked = innermost_limits != nullptr || interruption != nullptr;
    if (milliseconds <= 0) return false;
    const timespec end = Place::after(milliseconds < for_ever ? milliseconds : for_ever);
    Place mine;
    (first_ == nullptr ? first_ : last_->next) = &mine;
    last_ = &mine;
    for (bool is_over = false; !mine.was_called && !is_over;) {
        const timespec question = is_asked ? Place::after(between_questions) : end;
        const bool is_last = !Place::is_before(question, end);
        const int rc = pthread_cond_timedwait(&mine.called, &mutex.handle, is_last ? &end : &question);
        if (rc == 0) continue;
        is_over = is_last;
        if (is_over || mine.was_called) continue;
        // What is asked may be the program's own.
        pthread_mutex_unlock(&mutex.handle);
        is_over = is_pointless(interruption);
        pthread_mutex_lock(&mutex.handle);
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
