// SPDX-License-Identifier: BSL-1.0
// A connection as one holder has it: what is prepared, how deep in savepoints it is, and what gets it clean for the
// next one.
#pragma once

#include <mica/core/atomic.hpp>
#include <mica/core/decl.hpp>
#include <mica/core/error.hpp>
#include <mica/core/list.hpp>
#include <mica/core/run_limits.hpp>
#include <mica/engine/backend.hpp>
#include <mica/engine/connection_reference.hpp>
#include <mica/engine/connection_watch.hpp>
#include <mica/engine/held_connection.hpp>
#include <mica/engine/open_savepoint.hpp>
#include <mica/engine/statement_cache.hpp>
#include <mica/engine/statement_lease.hpp>
#include <mica/query/statement/statement.hpp>

#include <cstdint>
#include <string_view>
#include <utility>

namespace mica {

namespace detail {

[[noreturn, gnu::cold]] MICA_DECL void throw_lost_transaction();

/// Confined to whoever leases it, but for `lease`, `holder`, interrupt(), disturb() and the count of references.
template <class BackendType>
struct OpenConnection : HeldConnection<BackendType> {
    using typename HeldConnection<BackendType>::Physical;
    using typename HeldConnection<BackendType>::Use;
    using HeldConnection<BackendType>::physical;
    using HeldConnection<BackendType>::database;
    using HeldConnection<BackendType>::test_scope;
    using HeldConnection<BackendType>::hold;

    /// Takes over one reference to `connection`. `setups` may be null; else they outlive every lease.
    OpenConnection(Physical& connection, const SetupList<BackendType>* setups, bool echoes = false,
                   EchoSink sink = nullptr) noexcept
        : HeldConnection<BackendType>(connection), watch(echoes, sink, connection.listeners), setups_(setups) {
        if (watch.listeners()) watch.listeners()->attach(notice_);
    }

    StatementCache<BackendType>& statements = physical.statements;
    std::uint64_t transaction = 0;     ///< which transaction this is, to tell an ended one from its successor
    List<OpenSavepoint> savepoints{};  ///< the innermost last
    std::uint64_t last_savepoint = 0;
    bool is_in_scope = false;   ///< begin() has been called, and neither commit() nor rollback() since
    bool is_sessions = false;   ///< its holder is a session, which has to know of every begin and end
    bool is_migrating = false;  ///< what runs is part of a transaction that it may not end

    ConnectionWatch watch;
    bool is_beginning = false;  ///< listeners are told that a transaction has begun
    std::int64_t begun_at = 0;  ///< the database's revision then

    OpenConnection* next_idle = nullptr;  ///< this and what follows are the pool's
    bool is_lent = false;
    bool has_slot = false;  ///< it is lent, and nobody shares it

    void retain() noexcept { references_.increment(); }
    void release() noexcept {
        if (references_.decrement_to_zero()) close();
    }

    /// Whether its holder has a transaction open that may still be committed; that of a test scope around it is
    /// nobody's.
    bool in_transaction() const noexcept { return must_be_ended() && !is_doomed_; }
    /// A part of the transaction could not be undone: all of it must be. What runs next looks, and is refused.
    void doom() noexcept {
        is_doomed_ = true;
        disturb();
    }
    void recover() noexcept { is_doomed_ = false; }
    /// The same, also where nothing but its rollback is left.
    bool must_be_ended() const noexcept { return HeldConnection<BackendType>::in_transaction(); }

    /// Throws ProgrammingError where the database has ended the transaction of a scope that goes on: what comes now
    /// would commit by itself.
    void require_scope() const {
        if (is_in_scope && !in_transaction()) [[unlikely]]
            throw_lost_transaction();
    }

    /// end_use() of a statement that has succeeded. A transaction that was open before is so still, and what ends that
    /// of a scope gives the permit back: the database is not asked again.
    void end_successful_use(bool writes) noexcept {
        if (hold.is_shared || writes) --hold.uses;
        if (!is_in_scope) this->give_if_free();
    }

    /// Ends the innermost savepoint and keeps what it has done.
    void release_savepoint();

    /// Refuses every write from now on until it is given back. Of a shared one, pin() comes before.
    void refuse_writes();
    /// The same, where a text of the program's may have allowed them. Where that fails, nothing is left but to end all.
    void refuse_writes_again() noexcept {
        if (!attempt([this] { database.run(Verb::refuse_writes); })) doom();
    }
    using HeldConnection<BackendType>::refuses_writes;

    /// Nothing of its holder's is open any more: others may go on before he gives it back.
    void stop_using() noexcept {
        if (refuses_writes() && hold.is_shared && is_usable()) {
            if (!attempt([this] { this->allow_writes(); })) return;  // its return closes it
        }
        HeldConnection<BackendType>::stop_using();
    }

