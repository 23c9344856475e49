// SPDX-License-Identifier: BSL-1.0
// How often something is tried again that failed because another connection was in the way, and how long it waits
// before.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/core/error.hpp>

#include <cstdint>

namespace mica::detail {

/// Waits within the thread's limits.
class Retry {
public:
    /// Throws ProgrammingError for less than one attempt.
    [[gnu::cold]] MICA_DECL explicit Retry(int attempts);

    /// Whether an attempt is left after one that ended so.
    [[gnu::cold]] MICA_DECL bool may_repeat(const OperationalError& error) noexcept;

    /// For a random time, so that those who have met do not meet again: up to twice as long as the last.
    [[gnu::cold]] MICA_DECL void wait() noexcept;

private:
    static constexpr std::int64_t longest_wait_us = 256'000;

    int left_;
    std::int64_t wait_us_ = 2'000;
    std::uint64_t random_;
};

}  // namespace mica::detail

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/engine/impl/retry.ipp>
#endif
