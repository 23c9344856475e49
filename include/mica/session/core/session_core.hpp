// SPDX-License-Identifier: BSL-1.0
// The part of a session that knows no entity: its connection, its transaction, its savepoints, and when it writes.
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/core/listeners.hpp>
#include <mica/engine/engine.hpp>
#include <mica/session/core/session_mode.hpp>
#include <mica/session/core/thread_use.hpp>
#include <mica/session/core/unit_of_work.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace mica {

namespace detail {

/// What a session is doing, as far as that forbids something else.
enum class SessionPhase : std::uint8_t {
    idle,
    announcing,  ///< listeners of on_before_flush run: objects may be added, nothing may be written
    writing,     ///< hooks of entities run and rows are written: only reading is allowed
};

template <class BackendType>
class SessionCore {
public:
    SessionCore(PoolReference<BackendType> pool, SessionMode mode) noexcept;
    /// On a connection of the program's: what is a transaction elsewhere is a savepoint where one is open there.
    explicit SessionCore(OpenConnection<BackendType>& given) noexcept;
    SessionCore(const SessionCore&) = delete;
    SessionCore& operator=(const SessionCore&) = delete;
    ~SessionCore();

    UnitOfWork<BackendType>& work() noexcept { return work_; }
    bool in_transaction() const noexcept { return lease_.has_value() || savepoint_.has_value(); }

    /// The connection of the open transaction; opens one where none is.
    OpenConnection<BackendType>& connection() {
        if (!in_transaction()) {
            begin(mode_ == SessionMode::writing ? TransactionMode::immediate : TransactionMode::deferred);
        } else if (!open().in_transaction() || (savepoint_ && !savepoint_->is_active())) {
            renew();
        }
        return open();
    }

    /// Notices another thread, and that the caller's is inside of a flush that would not bear it.
    ThreadUse::Scope enter() { return thread_.enter(); }
    ThreadUse::Scope enter_to_change(std::string_view what) {
        if (mode_ == SessionMode::read_only) throw_read_only(what);
        return enter_to_forget();
    }

    ThreadUse::Scope enter_to_forget() {
        ThreadUse::Scope scope = thread_.enter();
        if (phase_ == SessionPhase::writing || readings_ != 0) throw_misuse("a hook can only change its own object");
        return scope;
    }

    /// The object behind a handle, which this session must track.
    Tracked& require_tracked(Tracked* tracked, std::string_view what) const;
    /// The same, and it must have a row.
    Tracked& require_row(Tracked* tracked, std::string_view what) const;

    void flush();

    /// Before objects are read. Not by a hook of a row: what has been read with it may be held by nobody yet.
    void forget_unused() noexcept {
        if (phase_ == SessionPhase::idle && readings_ == 0) work_.forget_unused();
    }

    /// Before a query: it sees the session's own changes of what it reads; those of other tables may wait.
    template <class Reads>
    void flush_before(const Reads& reads) {
        if (may_autoflush() && reads.has_changes(work_)) write();
    }

    void commit();

    void rollback();

    /// A statement that may write is about to run: when it ends, this sees what it did.
    class [[nodiscard]] StatementWatch {
    public:
        StatementWatch(SessionCore& core, OpenConnection<BackendType>& connection) noexcept
            : core_(core), connection_(connection), before_(connection.database.revision()) {
            core.ran_statement_ = true;
        }
        StatementWatch(const StatementWatch&) = delete;
        StatementWatch& operator=(const StatementWatch&) = delete;
        ~StatementWatch() {
            if (connection_.database.revision() != before_) core_.work_.note_statement();
        }

    private:
        SessionCore& core_;
        OpenConnection<BackendType>& connection_;
        std::int64_t before_;
    };

    /// Runs something of the program's that may write.
    template <class Action>
    auto run_statement(Action action) {
        OpenConnection<BackendType>& held = connection();
        const StatementWatch watch{*this, held};
        return writing_by([&] { return action(held); });
    }

    /// While there is one, only flush(), commit() and savepoints write.
    class [[nodiscard]] NoAutoflush {
    public:
        explicit NoAutoflush(SessionCore& core) noexcept : core_(&core) { ++core.autoflush_stops_; }
        NoAutoflush(NoAutoflush&& other) noexcept : core_(detail::exchange(other.core_, nullptr)) {}
        NoAutoflush& operator=(NoAutoflush&& other) noexcept {
            detail::swap(core_, other.core_);
            return *this;
        }
        ~NoAutoflush() {
            if (core_ != nullptr) --core_->autoflush_stops_;
        }

