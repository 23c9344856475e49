// SPDX-License-Identifier: BSL-1.0
// What stops a connection's statements from another thread.
#pragma once

#include <mica/engine/backend.hpp>
#include <mica/engine/open_connection.hpp>

#include <cstdint>

namespace mica {

/// Stops what runs on a connection for whoever holds it now; once he has given it back, does nothing.
/// For a database that is Interruptible. Thread safety: all members may be called from any thread at any time.
/// Lifetime: may outlive all others.
template <class BackendType>
class BasicInterruptHandle {
public:
    explicit BasicInterruptHandle(detail::OpenConnection<BackendType>& connection)
        : connection_(connection), lease_(connection.current_lease()) {
        connection.heed_interrupts();
    }

    /// Makes what runs on the connection throw InterruptedError, waiting for another writer included, and what its
    /// holder starts after that. Their changes
    /// are undone, and where a write was interrupted the database may end the transaction
    /// (https://www.sqlite.org/c3ref/interrupt.html). A statement so short that SQLite does not look may still run.
    void interrupt() const noexcept { connection_->interrupt(lease_); }

    /// Lets the connection's holder run statements again: for the thread that holds it.
    void forget() const noexcept {
        if (connection_->current_lease() == lease_) connection_->forget_interrupt();
    }

private:
    detail::ConnectionReference<BackendType> connection_;
    std::uint64_t lease_;
};

}  // namespace mica