    /// The statement of a type, or of a text known only now, to be bound and run once; then its lease is ended.
    /// Inlined, and what is seldom the case left to acquire_closer(): in no other way its lease is kept in registers.
    [[gnu::always_inline]] StatementLease<BackendType> acquire(const StatementInfo& info) {
        StatementLease<BackendType> statement{*this};
        if (is_quiet() && !(is_in_scope && !database.in_transaction())) [[likely]] {
            statement.take(statements.acquire(database, info));
        } else {
            const Acquired acquired = acquire_closer(info);
            statement.take(*acquired.entry);
            if (acquired.is_watched) begin_run(*statement);
        }
        return statement;
    }
    StatementLease<BackendType> acquire(std::string_view sql);

    /// Prepares it, for acquire() to find it.
    template <class Text>
    void prepare(const Text& text) {
        const Use use{*this};
        look();
        statements.release(statements.acquire(database, text));
    }

    void run_script(std::string_view sql);

    /// Does something to the database that its return undoes.
    template <class Action>
    void change_settings(Action action) {
        const auto used = this->use();
        if constexpr (KeepsSettings<typename BackendType::Database>) database.keep_settings();
        note_changed_settings();
        action(database);
    }

    /// Those that listen are told at once.
    void run(Verb verb) {
        run_verb(verb);
        settle();
    }
    /// Those that listen are told by settle(), when the caller's own state is right.
    void run_verb(Verb verb);
    /// Tells of what has ended, and of changes that are committed. Throws the first that is thrown there.
    void settle() {
        if (watch.has_pending()) [[unlikely]]
            tell_pending();
    }
    [[gnu::cold]] void settle_quietly() noexcept {
        attempt([this] { settle(); });
    }
    /// The same, and then of the transaction.
    void settle(EngineEvent event) {
        if (watch.has_pending() || watch.wants(event)) [[unlikely]]
            tell_pending(event);
    }
    /// Tells of the transaction, outside of a listener that is told of one. Throws what is thrown there.
    void announce(EngineEvent event) {
        if (watch.wants(event)) [[unlikely]]
            announce_now(event);
    }

    /// Goes before every run of a statement, of which it is part; true where somebody is to be told of that.
    bool look() {
        heed_limits();
        if (calm_.load() != forks.load()) [[unlikely]]
            return look_closer();
        return false;
    }
    /// Whether look() has nothing to do. Then there is no test scope, and the transaction is not doomed.
    bool is_quiet() const noexcept { return !is_limited() && calm_.load() == forks.load(); }
    // For StatementLease, and cold. A run that begins anew has ended.
    [[gnu::cold]] void begin_run(CachedStatement<BackendType>& entry);
    [[gnu::cold]] void finish_run(CachedStatement<BackendType>& entry, std::int64_t rows, bool has_failed);
    [[gnu::cold]] void abandon_run(CachedStatement<BackendType>& entry) noexcept;

    /// Something is to be done before its next statement: look() sees what. From any thread.
    void disturb() noexcept { calm_.exchange(disturbed); }

    /// Does what was added to the engine's setups since; where somebody is using it, its next use does.
    void set_up_if_free() {
        if (!is_set_up()) [[unlikely]]
            set_up_now();
    }

    void switch_test_scope(bool on) noexcept {
        test_scope.is_on = on;
        disturb();
    }

    /// Undoes what is open, ends what is running and sets what was set otherwise, so that the next one finds the
    /// connection as it was opened; false where that failed and it is not to be used again.
    bool clean() noexcept;

    /// Commits or rolls back, inside of a test scope as far as that one allows.
    void end_transaction(bool keep);

private:
    static constexpr std::uint64_t disturbed = ~std::uint64_t{0};

    using HeldConnection<BackendType>::attempt;
    using HeldConnection<BackendType>::is_usable;
    using HeldConnection<BackendType>::refuses_writes_;

    /// Only a thread that has some makes the database ask for them.
    void heed_limits() noexcept {
        if constexpr (Interruptible<typename BackendType::Database>) {
            if (is_limited()) [[unlikely]]
                database.heed_interrupts();
        }
    }
    static bool is_limited() noexcept {
        return Interruptible<typename BackendType::Database> && innermost_limits != nullptr;
    }

    struct Acquired {
        CachedStatement<BackendType>* entry;
        bool is_watched;
    };
    [[gnu::cold, gnu::noinline]] Acquired acquire_closer(const StatementInfo& info);

    [[gnu::cold, gnu::noinline]] bool look_closer();
    /// Asks the database to tell what somebody wants to know, and not to where nobody does any more.
    [[gnu::cold]] void switch_hooks();
    [[gnu::cold]] void take_changes();
    [[gnu::cold, gnu::noinline]] void run_watched(Verb verb);
    [[gnu::cold, gnu::noinline]] void run_script_watched(std::string_view sql);
    [[gnu::cold, gnu::noinline]] void tell_pending();
    [[gnu::cold, gnu::noinline]] void tell_pending(EngineEvent event);
    [[gnu::cold, gnu::noinline]] void announce_now(EngineEvent event);
    [[gnu::cold]] static void report(void* physical, const DatabaseError& error);
    [[gnu::cold]] void close() noexcept;

    /// Somebody has begun to listen, or ended that.
    struct Notice : ListenersObserver {
        OpenConnection& connection;
        explicit Notice(OpenConnection& of) noexcept
            : ListenersObserver{[](ListenersObserver& self) noexcept {
                  static_cast<Notice&>(self).connection.disturb();
              }},
              connection(of) {}
    };

