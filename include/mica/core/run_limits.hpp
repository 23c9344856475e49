// SPDX-License-Identifier: BSL-1.0
// How long a thread may run statements: until a point in time, or until somebody asks it to stop. <stop_token> is not
// needed for that, and would cost every user as much as a tenth of mica.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/core/duration.hpp>
#include <mica/core/exchange.hpp>

#include <concepts>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace mica {

/// A point in time after which something has to stop; made of nothing, there is none.
class Deadline {
public:
    constexpr Deadline() noexcept = default;
    /// So long from now.
    template <class Count, class Period>
    Deadline(const std::chrono::duration<Count, Period>& from_now) noexcept
        : Deadline(std::chrono::duration<double>{from_now}.count()) {}
    /// A time_point of any clock, measured by that clock now.
    template <class Point>
        requires requires(const Point& when) { when - Point::clock::now(); }
    Deadline(const Point& when) noexcept
        : Deadline(seconds_of(when.time_since_epoch()) - seconds_of(Point::clock::now().time_since_epoch())) {}

    /// Whether there is one, and it has passed.
    MICA_DECL bool has_passed() const noexcept;
    /// How long it is until then, 0 where it has passed; `most` where that is less, or there is none.
    MICA_DECL std::int64_t milliseconds_left(std::int64_t most) const noexcept;

private:
    static constexpr std::int64_t never = 0x7fff'ffff'ffff'ffff;

    MICA_DECL explicit Deadline(double seconds) noexcept;

    /// Before anything is subtracted, which overflows for a point that is far away.
    static double seconds_of(std::chrono::duration<double> since) noexcept { return since.count(); }

    std::int64_t at_ = never;  ///< nanoseconds of the steady clock
};

/// A std::stop_token, or whatever else has its stop_requested(). Made of nothing, it never asks to stop.
class StopToken {
public:
    StopToken() noexcept = default;
    template <class Token>
        requires(!std::same_as<std::remove_cvref_t<Token>, StopToken> &&
                 requires(const std::remove_cvref_t<Token>& token) {
                     { token.stop_requested() } -> std::convertible_to<bool>;
                 })
    StopToken(Token&& token)
        : token_(new std::remove_cvref_t<Token>(std::forward<Token>(token))),
          ask_([](const void* asked) {
              return static_cast<bool>(static_cast<const std::remove_cvref_t<Token>*>(asked)->stop_requested());
          }),
          drop_([](void* dropped) { delete static_cast<std::remove_cvref_t<Token>*>(dropped); }) {}
    StopToken(StopToken&& other) noexcept
        : token_(detail::exchange(other.token_, nullptr)), ask_(other.ask_), drop_(other.drop_) {}
    StopToken& operator=(StopToken&& other) noexcept {
        detail::swap(token_, other.token_);
        detail::swap(ask_, other.ask_);
        detail::swap(drop_, other.drop_);
        return *this;
    }
    ~StopToken() {
        if (token_ != nullptr) drop_(token_);
    }

    bool stop_requested() const { return token_ != nullptr && ask_(token_); }

private:
    void* token_ = nullptr;
    bool (*ask_)(const void*) = nullptr;
    void (*drop_)(void*) = nullptr;
};

/// `{.deadline = 200ms}`, `{.deadline = std::chrono::steady_clock::now() + 2s, .stop = source.get_token()}`.
struct RunLimits {
    Deadline deadline{};
    StopToken stop{};
};

/// While there is one, whatever its thread runs on any connection throws InterruptedError as soon as the limits are
/// reached, and waits for no lock longer than that: statements, flushes, BEGIN. COMMIT and ROLLBACK are not
/// interrupted. An interrupted SELECT leaves its transaction open; an interrupted write ends it
/// (https://www.sqlite.org/c3ref/interrupt.html). Scopes may be nested: the narrowest counts.
/// Lifetime: ends in its own thread, before those around it. Cost: a look at the clock with every thousand steps of the
/// database's machine; a connection that was never used within one pays nothing for its rows.
class [[nodiscard]] LimitScope {
public:
    explicit LimitScope(RunLimits limits) noexcept;
    LimitScope(const LimitScope&) = delete;
    LimitScope& operator=(const LimitScope&) = delete;
    ~LimitScope();

    /// Throws InterruptedError where a limit is reached already.
    [[gnu::cold]] MICA_DECL void require_time() const;

    /// Whether a limit is reached, of this scope or of one around it.
    MICA_DECL bool is_over() const noexcept;
    /// How long it is until the next deadline, 0 where a limit is reached, `most` at most.
    MICA_DECL std::int64_t milliseconds_left(std::int64_t most) const noexcept;

private:
    RunLimits limits_;
    const LimitScope* outer_;
};

namespace detail {

/// One for all shared objects of a program, also for those that hide their symbols.
[[gnu::visibility("default")]] inline constinit thread_local const LimitScope* innermost_limits = nullptr;

}  // namespace detail

namespace detail {

/// How long this thread may wait for something that it would wait so long for.
inline std::int64_t within_limits(std::int64_t milliseconds) noexcept {
    return innermost_limits == nullptr ? milliseconds : innermost_limits->milliseconds_left(milliseconds);
}
inline void require_time() {
    if (innermost_limits != nullptr) innermost_limits->require_time();
}

}  // namespace detail

inline LimitScope::LimitScope(RunLimits limits) noexcept
    : limits_(std::move(limits)), outer_(detail::exchange(detail::innermost_limits, this)) {}

inline LimitScope::~LimitScope() { detail::innermost_limits = outer_; }

}  // namespace mica

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/core/impl/run_limits.ipp>
#endif
