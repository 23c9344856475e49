// SPDX-License-Identifier: BSL-1.0
// Templates of the backend: see <mica/backend_bodies.hpp>.
#pragma once

#include <mica/engine/transaction.hpp>
#include <mica/session/core/session_core.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace mica::detail {

template <class BackendType>
SessionCore<BackendType>::SessionCore(PoolReference<BackendType> pool, SessionMode mode) noexcept
    : pool_(std::move(pool)), mode_(mode) {}

template <class BackendType>
SessionCore<BackendType>::SessionCore(OpenConnection<BackendType>& given) noexcept
    : given_(given), given_lease_(given.current_lease()) {}

template <class BackendType>
SessionCore<BackendType>::~SessionCore() = default;

template <class BackendType>
Tracked& SessionCore<BackendType>::require_tracked(Tracked* tracked, std::string_view what) const {
    if (tracked == nullptr) throw_misuse(std::string{what} + " was given an empty handle");
    if (!work_.is_tracked(tracked))
        throw_misuse(std::string{what} + " was given an object that this session does not track");
    return *tracked;
}

template <class BackendType>
Tracked& SessionCore<BackendType>::require_row(Tracked* tracked, std::string_view what) const {
    Tracked& found = require_tracked(tracked, what);
    if (found.state == TrackedState::added)
        throw_misuse(std::string{what} + " was given an object that has no row yet");
    return found;
}

template <class BackendType>
void SessionCore<BackendType>::flush() {
    require_idle();
    work_.restore_generated();
    if (!work_.has_changes()) return;
    if (mode_ == SessionMode::read_only) throw_read_only("changes to write");
    write();
}

template <class BackendType>
void SessionCore<BackendType>::commit() {
    require_no_reading();
    flush();
    if (!in_transaction()) return;
    OpenConnection<BackendType>& held = connection();
    FirstFailure failure;
    try {
        given_ ? savepoint_->commit() : commit_transaction(held);
    } catch (...) {
        if (!given_ || savepoint_->is_active() || savepoint_->has_lost_transaction()) {
            note_end(held);
            throw;
        }
        failure.attempt([] { throw; });  // those who are told have failed, behind the commit
    }
    work_.commit();
    if (!given_) {
        held.stop_using();
        failure.attempt([&held] { held.settle(); });
    }
    give_back();
    failure.attempt([this] { after_commit.call(); });
    failure.rethrow();
}

template <class BackendType>
void SessionCore<BackendType>::rollback() {
    require_idle();
    require_no_reading();
    FirstFailure failure;
    failure.attempt([this] {
        if (savepoint_) savepoint_->rollback();
        if (lease_) rollback_transaction(lease_->open());
    });
    if (in_transaction() && open().must_be_ended() && (!savepoint_ || savepoint_->is_active())) failure.rethrow();
    give_back();
    work_.rollback();
    failure.attempt([this] { after_rollback.call(); });
    failure.rethrow();
}

template <class BackendType>
void SessionCore<BackendType>::begin(TransactionMode mode) {
    if (given_) {
        if (given_->current_lease() != given_lease_) {
            given_->require_own_process();
            throw_misuse("this session's connection was given back");
        }
        savepoint_.emplace(*given_, true);
        return;
    }
    lease_.emplace(pool_, HolderKind::session, mode == TransactionMode::deferred ? Claim::snapshot : Claim::writing);
    try {
        if (mode_ == SessionMode::read_only) lease_->open().refuse_writes();
        begin_transaction(lease_->open(), mode);
        lease_->open().is_sessions = true;
    } catch (...) {
        lease_.reset();
        throw;
    }
}

template <class BackendType>
void SessionCore<BackendType>::renew() {
    note_end(open());
    if (in_transaction()) throw_misuse("the database has ended this session's transaction by itself; call rollback()");
    begin(mode_ == SessionMode::writing ? TransactionMode::immediate : TransactionMode::deferred);
}

template <class BackendType>
void SessionCore<BackendType>::give_back() noexcept {
    savepoint_.reset();
    lease_.reset();
    scopes_.clear();
    ran_statement_ = false;
}

template <class BackendType>
void SessionCore<BackendType>::write() {
    {
        const Phase announcing{phase_, SessionPhase::announcing};
        before_flush.call();
    }
    OpenConnection<BackendType>& held = connection();
    try {
        const Phase writing{phase_, SessionPhase::writing};
        writing_by([&] { work_.flush(held); });
    } catch (...) {
        note_end(held);
        throw;
    }
    held.settle();
    after_flush.call();
}

template <class BackendType>
void SessionCore<BackendType>::note_end(const OpenConnection<BackendType>& held) {
    if (given_ || readings_ != 0 || held.in_transaction() || ran_statement_ || !scopes_.empty() || !work_.can_reopen())
        return;
    work_.reopen();
    give_back();
}

}  // namespace mica::detail
