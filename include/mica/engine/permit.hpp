// SPDX-License-Identifier: BSL-1.0
// Who may go on while all others stand in line: the writer of a file, the user of a connection that many share. Taken
// and given back by one atomic operation each where nobody waits, since single statements do both.
#pragma once

#include <mica/core/atomic.hpp>
#include <mica/core/decl.hpp>
#include <mica/core/fork.hpp>
#include <mica/core/mutex.hpp>
#include <mica/engine/holder.hpp>
#include <mica/engine/waiting_line.hpp>

#include <cstdint>

namespace mica::detail {

/// What came of waiting.
enum class Wait : std::uint8_t {
    had,
    timed_out,  ///< or a limit of the thread was reached, or it was interrupted
    own,        ///< it would never have ended: the thread holds it itself
};

/// How often somebody had to wait, and for how long.
struct WaitCounts {
    std::int64_t waits = 0;
    std::int64_t timeouts = 0;
    std::int64_t longest_ns = 0;
};

/// One permit, free at first. Whoever has it may give it back from any thread; it goes to who has waited longest.
class Permit {
public:
    Permit() noexcept = default;
    Permit(const Permit&) = delete;
    Permit& operator=(const Permit&) = delete;
    MICA_DECL ~Permit();

    /// Takes it where it is free.
    bool try_acquire(HolderKind kind) noexcept {
        if (!state_.pass(State::free, State::held)) [[unlikely]]
            return false;
        holder.set(kind);
        return true;
    }

    /// Waits for it, see WaitingLine::wait(). Throws ProgrammingError in a child of the process it was made in.
    Wait acquire(HolderKind kind, std::int64_t milliseconds, const WaitInterruption* interruption = nullptr) {
        return try_acquire(kind) ? Wait::had : wait(kind, milliseconds, interruption);
    }

    void release() noexcept {
        holder.clear();
        if (!state_.pass(State::held, State::free)) [[unlikely]]
            call_next();
    }

    MICA_DECL WaitCounts counts() noexcept;

    Holder holder{};

private:
    enum class State : int { free, held, awaited };

    [[gnu::cold, gnu::noinline]] MICA_DECL Wait wait(HolderKind kind, std::int64_t milliseconds,
                                                     const WaitInterruption* interruption);

    [[gnu::cold, gnu::noinline]] MICA_DECL void call_next() noexcept;

    /// Sees to it that it is not given back without a look at the line; true where it was free and is the caller's now.
    MICA_DECL bool take_or_await() noexcept;

    Atomic<State> state_{State::free};
    Mutex mutex_{};
    WaitingLine line_{};
    WaitCounts counts_{};
    std::uint64_t process_ = forks.load();
};

}  // namespace mica::detail

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/engine/impl/permit.ipp>
#endif