    private:
        SessionCore* core_;
    };

    /// A transaction for one question where none is open; at its end none is again.
    class [[nodiscard]] BriefReading {
    public:
        explicit BriefReading(SessionCore& core) : core_(core), is_own_(!core.in_transaction()) {
            if (is_own_) core.begin(TransactionMode::deferred);
        }
        BriefReading(const BriefReading&) = delete;
        BriefReading& operator=(const BriefReading&) = delete;
        ~BriefReading() {
            if (is_own_) core_.give_back();  // a connection that is returned rolls back
        }

    private:
        SessionCore& core_;
        bool is_own_;
    };

    /// While there is one, a statement gives rows: their hooks and codecs may read, but neither end the transaction nor
    /// let objects go.
    class [[nodiscard]] Reading {
    public:
        explicit Reading(SessionCore& core) noexcept : core_(core) { ++core.readings_; }
        Reading(const Reading&) = delete;
        Reading& operator=(const Reading&) = delete;
        ~Reading() { --core_.readings_; }

    private:
        SessionCore& core_;
    };

    /// Savepoints of the session that are open, each by its number, so that one that ends ends those inside of it.
    void open_scope(std::uint64_t number) { scopes_.push_back(number); }
    bool has_scope(std::uint64_t number) const noexcept {
        for (const std::uint64_t scope : scopes_) {
            if (scope == number) return true;
        }
        return false;
    }
    void close_scope(std::uint64_t number) noexcept {
        while (!scopes_.empty() && scopes_.back() >= number) scopes_.pop_back();
    }

    /// Does something that writes. Where the session has read first, somebody else may have written since.
    template <class Action>
    decltype(auto) writing_by(Action&& action) {
        if (mode_ != SessionMode::deferred) return std::forward<Action>(action)();
        try {
            return std::forward<Action>(action)();
        } catch (const OperationalError& error) {
            if (error.is_busy()) throw_out_of_date(error.failure());
            throw;
        }
    }

    void require_idle() const {
        if (phase_ != SessionPhase::idle) throw_misuse("this session is inside of a flush already");
    }

    void require_no_reading() const {
        if (readings_ != 0) throw_misuse("a hook or a codec cannot end the transaction in which its row is read");
    }

    Listeners<> before_flush;
    Listeners<> after_flush;
    Listeners<> after_commit;
    Listeners<> after_rollback;

private:
    struct Phase {
        SessionPhase& phase;
        Phase(SessionPhase& current, SessionPhase next) noexcept : phase(current) { current = next; }
        ~Phase() { phase = SessionPhase::idle; }
    };

    bool may_autoflush() const noexcept {
        return autoflush_stops_ == 0 && mode_ != SessionMode::read_only && phase_ == SessionPhase::idle;
    }

    OpenConnection<BackendType>& open() const noexcept { return given_ ? *given_ : lease_->open(); }

    [[gnu::noinline]] void begin(TransactionMode mode);

    /// Another transaction in place of one that the database has ended, where nothing of that is missed.
    [[gnu::cold, gnu::noinline]] void renew();

    void give_back() noexcept;

    void write();

    /// Where the database has ended the transaction, all that it undid can be written again, unless that was not only
    /// objects, or a savepoint has still to say what of it remains.
    void note_end(const OpenConnection<BackendType>& held);

    PoolReference<BackendType> pool_{nullptr};
    std::optional<BasicConnection<BackendType>> lease_{};
    ConnectionReference<BackendType> given_{};
    std::uint64_t given_lease_ = 0;
    std::optional<BasicSavepoint<BackendType>> savepoint_{};  ///< on a given connection: the transaction
    UnitOfWork<BackendType> work_{};
    List<std::uint64_t> scopes_{};
    ThreadUse thread_{};
    int autoflush_stops_ = 0;
    int readings_ = 0;
    SessionPhase phase_ = SessionPhase::idle;
    SessionMode mode_ = SessionMode::writing;
    bool ran_statement_ = false;  ///< in this transaction, one that may have written
};

}  // namespace detail

}  // namespace mica

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/session/core/impl/session_core.ipp>
#endif
