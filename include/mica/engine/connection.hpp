// SPDX-License-Identifier: BSL-1.0
// A leased connection: runs statements, starts transactions, and is given back clean.
#pragma once

#include <mica/engine/object_statements.hpp>
#include <mica/engine/pool.hpp>
#include <mica/engine/transaction.hpp>

#include <utility>

namespace mica {

/// A connection leased from an engine; move-only. Its destructor rolls back what is open and gives it back.
/// Outside begin() every statement commits by itself. One that has been moved from refuses all but assignment.
/// Thread safety: one thread at a time. Lifetime: may outlive its engine.
template <class BackendType>
class [[nodiscard]] BasicConnection : public ObjectStatements<BackendType> {
public:
    explicit BasicConnection(detail::PoolReference<BackendType> pool)
        : ObjectStatements<BackendType>(pool->check_out()), pool_(std::move(pool)) {}
    BasicConnection(BasicConnection&& other) noexcept
        : ObjectStatements<BackendType>(other), pool_(std::move(other.pool_)) {
        other.rebind(nullptr);
        if (pool_) pool_->change_hands();
    }
    BasicConnection& operator=(BasicConnection&& other) noexcept {
        BasicConnection taken{std::move(other)};
        std::swap(pool_, taken.pool_);  // its end gives back what this one had
        this->rebind(taken.rebind(nullptr));
        return *this;
    }
    ~BasicConnection() {
        if (pool_) pool_->check_in();
    }

    /// Starts a transaction; BEGIN IMMEDIATE takes the write lock now, so nothing fails for want of it later.
    /// Throws OperationalError where the lock is not to be had, ProgrammingError inside a transaction.
    BasicTransaction<BackendType> begin(TransactionMode mode = TransactionMode::immediate) const {
        return {this->open_connection(), mode};
    }

    /// Starts a savepoint; where no transaction is open, a transaction.
    BasicSavepoint<BackendType> begin_nested() const { return BasicSavepoint<BackendType>{this->open_connection()}; }

    /// For what runs statements of its own on this connection, such as a session.
    detail::OpenConnection<BackendType>& open() const { return this->open_connection(); }

    /// What the database says; false for a connection that has been moved from.
    bool in_transaction() const noexcept { return !this->was_moved_from() && this->open_connection().in_transaction(); }

private:
    detail::PoolReference<BackendType> pool_;
};

}  // namespace mica
