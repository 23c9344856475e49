// SPDX-License-Identifier: BSL-1.0
// Who holds the engine's connection. It is opened at its first use and lent to one holder at a time.
#pragma once

#include <mica/core/atomic.hpp>
#include <mica/core/decl.hpp>
#include <mica/core/duration.hpp>
#include <mica/core/thread_number.hpp>
#include <mica/engine/open_connection.hpp>
#include <mica/engine/options.hpp>
#include <mica/engine/permit.hpp>

#include <cstdint>
#include <utility>

namespace mica {

namespace detail {

[[noreturn, gnu::cold]] MICA_DECL void throw_checkout_timeout();

[[noreturn, gnu::cold]] MICA_DECL void throw_self_lock();

/// Shared by an engine and everything that holds its connection; lives until the last of them is gone.
template <class BackendType>
class Pool {
public:
    Pool(typename BackendType::Target target, const EngineOptions& options)
        : target_(std::move(target)), options_(options) {}

    const typename BackendType::Target& target() const noexcept { return target_; }

    void retain() noexcept { users_.increment(); }
    void release() noexcept {
        if (users_.decrement_to_zero()) delete this;
    }

    /// Lends the connection, opening it where it is not open. Throws OperationalError after checkout_timeout, at once
    /// where the caller's own thread holds it, and what opening throws.
    OpenConnection<BackendType>& check_out();

    /// The connection goes to another owner, perhaps in another thread: which one holds it is no longer known.
    void change_hands() noexcept { holder_.store(nobody); }

    void check_in() noexcept;

    /// Whoever holds the connection ends the scope when he gives it back; where nobody does, this does it now.
    void end_test_scope() noexcept;

private:
    static constexpr std::uint64_t nobody = 0;

    ~Pool() = default;

    bool wait();

    typename BackendType::Target target_;
    EngineOptions options_;
    ConnectionReference<BackendType> connection_;
    Permit free_;
    Atomic<std::uint64_t> holder_{nobody};  ///< by its thread_number()
    Atomic<int> users_{1};
};

template <class BackendType>
OpenConnection<BackendType>& Pool<BackendType>::check_out() {
    if (!free_.try_acquire()) {
        if (holder_.load() == thread_number()) throw_self_lock();
        if (!wait()) throw_checkout_timeout();
    }
    try {
        if (!connection_) {
            connection_ = ConnectionReference<BackendType>{
                *new OpenConnection<BackendType>{BackendType::open(target_), options_.echo != Echo::off}};
        } else if (connection_->test_scope.ends.load()) [[unlikely]] {
            connection_->clean();  // the scope has ended after its last holder had looked
        }
    } catch (...) {
        free_.release();
        throw;
    }
    holder_.store(thread_number());
    return *connection_;
}

template <class BackendType>
void Pool<BackendType>::check_in() noexcept {
    OpenConnection<BackendType>& connection = *connection_;
    do {
        connection.clean();
        holder_.store(nobody);
        free_.release();
        // Who ended a scope since clean() has found no free permit, and left its end to whoever has that.
    } while (connection.test_scope.ends.load() && free_.try_acquire());
}

template <class BackendType>
void Pool<BackendType>::end_test_scope() noexcept {
    connection_->test_scope.ends.exchange(true);
    if (free_.try_acquire()) check_in();
}

template <class BackendType>
bool Pool<BackendType>::wait() {
    // Now plus a very long time overflows the clock.
    constexpr std::chrono::hours forever{24 * 365};
    if (options_.checkout_timeout < forever) return free_.try_acquire_for(options_.checkout_timeout.count());
    free_.acquire();
    return true;
}

/// A counted reference to a pool.
template <class BackendType>
class PoolReference {
public:
    /// Takes over the one reference that a new pool starts with.
    explicit PoolReference(Pool<BackendType>* pool) noexcept : pool_(pool) {}
    PoolReference(const PoolReference& other) noexcept : pool_(other.pool_) {
        if (pool_ != nullptr) pool_->retain();
    }
    PoolReference(PoolReference&& other) noexcept : pool_(std::exchange(other.pool_, nullptr)) {}
    PoolReference& operator=(PoolReference other) noexcept {
        std::swap(pool_, other.pool_);
        return *this;
    }
    ~PoolReference() {
        if (pool_ != nullptr) pool_->release();
    }

    explicit operator bool() const noexcept { return pool_ != nullptr; }
    Pool<BackendType>& operator*() const noexcept { return *pool_; }
    Pool<BackendType>* operator->() const noexcept { return pool_; }

private:
    Pool<BackendType>* pool_;
};

}  // namespace detail

}  // namespace mica

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/engine/impl/pool.ipp>
#endif
