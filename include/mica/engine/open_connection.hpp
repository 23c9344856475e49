// SPDX-License-Identifier: BSL-1.0
// One open connection with its statements, shared by all that may still look at it: what outlives its holder notices.
#pragma once

#include <mica/core/atomic.hpp>
#include <mica/core/decl.hpp>
#include <mica/core/error.hpp>
#include <mica/core/list.hpp>
#include <mica/core/mutex.hpp>
#include <mica/engine/backend.hpp>
#include <mica/engine/statement_cache.hpp>
#include <mica/engine/statement_lease.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace mica {

namespace detail {

/// A transaction around everything that a connection's holders do, which is never committed: theirs are savepoints in
/// it.
struct TestScopeState {
    bool is_on = false;
    bool in_transaction = false;  ///< a holder's own
    Atomic<bool> ends{false};     ///< at the next return of the connection
};

/// A savepoint that is open, by a number of its own. One that a text of the program's has opened has a name; it ends
/// with the next one around it that is mica's.
struct OpenSavepoint {
    std::uint64_t number = 0;
    std::string name{};
};

[[noreturn, gnu::cold]] MICA_DECL void throw_lost_transaction();

/// Shows a statement's text on the standard error stream.
[[gnu::cold]] MICA_DECL void print_statement(std::string_view sql);

/// An open connection. Confined to whoever leases it, but for `lease` and the count of its references.
template <class BackendType>
struct OpenConnection {
    OpenConnection(typename BackendType::Database opened, bool shows_statements)
        : database(std::move(opened)), shows_statements_(shows_statements), is_watched_(shows_statements) {}
    OpenConnection(const OpenConnection&) = delete;
    OpenConnection& operator=(const OpenConnection&) = delete;

    typename BackendType::Database database;
    StatementCache<BackendType> statements{};
    Atomic<std::uint64_t> lease{1};    ///< changes when it is given back: read by those that outlive that
    std::uint64_t transaction = 0;     ///< which transaction this is, to tell an ended one from its successor
    List<OpenSavepoint> savepoints{};  ///< the innermost last
    std::uint64_t last_savepoint = 0;
    TestScopeState test_scope{};
    bool is_in_scope = false;  ///< begin() has been called, and neither commit() nor rollback() since
    bool is_sessions = false;  ///< its holder is a session, which has to know of every begin and end

    void retain() noexcept { references_.increment(); }
    void release() noexcept {
        if (references_.decrement_to_zero()) delete this;
    }
    std::uint64_t current_lease() const noexcept { return lease.load(); }

    /// Whether its holder has a transaction open; that of a test scope around it is nobody's.
    bool in_transaction() const noexcept {
        return database.in_transaction() && (!test_scope.is_on || test_scope.in_transaction);
    }

    /// Stops what the holder of this lease runs; from any thread, but for nobody who holds the connection after him.
    void interrupt(std::uint64_t of_lease) noexcept;

    /// Throws ProgrammingError where the database has ended the transaction of a scope that goes on: what comes now
    /// would commit by itself.
    void require_scope() const {
        if (is_in_scope && !database.in_transaction()) [[unlikely]]
            throw_lost_transaction();
    }

    /// Ends the innermost savepoint and keeps what it has done.
    void release_savepoint();

    /// Refuses every write from now on until it is given back.
    void refuse_writes();

    /// The statement of a type, or of a text that is known only now, to be bound and run once: see log() for more.
    StatementLease<BackendType> acquire(const StatementInfo& info) {
        log(info);
        require_scope();
        return {*this, statements.acquire(database, info)};
    }
    StatementLease<BackendType> acquire(std::string_view sql);

    void run_script(std::string_view sql);

    void run(Verb verb);

    /// Goes before every run of a statement; acquire() sees to the first. Shows it on the standard error stream if the
    /// engine was asked to.
    void log(std::string_view sql) {
        if (is_watched_) [[unlikely]]
            watch(sql);
    }
    void log(const StatementInfo& info) {
        if (is_watched_) [[unlikely]]
            watch(text_of(info, BackendType::dialect));
    }

    void switch_test_scope(bool on) noexcept {
        test_scope.is_on = on;
        is_watched_ = shows_statements_ || on;
    }

    /// Undoes what is open, ends what is running and sets what was set otherwise, so that the next one finds the
    /// connection as it was opened.
    void clean() noexcept;

    /// Commits or rolls back, inside of a test scope as far as that one allows.
    void end_transaction(bool keep);

private:
    /// What fails here has ended by itself, or the connection is beyond use: the next one will tell.
    template <class Action>
    static void attempt(Action action) noexcept {
        try {
            action();
        } catch (...) {
        }
    }

    [[gnu::cold, gnu::noinline]] void watch(std::string_view sql);

    /// After a failure has ended the scope's own transaction: nothing inside is ever committed.
    void reopen_test_scope();

    void end_test_scope();

    ~OpenConnection() = default;