    void note_changed_settings() noexcept {
        if (!has_other_settings_) ++physical.changed_by;
        has_other_settings_ = true;
    }
    /// It may have made a setting all the same: that is done while it is compiled, before what stands behind is seen.
    [[gnu::cold, gnu::noinline]] void note_refused_text(std::string_view sql) noexcept;
    bool is_set_up() const noexcept { return setups_ == nullptr || setups_->last() == physical.last_setup.load(); }
    [[gnu::cold, gnu::noinline]] void set_up_now();
    /// Unless a transaction is open.
    [[gnu::cold]] void set_up();

    /// After a failure has ended the scope's own transaction: nothing inside is ever committed.
    [[gnu::cold]] void reopen_test_scope();

    [[gnu::cold]] ~OpenConnection() {
        if (watch.listeners()) watch.listeners()->detach(notice_);
    }

    Atomic<int> references_{0};
    const SetupList<BackendType>* setups_;
    bool is_doomed_ = false;
    Atomic<std::uint64_t> calm_{disturbed};  ///< forks where nothing is to be done before a statement: one question
    bool has_other_settings_ = false;        ///< perhaps: a statement has run that may have changed some
    Notice notice_{*this};
};

template <class BackendType>
void OpenConnection<BackendType>::refuse_writes() {
    const Use use{*this};
    if (!is_set_up()) look();  // what sets it up may write
    HeldConnection<BackendType>::refuse_writes();
}

template <class BackendType>
StatementLease<BackendType> OpenConnection<BackendType>::acquire(std::string_view sql) {
    StatementLease<BackendType> statement{*this};
    const bool is_watched = look();
    require_scope();
    CachedStatement<BackendType>* entry = nullptr;
    try {
        entry = &statements.acquire(database, sql);
    } catch (...) {
        note_refused_text(sql);
        throw;
    }
    if (entry->may_change_settings) note_changed_settings();
    statement.take(*entry);
    if (is_watched) [[unlikely]]
        begin_run(*entry);
    return statement;
}

template <class BackendType>
void OpenConnection<BackendType>::note_refused_text(std::string_view sql) noexcept {
    if constexpr (KeepsSettings<typename BackendType::Database>) {
        if (!database.may_change_settings(sql)) return;
        note_changed_settings();
        if (refuses_writes()) refuse_writes_again();
    }
}

template <class BackendType>
void OpenConnection<BackendType>::run_script(std::string_view sql) {
    {
        const Use use{*this, true};
        const bool is_watched = look();
        require_scope();
        if (keep_settings(database, sql)) note_changed_settings();
        is_watched ? run_script_watched(sql) : database.execute_script(sql);
    }
    settle();
}

template <class BackendType>
void OpenConnection<BackendType>::release_savepoint() {
    if (savepoints.back().name.empty()) run_verb(Verb::release);
    savepoints.pop_back();
}

template <class BackendType>
void OpenConnection<BackendType>::run_verb(Verb verb) {
    const Use use{*this, verb == Verb::begin_immediate || verb == Verb::begin_exclusive};
    if (look()) [[unlikely]]
        return run_watched(verb);
    database.run(verb);
}

template <class BackendType>
bool OpenConnection<BackendType>::clean() noexcept {
    bool is_clean = true;
    this->end_lease();
    if (is_usable()) {
        hold.uses = 1;  // keeps the permit, where it has it, until everything is done
        statements.release_all();
        is_clean = attempt([this] {
            if (!must_be_ended()) return;
            end_transaction(false);
            attempt([this] { settle(EngineEvent::rollback); });
        });
        const bool allows_writes = attempt([this] {
            if (!refuses_writes()) return;
            // The next one often only reads as well; who writes allows it first.
            hold.is_shared || has_other_settings_ ? this->allow_writes() : this->leave_writes_refused();
            disturb();
        });
        const bool has_old_settings = attempt([this] { this->restore_settings(has_other_settings_ ? 1 : 0); });
        is_clean = is_clean && allows_writes && has_old_settings && !must_be_ended();
        if (!is_clean) physical.is_stuck = true;
    } else if (has_other_settings_) {
        physical.leave_changed_settings();
    }
    refuses_writes_ = false;
    has_other_settings_ = false;
    is_in_scope = false;
    recover();
    is_sessions = false;
    is_migrating = false;
    savepoints.clear();
    this->end_hold();
    return is_clean;
}

template <class BackendType>
void OpenConnection<BackendType>::end_transaction(bool keep) {
    if (!test_scope.is_on) return run_verb(keep ? Verb::commit : Verb::rollback);
    while (!savepoints.empty()) release_savepoint();
    if (!keep) run_verb(Verb::rollback_to);
    run_verb(Verb::release);
    test_scope.in_transaction = false;
    run_verb(Verb::check_foreign_keys);  // as every real end of a transaction does
}

}  // namespace detail

}  // namespace mica

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/engine/impl/open_connection.ipp>
#endif
