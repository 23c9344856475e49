// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/engine/permit.hpp>

#include <ctime>

namespace mica::detail {

[[gnu::cold]] MICA_DECL std::int64_t nanoseconds_now() noexcept {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

Permit::~Permit() { pthread_mutex_destroy(&mutex_.handle); }

bool Permit::take_or_await() noexcept {
    for (;;) {
        if (state_.pass(State::free, State::held)) return true;
        if (state_.pass(State::held, State::awaited) || state_.load() == State::awaited) return false;
    }
}

Wait Permit::wait(HolderKind kind, std::int64_t milliseconds, const WaitInterruption* interruption) {
    if (process_ != forks.load()) throw_forked();
    if (holder.is_this_thread()) return Wait::own;
    const std::int64_t start = nanoseconds_now();
    const MutexLock lock{mutex_};
    if (!take_or_await()) {
        ++counts_.waits;
        const bool was_called = line_.wait(mutex_, milliseconds, interruption);
        const std::int64_t waited = nanoseconds_now() - start;
        if (waited > counts_.longest_ns) counts_.longest_ns = waited;
        if (!was_called) {
            ++counts_.timeouts;
            if (line_.empty()) state_.pass(State::awaited, State::held);
            return Wait::timed_out;
        }
    }
    holder.set(kind);
    return Wait::had;
}

void Permit::call_next() noexcept {
    const MutexLock lock{mutex_};
    if (!line_.call_next()) {
        state_.exchange(State::free);
    } else if (line_.empty()) {
        state_.exchange(State::held);
    }
}

WaitCounts Permit::counts() noexcept {
    const MutexLock lock{mutex_};
    return counts_;
}

}  // namespace mica::detail