    Atomic<int> references_{0};
    Mutex interrupting_{};  ///< held to stop the holder's statements, and while he goes
    bool refuses_writes_ = false;
    bool has_other_settings_ = false;  ///< perhaps: a statement has run that may have changed some
    bool shows_statements_;
    bool is_watched_;  ///< whether anything is to be done before a statement: asked once, not for each reason
};

template <class BackendType>
void OpenConnection<BackendType>::interrupt(std::uint64_t of_lease) noexcept {
    const MutexLock lock{interrupting_};
    if constexpr (Interruptible<typename BackendType::Database>) {
        if (current_lease() == of_lease) database.interrupt();
    }
}

template <class BackendType>
void OpenConnection<BackendType>::refuse_writes() {
    refuses_writes_ = true;
    run(Verb::refuse_writes);
}

template <class BackendType>
StatementLease<BackendType> OpenConnection<BackendType>::acquire(std::string_view sql) {
    log(sql);
    require_scope();
    CachedStatement<BackendType>& statement = statements.acquire(database, sql);
    has_other_settings_ = has_other_settings_ || statement.may_change_settings;
    return {*this, statement};
}

template <class BackendType>
void OpenConnection<BackendType>::run_script(std::string_view sql) {
    log(sql);
    require_scope();
    if (keep_settings(database, sql)) has_other_settings_ = true;
    database.execute_script(sql);
}

template <class BackendType>
void OpenConnection<BackendType>::release_savepoint() {
    if (savepoints.back().name.empty()) run(Verb::release);
    savepoints.pop_back();
}

template <class BackendType>
void OpenConnection<BackendType>::run(Verb verb) {
    log(database.text_of(verb));
    database.run(verb);
}

template <class BackendType>
void OpenConnection<BackendType>::clean() noexcept {
    {
        const MutexLock lock{interrupting_};
        lease.increment();
        if constexpr (Interruptible<typename BackendType::Database>) database.forget_interrupt();
    }
    statements.release_all();
    attempt([this] {
        if (in_transaction()) end_transaction(false);
    });
    savepoints.clear();
    is_in_scope = false;
    is_sessions = false;
    attempt([this] {
        if (test_scope.ends.exchange(false)) end_test_scope();
    });
    attempt([this] {
        if (refuses_writes_) run(Verb::allow_writes);
        refuses_writes_ = false;
    });
    if constexpr (KeepsSettings<typename BackendType::Database>) {
        attempt([this] {
            if (has_other_settings_) database.restore_settings();
            has_other_settings_ = false;
        });
    }
}

template <class BackendType>
void OpenConnection<BackendType>::end_transaction(bool keep) {
    if (!test_scope.is_on) return run(keep ? Verb::commit : Verb::rollback);
    while (!savepoints.empty()) release_savepoint();
    if (!keep) run(Verb::rollback_to);
    run(Verb::release);
    test_scope.in_transaction = false;
    run(Verb::check_foreign_keys);  // as every real end of a transaction does
}

template <class BackendType>
void OpenConnection<BackendType>::watch(std::string_view sql) {
    if (shows_statements_) print_statement(sql);
    if (test_scope.is_on && !database.in_transaction()) reopen_test_scope();
}

template <class BackendType>
void OpenConnection<BackendType>::reopen_test_scope() {
    switch_test_scope(false);
    test_scope.in_transaction = false;
    attempt([this] { run(Verb::begin_immediate); });
    switch_test_scope(true);
    if (!database.in_transaction()) throw_misuse("the test scope's transaction was lost and cannot be begun again");
}

template <class BackendType>
void OpenConnection<BackendType>::end_test_scope() {
    switch_test_scope(false);
    if (database.in_transaction()) run(Verb::rollback);
}

/// A counted reference to an open connection, so that what outlives its lease finds a place to notice it.
template <class BackendType>
class ConnectionReference {
public:
    ConnectionReference() noexcept = default;
    explicit ConnectionReference(OpenConnection<BackendType>& connection) noexcept : connection_(&connection) {
        connection.retain();
    }
    ConnectionReference(const ConnectionReference& other) noexcept : connection_(other.connection_) {
        if (connection_ != nullptr) connection_->retain();
    }
    ConnectionReference(ConnectionReference&& other) noexcept
        : connection_(std::exchange(other.connection_, nullptr)) {}
    ConnectionReference& operator=(ConnectionReference other) noexcept {
        std::swap(connection_, other.connection_);
        return *this;
    }
    ~ConnectionReference() {
        if (connection_ != nullptr) connection_->release();
    }

    explicit operator bool() const noexcept { return connection_ != nullptr; }
    OpenConnection<BackendType>& operator*() const noexcept { return *connection_; }
    OpenConnection<BackendType>* operator->() const noexcept { return connection_; }

private:
    OpenConnection<BackendType>* connection_ = nullptr;
};

}  // namespace detail

}  // namespace mica

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/engine/impl/open_connection.ipp>
#endif
