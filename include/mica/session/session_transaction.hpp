// SPDX-License-Identifier: BSL-1.0
// A session's transaction as its user sees it: begin, flush, commit, roll back, in part too, and listen to all that.
#pragma once

#include <mica/fwd.hpp>
#include <mica/session/core/nested.hpp>

#include <type_traits>
#include <utility>

namespace mica {

/// A part of BasicSession.
template <class BackendType>
class SessionTransaction {
public:
    SessionTransaction(const SessionTransaction&) = delete;
    SessionTransaction& operator=(const SessionTransaction&) = delete;

    /// Opens the transaction now, before its first statement would. Throws what leasing the connection and BEGIN throw.
    void begin() {
        const auto inside = core_.enter();
        core_.connection();
    }

    /// Writes all changes inside the open transaction. Throws what the database says, with the row it said it of; then
    /// nothing of this flush is written, everything is still to be written, and the session is usable. Where the
    /// database has ended the transaction by itself, as a full disk makes it, that is true of everything since its
    /// beginning; but if a statement of execute() or a savepoint was part of it, only rollback() is left.
    void flush() {
        const auto inside = core_.enter();
        core_.flush();
    }

    /// Writes all changes and commits. Throws as flush(), and what COMMIT throws; then the transaction is still open,
    /// unless the database has ended it.
    void commit() {
        const auto inside = core_.enter();
        core_.commit();
    }

    /// Undoes the transaction: tracked objects are again as they were when it began, keys that the database chose are 0
    /// again, objects added since are no longer tracked.
    void rollback() {
        const auto inside = core_.enter();
        core_.rollback();
    }

    /// Whether a statement has opened a transaction that has not ended yet.
    bool in_transaction() const noexcept { return core_.in_transaction(); }

    /// For another thread, which may stop by it what this session runs until its transaction ends, see InterruptHandle.
    /// Opens the transaction where none is open.
    BasicInterruptHandle<BackendType> interrupt_handle() {
        const auto inside = core_.enter();
        return BasicInterruptHandle<BackendType>{core_.connection()};
    }

    /// Writes all changes and starts a savepoint; what follows can be undone by itself. Nestable.
    BasicNestedScope<BackendType> begin_nested() {
        const auto inside = core_.enter();
        core_.flush();
        return BasicNestedScope<BackendType>{core_};
    }

    /// Runs `action` in a savepoint and keeps what it did; where it or the flush behind it throws, undoes that part
    /// only, rows and objects. Gives what it gives.
    template <class Action>
    auto nested(Action&& action) {
        auto scope = begin_nested();
        if constexpr (std::is_void_v<decltype(std::forward<Action>(action)())>) {
            std::forward<Action>(action)();
            scope.commit();
        } else {
            auto result = std::forward<Action>(action)();
            scope.commit();
            return result;
        }
    }

    /// Until what it gives ends, queries and statements write no changes before they run.
    auto no_autoflush() noexcept { return typename detail::SessionCore<BackendType>::NoAutoflush{core_}; }

    /// Calls `action`, with this session where it takes one, before each flush that has something to write; it may add,
    /// change and remove objects. Where it throws, nothing is written. Ends with the token.
    template <class Action>
    ListenerToken on_before_flush(Action action) {
        return core_.before_flush.add(with_session(std::move(action)));
    }
    /// The same after each flush that has written something; where it throws, the changes are written all the same.
    template <class Action>
    ListenerToken on_after_flush(Action action) {
        return core_.after_flush.add(with_session(std::move(action)));
    }
    /// After each COMMIT. What it throws comes out of commit(), but the rows are committed all the same and the next
    /// transaction begins as usual.
    template <class Action>
    ListenerToken on_after_commit(Action action) {
        return core_.after_commit.add(with_session(std::move(action)));
    }
    /// After each rollback(); not at the session's end.
    template <class Action>
    ListenerToken on_after_rollback(Action action) {
        return core_.after_rollback.add(with_session(std::move(action)));
    }

protected:
    SessionTransaction(detail::PoolReference<BackendType> pool, detail::SessionMode mode) noexcept
        : core_(std::move(pool), mode) {}
    explicit SessionTransaction(detail::OpenConnection<BackendType>& given) noexcept : core_(given) {}
    ~SessionTransaction() = default;

    detail::SessionCore<BackendType> core_;

private:
    template <class Action>
    auto with_session(Action action) {
        using Whole = BasicSession<BackendType>;
        if constexpr (std::is_invocable_v<Action&, Whole&>) {
            return [this, action = std::move(action)]() mutable { action(static_cast<Whole&>(*this)); };
        } else {
            return action;
        }
    }
};

}  // namespace mica
