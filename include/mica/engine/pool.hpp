// SPDX-License-Identifier: BSL-1.0
// Who holds the engine's connection. It is opened at its first use and lent to one holder at a time.
#pragma once

#include <mica/engine/object_statements.hpp>
#include <mica/engine/permit.hpp>

#include <mutex>  // brings std::chrono's durations, without the calendar
#include <optional>
#include <string>
#include <utility>

namespace mica {

/// Where an engine shows the statements it runs.
enum class Echo : unsigned char {
    off,
    sql,  ///< their text on the standard error stream, never a value
};

struct EngineOptions {
    /// How long a statement waits for a lock that another connection holds. The URL's busy_timeout goes before it.
    std::chrono::milliseconds busy_timeout{5000};
    /// How long connect() waits for the engine's own connection.
    std::chrono::milliseconds checkout_timeout{30000};
    Echo echo = Echo::off;
};

namespace detail {

[[noreturn, gnu::cold, gnu::noinline]] inline void throw_checkout_timeout() {
    refuse<OperationalError>(
        {"mica: the engine's connection was not given back in time; checkout_timeout says how "
         "long to wait"});
}

[[noreturn, gnu::cold, gnu::noinline]] inline void throw_self_lock() {
    refuse<OperationalError>(
        {"mica: this thread holds the engine's connection already; end that connection's scope, "
         "or commit that session, first"});
}

/// Its address tells threads apart.
inline thread_local char thread_mark = 0;

/// Shared by an engine and everything that holds its connection; lives until the last of them is gone.
template <class BackendType>
class Pool {
public:
    Pool(typename BackendType::Target target, const EngineOptions& options)
        : target_(std::move(target)), options_(options) {}

    void retain() noexcept { users_.increment(); }
    void release() noexcept {
        if (users_.decrement_to_zero()) delete this;
    }

    /// Lends the connection, opening it where it is not open. Throws OperationalError after checkout_timeout, at once
    /// where the caller's own thread holds it, and what opening throws.
    OpenConnection<BackendType>& check_out() {
        if (!free_.try_acquire()) {
            if (holder_.load() == &thread_mark) throw_self_lock();
            if (!wait()) throw_checkout_timeout();
        }
        try {
            if (!connection_) {
                connection_ = ConnectionReference<BackendType>{
                    *new OpenConnection<BackendType>{BackendType::open(target_), options_.echo != Echo::off}};
            }
        } catch (...) {
            free_.release();
            throw;
        }
        holder_.store(&thread_mark);
        return *connection_;
    }

    /// The connection goes to another owner, perhaps in another thread: which one holds it is no longer known.
    void change_hands() noexcept { holder_.store(nullptr); }

    void check_in() noexcept {
        connection_->clean();
        holder_.store(nullptr);
        free_.release();
    }

    /// Whoever holds the connection ends the scope when he gives it back; where nobody does, this does it now.
    void end_test_scope() noexcept {
        connection_->test_scope.ends.exchange(true);
        if (free_.try_acquire()) check_in();
    }

private:
    ~Pool() = default;

    bool wait() {
        // Now plus a very long time overflows the clock.
        constexpr std::chrono::hours forever{24 * 365};
        if (options_.checkout_timeout < forever) return free_.try_acquire_for(options_.checkout_timeout.count());
        free_.acquire();
        return true;
    }

    typename BackendType::Target target_;
    EngineOptions options_;
    ConnectionReference<BackendType> connection_;
    Permit free_;
    Atomic<const char*> holder_{nullptr};
    Atomic<int> users_{1};
};

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

/// A connection leased from an engine; move-only. Its destructor rolls back what is open and gives it back.
/// Outside begin() every statement commits by itself.
/// Thread safety: one thread at a time. Lifetime: may outlive its engine.
template <class BackendType>
class BasicConnection : public ObjectStatements<BackendType> {
public:
    explicit BasicConnection(detail::PoolReference<BackendType> pool)
        : ObjectStatements<BackendType>(pool->check_out()), pool_(std::move(pool)) {}
    BasicConnection(BasicConnection&& other) noexcept
        : ObjectStatements<BackendType>(other), pool_(std::move(other.pool_)) {
        if (pool_) pool_->change_hands();
    }
    BasicConnection& operator=(BasicConnection&& other) noexcept {
        BasicConnection taken{std::move(other)};
        give_back();
        this->rebind(&taken.open_connection());
        pool_ = std::move(taken.pool_);
        return *this;
    }
    ~BasicConnection() { give_back(); }

    /// Starts a transaction; BEGIN IMMEDIATE takes the write lock now, so nothing fails for want of it later.
    /// Throws OperationalError where the lock is not to be had, ProgrammingError inside a transaction.
    [[nodiscard]] BasicTransaction<BackendType> begin(TransactionMode mode = TransactionMode::immediate) {
        return {this->open_connection(), mode};
    }

    /// Starts a savepoint; where no transaction is open, a transaction.
    [[nodiscard]] BasicSavepoint<BackendType> begin_nested() {
        return BasicSavepoint<BackendType>{this->open_connection()};
    }

    /// For what runs statements of its own on this connection, such as a session.
    detail::OpenConnection<BackendType>& open() const noexcept { return this->open_connection(); }

    /// What the database says.
    bool in_transaction() const noexcept { return this->open_connection().in_transaction(); }

private:
    void give_back() noexcept {
        if (pool_) pool_->check_in();
        pool_ = detail::PoolReference<BackendType>{nullptr};
    }

    detail::PoolReference<BackendType> pool_;
};

}  // namespace mica
