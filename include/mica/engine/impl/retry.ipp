// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/run_limits.hpp>
#include <mica/core/thread_number.hpp>
#include <mica/engine/retry.hpp>

#include <ctime>

namespace mica::detail {

Retry::Retry(int attempts) : left_(attempts) {
    if (attempts < 1) throw_misuse("write_retry() needs at least one attempt");
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    random_ = static_cast<std::uint64_t>(now.tv_nsec) * 0x9e37'79b9'7f4a'7c15U ^ thread_number();
}

bool Retry::may_repeat(const OperationalError& error) noexcept {
    if (!error.is_busy() && !error.is_locked()) return false;
    return --left_ > 0 && (innermost_limits == nullptr || !innermost_limits->is_over());
}

void Retry::wait() noexcept {
    // xorshift64: its numbers need be no better than that nobody else has the same (Marsaglia 2003).
    random_ ^= random_ << 13U;
    random_ ^= random_ >> 7U;
    random_ ^= random_ << 17U;
    std::int64_t left_us = static_cast<std::int64_t>(random_ % static_cast<std::uint64_t>(wait_us_)) + 1;
    if (wait_us_ < longest_wait_us) wait_us_ *= 2;
    constexpr std::int64_t slice_us = 20'000;  // after which a request to stop is noticed
    while (left_us > 0) {
        std::int64_t next_us = left_us < slice_us ? left_us : slice_us;
        if (innermost_limits != nullptr) {
            const std::int64_t most_us = innermost_limits->milliseconds_left(1'000) * 1'000;
            if (most_us == 0) return;
            next_us = next_us < most_us ? next_us : most_us;
        }
        timespec time{};
        time.tv_nsec += next_us * 1'000;  // of a type that differs between systems
        nanosleep(&time, nullptr);
        left_us -= next_us;
    }
}

}  // namespace mica::detail
