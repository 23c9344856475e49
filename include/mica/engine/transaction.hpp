// SPDX-License-Identifier: BSL-1.0
// Transactions and savepoints as scopes: what is not committed is rolled back, and no destructor throws.
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/engine/open_connection.hpp>

#include <cstddef>
#include <cstdint>

namespace mica {

namespace detail {

/// Only a real COMMIT checks what was deferred until then.
template <class BackendType>
[[gnu::cold]] void require_resolved_foreign_keys(OpenConnection<BackendType>& connection) {
    if constexpr (ForetellsForeignKeys<BackendType>) {
        if (!connection.database.has_unresolved_foreign_keys()) return;
        throw IntegrityError(BackendType::foreign_key_failure(connection.database.text_of(Verb::commit)),
                             ConstraintKind::foreign_key, {}, {});
    }
}

/// Where something has failed already.
template <class Action>
void undo(Action action) noexcept {
    try {
        action();
    } catch (...) {  // the connection's return rolls back again
    }
}

template <class BackendType>
void rollback_transaction(OpenConnection<BackendType>& connection);

template <class BackendType>
void begin_transaction(OpenConnection<BackendType>& connection, TransactionMode mode) {
    const typename OpenConnection<BackendType>::Use use{connection};
    if (connection.in_transaction()) {
        throw_misuse("a transaction is open already; begin_nested() starts a savepoint inside it");
    }
    if (connection.test_scope.is_on) {
        connection.run_verb(Verb::savepoint);
        connection.test_scope.in_transaction = true;
    } else {
        connection.run_verb(begin_of(mode));
    }
    ++connection.transaction;
    connection.savepoints.clear();
    connection.is_in_scope = true;
    try {
        const Raised beginning{connection.is_beginning};
        connection.begun_at = connection.database.revision();
        connection.settle(EngineEvent::begin);
    } catch (...) {
        undo([&] { rollback_transaction(connection); });
        throw;
    }
}

/// Leaves what is to be told to the caller, who calls settle() when his own state is right.
template <class BackendType>
void commit_transaction(OpenConnection<BackendType>& connection) {
    if (connection.in_transaction()) connection.announce(EngineEvent::commit);
    if (!connection.in_transaction()) throw_misuse("the database has already ended this transaction");
    if (connection.test_scope.is_on) require_resolved_foreign_keys(connection);
    connection.end_transaction(true);
    ++connection.transaction;
    connection.is_in_scope = false;
}

/// Results that are being read stay readable (https://www.sqlite.org/lang_transaction.html, section 2.3).
template <class BackendType>
void rollback_transaction(OpenConnection<BackendType>& connection) {
    ++connection.transaction;
    if (connection.must_be_ended()) connection.end_transaction(false);
    connection.is_in_scope = false;
    connection.recover();
    connection.savepoints.clear();
    connection.give_if_free();  // where the database has ended it, no ROLLBACK did
    connection.settle(EngineEvent::rollback);
}

/// Gives its depth. This and the next two leave what is to be told to the caller.
template <class BackendType>
int open_savepoint(OpenConnection<BackendType>& connection) {
    connection.savepoints.push_back({connection.last_savepoint + 1});
    try {
        connection.run_verb(Verb::savepoint);
    } catch (...) {
        connection.savepoints.pop_back();
        throw;
    }
    ++connection.last_savepoint;
    return static_cast<int>(connection.savepoints.size());
}

template <class BackendType>
void release_savepoints(OpenConnection<BackendType>& connection, int down_to) {
    while (static_cast<int>(connection.savepoints.size()) > down_to) connection.release_savepoint();
}

/// Undoes everything since the savepoint at `depth` was opened, and closes it. Where that fails, as without memory,
/// what was to be undone may not be committed with the rest: then the transaction as a whole has ended but for its
/// rollback.
template <class BackendType>
void rollback_savepoint(OpenConnection<BackendType>& connection, int depth) {
    if (!connection.in_transaction()) {
        connection.savepoints.clear();
        return;
    }
    connection.doom();
    release_savepoints(connection, depth);
    connection.run_verb(Verb::rollback_to);
    release_savepoints(connection, depth - 1);
    connection.recover();
}

}  // namespace detail

/// An open transaction. Ends by commit() or rollback(); its destructor rolls back what neither has ended.
/// Lifetime: notices when its connection is given back, which rolls back too.
template <class BackendType>
class [[nodiscard]] BasicTransaction {
public:
    BasicTransaction(detail::OpenConnection<BackendType>& connection, TransactionMode mode);
    BasicTransaction(BasicTransaction&& other) noexcept = default;
    BasicTransaction& operator=(BasicTransaction&& other) noexcept {
        detail::swap(connection_, other.connection_);
        detail::swap(lease_, other.lease_);
        detail::swap(transaction_, other.transaction_);
        return *this;
    }
    ~BasicTransaction();

    /// Throws OperationalError where the database is busy and IntegrityError for a deferred constraint; the transaction
    /// is still open then. Throws ProgrammingError where it has ended.
    void commit();

    /// Undoes everything since begin(), savepoints included. Does nothing where the transaction has ended.
    void rollback();

    /// False too where the database has ended the transaction by itself, as ON CONFLICT ROLLBACK makes it.
    bool is_active() const noexcept { return is_mine() && connection_->in_transaction(); }

private:
    /// Whether nobody has ended it, but perhaps the database.
    bool is_mine() const noexcept {
        return connection_ && connection_->current_lease() == lease_ && connection_->transaction == transaction_;
    }

