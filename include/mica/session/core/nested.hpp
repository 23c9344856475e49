// SPDX-License-Identifier: BSL-1.0
// A part of a session's transaction that can be undone by itself, its objects included.
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/session/core/session_core.hpp>

#include <cstdint>

namespace mica {

/// A savepoint of a session. Ends by commit() or rollback(); its destructor rolls back what neither has ended.
/// Lifetime: the session must live as long as this does, or end its transaction before.
template <class BackendType>
class [[nodiscard]] BasicNestedScope {
public:
    explicit BasicNestedScope(detail::SessionCore<BackendType>& core)
        : core_(&core), savepoint_(core.connection(), true), number_(core.connection().last_savepoint) {
        core.open_scope(number_);
        mark_ = core.work().mark();
    }
    BasicNestedScope(BasicNestedScope&&) noexcept = default;
    BasicNestedScope& operator=(BasicNestedScope&& other) noexcept {
        detail::swap(core_, other.core_);
        detail::swap(savepoint_, other.savepoint_);
        detail::swap(number_, other.number_);
        detail::swap(mark_, other.mark_);
        return *this;
    }
    ~BasicNestedScope() {
        try {
            rollback();
        } catch (...) {  // the transaction around it rolls back too
        }
    }

    /// Writes what has changed and keeps it as part of the transaction; savepoints inside this one end with it.
    /// Throws as flush(), and then is still open; ProgrammingError where it has ended.
    void commit() {
        if (was_lost()) core_->connection();  // says so
        if (!savepoint_.is_active()) detail::throw_misuse("this savepoint has ended");
        const auto inside = core_->enter();
        core_->flush();
        detail::FirstFailure failure;
        failure.attempt([this] { savepoint_.commit(); });
        if (!savepoint_.is_active()) core_->close_scope(number_);
        failure.rethrow();
    }

    /// Undoes everything since it was opened: rows, and objects as after the session's rollback(). Does nothing where
    /// it has ended; where that was with the whole transaction, by the database itself, undoes the objects.
    void rollback() {
        if (!savepoint_.is_active() && !was_lost()) return;
        const auto inside = core_->enter();
        core_->require_idle();
        detail::FirstFailure failure;
        failure.attempt([this] { savepoint_.rollback(); });
        if (savepoint_.is_active()) failure.rethrow();
        core_->close_scope(number_);
        core_->work().rollback_to(mark_);
        failure.rethrow();
    }

    bool is_active() const noexcept { return savepoint_.is_active(); }

private:
    /// Asks the session only where it still holds its connection, and so is still there.
    bool was_lost() const noexcept { return savepoint_.has_lost_transaction() && core_->has_scope(number_); }

    detail::SessionCore<BackendType>* core_;
    BasicSavepoint<BackendType> savepoint_;
    std::uint64_t number_;
    typename detail::UnitOfWork<BackendType>::Mark mark_{};
};

}  // namespace mica
