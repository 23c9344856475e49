// SPDX-License-Identifier: BSL-1.0
// One open connection with its statements, shared by all that may still look at it: what outlives its lease notices.
#pragma once

#include <mica/core/atomic.hpp>
#include <mica/core/error.hpp>
#include <mica/core/list.hpp>
#include <mica/engine/statement_cache.hpp>

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>

namespace mica {

namespace detail {

[[noreturn, gnu::cold, gnu::noinline]] inline void throw_misuse(std::string_view reason) {
    refuse<ProgrammingError>({"mica: ", reason});
}

/// A transaction around everything that a connection's holders do, which is never committed: theirs are savepoints in
/// it.
struct TestScopeState {
    bool is_on = false;
    bool in_transaction = false;  ///< a holder's own
    Atomic<bool> ends{false};     ///< at the next return of the connection
};

/// An open connection. Confined to whoever leases it, but for `lease` and the count of its references.
template <class BackendType>
struct OpenConnection {
    OpenConnection(typename BackendType::Database opened, bool shows_statements)
        : database(std::move(opened)), echo(shows_statements) {}
    OpenConnection(const OpenConnection&) = delete;
    OpenConnection& operator=(const OpenConnection&) = delete;

    typename BackendType::Database database;
    StatementCache<BackendType> statements{};
    Atomic<std::uint64_t> lease{1};    ///< changes when it is given back: read by those that outlive that
    std::uint64_t transaction = 0;     ///< which transaction this is, to tell an ended one from its successor
    List<std::uint64_t> savepoints{};  ///< those that are open, each by a number of its own
    std::uint64_t last_savepoint = 0;
    TestScopeState test_scope{};
    bool echo = false;

    void retain() noexcept { references_.increment(); }
    void release() noexcept {
        if (references_.decrement_to_zero()) delete this;
    }
    std::uint64_t current_lease() const noexcept { return lease.load(); }

    /// Whether its holder has a transaction open; that of a test scope around it is nobody's.
    bool in_transaction() const noexcept {
        return database.in_transaction() && (!test_scope.is_on || test_scope.in_transaction);
    }

    /// Refuses every write from now on until it is given back.
    void refuse_writes() {
        refuses_writes_ = true;
        run("PRAGMA query_only = ON");
    }

    /// Runs SQL that returns nothing and binds nothing.
    void run(std::string_view sql) {
        auto& entry = statements.acquire(database, sql);
        struct Release {
            StatementCache<BackendType>& statements;
            CachedStatement<BackendType>& entry;
            ~Release() { statements.release(entry); }
        } const release{statements, entry};
        log(sql);
        while (entry.statement.step()) {
        }
    }

    /// Goes before every statement. Shows it on the standard error stream if the engine was asked to.
    void log(std::string_view sql) {
        if (echo) [[unlikely]]
            print(sql);
        if (test_scope.is_on && !database.in_transaction()) [[unlikely]]
            reopen_test_scope();
    }

    /// Undoes what is open and ends what is running, so that the next one finds the connection clean.
    void clean() noexcept {
        lease.increment();
        statements.release_all();
        savepoints.clear();
        attempt([this] {
            if (in_transaction()) end_transaction(false);
        });
        attempt([this] {
            if (test_scope.ends.exchange(false)) end_test_scope();
        });
        attempt([this] {
            if (refuses_writes_) run("PRAGMA query_only = OFF");
            refuses_writes_ = false;
        });
    }

    /// Commits or rolls back, inside of a test scope as far as that one allows.
    void end_transaction(bool keep) {
        if (!test_scope.is_on) return run(keep ? "COMMIT" : "ROLLBACK");
        if (!keep) run("ROLLBACK TO mica_test");
        run("RELEASE mica_test");
        test_scope.in_transaction = false;
        run("PRAGMA defer_foreign_keys = OFF");  // as every real end of a transaction does
    }

private:
    /// What fails here has ended by itself, or the connection is beyond use: the next one will tell.
    template <class Action>
    static void attempt(Action action) noexcept {
        try {
            action();
        } catch (...) {
        }
    }

