// SPDX-License-Identifier: BSL-1.0
// Why a holder of a connection has the engine's permit, and since when he need not have it any more.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/engine/permit.hpp>

#include <cstdint>

namespace mica::detail {

[[noreturn, gnu::cold]] MICA_DECL void throw_self_lock(HolderKind kind, bool is_shared);
[[noreturn, gnu::cold]] MICA_DECL void throw_permit_timeout(HolderKind kind, bool is_shared, std::int64_t milliseconds);
[[noreturn, gnu::cold]] MICA_DECL void throw_out_of_turn();

/// The permit as one holder has it. On a connection of his own he needs it to write; on one that he shares, for
/// everything.
struct Hold {
    Permit* permit = nullptr;  ///< none where nobody else can reach the database's connection
    std::int64_t timeout_ms = 0;
    int uses = 0;  ///< that need the permit and are not over
    bool is_held = false;
    bool is_shared = false;
    HolderKind kind = HolderKind::connection;

    bool try_take() noexcept {
        is_held = permit == nullptr || permit->try_acquire(kind);
        return is_held;
    }
    /// Waits where it may. Throws OperationalError where that is in vain or would be for itself, InterruptedError where
    /// a limit of the thread is reached or `interruption` has come.
    [[gnu::cold, gnu::noinline]] MICA_DECL void take(bool may_wait, const WaitInterruption* interruption = nullptr);
    void give() noexcept {
        is_held = false;
        if (permit != nullptr) permit->release();
    }
    /// It may be another than the one that took it.
    void note_thread() const noexcept {
        if (permit != nullptr) permit->holder.set_thread();
    }
    /// Who holds the connection is not known until its next use.
    void change_hands() const noexcept {
        if (is_held && permit != nullptr) permit->holder.clear();
    }
};

}  // namespace mica::detail

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/engine/impl/hold.ipp>
#endif
