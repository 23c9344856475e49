// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/error.hpp>
#include <mica/core/run_limits.hpp>

#include <ctime>

namespace mica {

namespace detail {

/// Nanoseconds of the clock that nobody sets.
[[gnu::cold]] MICA_DECL std::int64_t steady_now() noexcept {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

[[noreturn, gnu::cold]] MICA_DECL void throw_interrupted(std::string_view message, std::string_view sql = {}) {
    Failure failure;
    failure.kind = ErrorKind::interrupted;
    append(failure.message, {message});
    append(failure.sql, {sql});
    throw InterruptedError(failure);
}

}  // namespace detail

Deadline::Deadline(double seconds) noexcept {
    constexpr double longest = 3e9;  // a hundred years; NaN is not less either
    if (seconds < longest) at_ = detail::steady_now() + static_cast<std::int64_t>((seconds > 0 ? seconds : 0) * 1e9);
}

bool Deadline::has_passed() const noexcept { return at_ != never && detail::steady_now() >= at_; }

std::int64_t Deadline::milliseconds_left(std::int64_t most) const noexcept {
    if (at_ == never) return most;
    const std::int64_t left = at_ - detail::steady_now();
    const std::int64_t milliseconds = left <= 0 ? 0 : (left + 999'999) / 1'000'000;
    return milliseconds < most ? milliseconds : most;
}

bool LimitScope::is_over() const noexcept {
    for (const LimitScope* scope = this; scope != nullptr; scope = scope->outer_) {
        if (scope->limits_.deadline.has_passed() || scope->limits_.stop.stop_requested()) return true;
    }
    return false;
}

std::int64_t LimitScope::milliseconds_left(std::int64_t most) const noexcept {
    std::int64_t left = is_over() ? 0 : most;
    for (const LimitScope* scope = this; scope != nullptr; scope = scope->outer_) {
        left = scope->limits_.deadline.milliseconds_left(left);
    }
    return left;
}

void LimitScope::require_time() const {
    if (is_over()) detail::throw_interrupted("mica: the deadline has passed, or a stop was requested");
}

}  // namespace mica