    /// After a failure has ended the scope's own transaction: nothing inside is ever committed.
    [[gnu::cold, gnu::noinline]] void reopen_test_scope() {
        test_scope.is_on = false;
        test_scope.in_transaction = false;
        attempt([this] { run("BEGIN IMMEDIATE"); });
        test_scope.is_on = true;
        if (!database.in_transaction()) throw_misuse("the test scope's transaction was lost and cannot be begun again");
    }

    void end_test_scope() {
        test_scope.is_on = false;
        if (database.in_transaction()) run("ROLLBACK");
    }

    ~OpenConnection() = default;

    [[gnu::cold, gnu::noinline]] static void print(std::string_view sql) {
        std::string line{"mica: "};
        line += sql;
        line += '\n';
        std::fwrite(line.data(), 1, line.size(), stderr);
    }

    Atomic<int> references_{0};
    bool refuses_writes_ = false;
};

/// A counted reference to an open connection, so that what outlives its lease finds a place to notice it.
template <class BackendType>
class ConnectionReference {
public:
    ConnectionReference() noexcept = default;
    explicit ConnectionReference(OpenConnection<BackendType>& connection) noexcept : connection_(&connection) {
        connection.retain();
    }
    ConnectionReference(ConnectionReference&& other) noexcept
        : connection_(std::exchange(other.connection_, nullptr)) {}
    ConnectionReference& operator=(ConnectionReference&& other) noexcept {
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

/// A statement taken from a connection's cache, given back at the end of the scope.
template <class BackendType>
class StatementLease {
public:
    using Entry = CachedStatement<BackendType>;

    StatementLease() noexcept = default;
    StatementLease(OpenConnection<BackendType>& connection, Entry& entry) noexcept
        : connection_(&connection), entry_(&entry), lease_(connection.current_lease()) {}
    StatementLease(StatementLease&& other) noexcept
        : connection_(other.connection_), entry_(std::exchange(other.entry_, nullptr)), lease_(other.lease_) {}
    StatementLease& operator=(StatementLease&& other) noexcept {
        std::swap(connection_, other.connection_);
        std::swap(entry_, other.entry_);
        std::swap(lease_, other.lease_);
        return *this;
    }
    ~StatementLease() { release(); }

    void release() noexcept {
        if (entry_ != nullptr && connection_->current_lease() == lease_) connection_->statements.release(*entry_);
        entry_ = nullptr;
    }

    explicit operator bool() const noexcept { return entry_ != nullptr; }
    Entry& operator*() const noexcept { return *entry_; }
    Entry* operator->() const noexcept { return entry_; }
    OpenConnection<BackendType>& connection() const noexcept { return *connection_; }

    /// Throws ProgrammingError where the connection has been given back meanwhile.
    void require_alive() const {
        if (connection_->current_lease() != lease_) [[unlikely]] {
            throw_misuse("this result belongs to a connection that was given back");
        }
    }

private:
    OpenConnection<BackendType>* connection_ = nullptr;
    Entry* entry_ = nullptr;
    std::uint64_t lease_ = 0;
};

/// Binds values one after the other. `least` says whether borrowed text may stay where it is.
template <class StatementType>
struct BindSink {
    StatementType& statement;
    Lifetime least = Lifetime::borrowed;
    int next = 1;

    void null() { statement.bind_null(next++); }
    void integer(std::int64_t value) { statement.bind(next++, value); }
    void real(double value) { statement.bind(next++, value); }
    void text(std::string_view value, Lifetime lifetime) { statement.bind(next++, value, longer(lifetime)); }
    void blob(Bytes value, Lifetime lifetime) { statement.bind(next++, value, longer(lifetime)); }
    void values(const ValueList& list) { statement.bind(next++, list, least); }

private:
    Lifetime longer(Lifetime lifetime) const noexcept { return least == Lifetime::copied ? least : lifetime; }
};

}  // namespace detail

}  // namespace mica
