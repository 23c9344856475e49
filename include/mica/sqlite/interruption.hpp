// SPDX-License-Identifier: BSL-1.0
// What SQLite asks every thousand steps of its machine: whether somebody wants the running statement to stop.
#pragma once

#include <mica/core/atomic.hpp>
#include <mica/core/decl.hpp>

#include <sqlite3.h>

namespace mica::sqlite {

/// For one connection, as long as that is open. It has its place in memory, for SQLite keeps its address. It is asked
/// from heed() on, which costs six instructions for each step of each statement.
class Interruption {
public:
    explicit Interruption(sqlite3* database) noexcept : database_(database) {}
    Interruption(const Interruption&) = delete;
    Interruption& operator=(const Interruption&) = delete;
    MICA_DECL ~Interruption();

    MICA_DECL void heed() noexcept;

    /// Stops what runs now and what starts before forget(). May be called from another thread.
    void request() noexcept {
        requested_.store(1);
        sqlite3_interrupt(database_);
    }
    void forget() noexcept { requested_.store(0); }
    bool is_requested() const noexcept { return requested_.load() != 0; }

private:
    MICA_DECL static int ask(void* interruption) noexcept;

    sqlite3* database_;
    mica::detail::Atomic<int> requested_{0};
    bool is_heeded_ = false;
};

}  // namespace mica::sqlite

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/sqlite/impl/interruption.ipp>
#endif