    detail::ConnectionReference<BackendType> connection_;
    std::uint64_t lease_ = 0;
    std::uint64_t transaction_ = 0;
};

template <class BackendType>
BasicTransaction<BackendType>::BasicTransaction(detail::OpenConnection<BackendType>& connection, TransactionMode mode)
    : connection_(connection) {
    detail::begin_transaction(connection, mode);
    lease_ = connection.current_lease();
    transaction_ = connection.transaction;
}

template <class BackendType>
BasicTransaction<BackendType>::~BasicTransaction() {
    try {
        rollback();
    } catch (...) {  // the connection's return rolls back again
    }
}

template <class BackendType>
void BasicTransaction<BackendType>::commit() {
    if (!is_mine()) {
        if (connection_) connection_->require_own_process();
        detail::throw_misuse("this transaction has ended");
    }
    detail::commit_transaction(*connection_);
    connection_->settle();
}

template <class BackendType>
void BasicTransaction<BackendType>::rollback() {
    if (is_mine()) detail::rollback_transaction(*connection_);
}

/// A savepoint inside a transaction; where none is open, a transaction of its own.
template <class BackendType>
class [[nodiscard]] BasicSavepoint {
public:
    /// Where it is not the program's own, but keeps several statements together, those who listen are told of its
    /// statements only.
    explicit BasicSavepoint(detail::OpenConnection<BackendType>& connection, bool is_announced = false);
    BasicSavepoint(BasicSavepoint&& other) noexcept = default;
    BasicSavepoint& operator=(BasicSavepoint&& other) noexcept {
        detail::swap(connection_, other.connection_);
        detail::swap(lease_, other.lease_);
        detail::swap(transaction_, other.transaction_);
        detail::swap(number_, other.number_);
        detail::swap(depth_, other.depth_);
        detail::swap(owns_transaction_, other.owns_transaction_);
        detail::swap(is_announced_, other.is_announced_);
        return *this;
    }
    ~BasicSavepoint();

    /// Keeps the changes as part of the transaction; savepoints inside this one end with it.
    /// Throws ProgrammingError where it has ended, and what COMMIT throws where it is a transaction of its own.
    void commit();

    /// Undoes everything since it was opened. Does nothing where it has ended.
    void rollback();

    /// False too where the database has ended the transaction around it by itself.
    bool is_active() const noexcept { return is_mine() && connection_->in_transaction(); }

    /// Whether the database has ended the transaction around it by itself, and nobody has rolled that back yet.
    bool has_lost_transaction() const noexcept { return belongs() && !connection_->in_transaction(); }

private:
    static constexpr int ended = -1;

    /// Whether the transaction is still the one it was opened in.
    bool belongs() const noexcept {
        return connection_ && depth_ != ended && connection_->current_lease() == lease_ &&
               connection_->transaction == transaction_;
    }
    /// Whether nobody has ended it, but perhaps the database.
    bool is_mine() const noexcept { return belongs() && (owns_transaction_ || is_open()); }

    /// An outer savepoint's end ends this one, and another may have taken its place since.
    bool is_open() const noexcept {
        const auto depth = static_cast<std::size_t>(depth_);
        return connection_->savepoints.size() >= depth && connection_->savepoints[depth - 1].number == number_;
    }

    detail::ConnectionReference<BackendType> connection_;
    std::uint64_t lease_ = 0;
    std::uint64_t transaction_ = 0;
    std::uint64_t number_ = 0;
    int depth_ = ended;
    bool owns_transaction_ = false;
    bool is_announced_;
};

template <class BackendType>
BasicSavepoint<BackendType>::BasicSavepoint(detail::OpenConnection<BackendType>& connection, bool is_announced)
    : connection_(connection), is_announced_(is_announced) {
    const typename detail::OpenConnection<BackendType>::Use use{connection};
    connection.require_scope();
    owns_transaction_ = !connection.in_transaction();
    if (owns_transaction_) detail::begin_transaction(connection, TransactionMode::immediate);
    lease_ = connection.current_lease();
    transaction_ = connection.transaction;
    depth_ = owns_transaction_ ? 0 : detail::open_savepoint(connection);
    number_ = connection.last_savepoint;
    if (owns_transaction_ || !is_announced_) return;
    try {
        connection.settle(detail::EngineEvent::savepoint);
    } catch (...) {
        detail::undo([&] { detail::rollback_savepoint(connection, depth_); });
        throw;
    }
}

template <class BackendType>
BasicSavepoint<BackendType>::~BasicSavepoint() {
    try {
        rollback();
    } catch (...) {  // the transaction around it rolls back too
    }
}

template <class BackendType>
void BasicSavepoint<BackendType>::commit() {
    if (!is_mine()) {
        if (connection_) connection_->require_own_process();
        detail::throw_misuse("this savepoint has ended");
    }
    if (owns_transaction_) {
        detail::commit_transaction(*connection_);
    } else {
        if (is_announced_) connection_->announce(detail::EngineEvent::release);
        detail::release_savepoints(*connection_, depth_ - 1);
    }
    depth_ = ended;
    connection_->settle();
}

template <class BackendType>
void BasicSavepoint<BackendType>::rollback() {
    if (!is_mine()) return;
    if (owns_transaction_) {
        detail::rollback_transaction(*connection_);
    } else {
        detail::rollback_savepoint(*connection_, depth_);
        depth_ = ended;
        if (is_announced_) connection_->settle(detail::EngineEvent::rollback_to);
    }
    depth_ = ended;
}

}  // namespace mica
