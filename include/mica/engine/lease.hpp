// SPDX-License-Identifier: BSL-1.0
// One open connection with its statements, and the count of who has leased it: what outlives its lease notices.
#pragma once

#include <mica/core/error.hpp>
#include <mica/engine/statement_cache.hpp>

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>

namespace mica {

namespace detail {

[[noreturn, gnu::cold, gnu::noinline]] inline void throw_misuse(std::string_view reason) {
    throw ProgrammingError(Failure{.message = "mica: " + std::string{reason}});
}

/// An open connection. Confined to whoever leases it; `lease` changes when it is given back.
template <class BackendType>
struct OpenConnection {
    typename BackendType::Database database;
    StatementCache<BackendType> statements{};
    std::uint64_t lease = 1;
    int savepoints = 0;  ///< how many are open
    std::uint64_t transaction = 0;  ///< which transaction this is, to tell an ended one from its successor
    bool echo = false;

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

    /// Shows a statement on the standard error stream if the engine was asked to.
    void log(std::string_view sql) const {
        if (echo) [[unlikely]] print(sql);
    }

    /// Undoes what is open and ends what is running, so that the next one finds the connection clean.
    void clean() noexcept {
        ++lease;
        statements.release_all();
        savepoints = 0;
        if (!database.in_transaction()) return;
        try {
            run("ROLLBACK");
        } catch (...) {  // the transaction has ended by itself, or the connection is beyond use: the next one will tell
        }
    }

private:
    [[gnu::cold, gnu::noinline]] static void print(std::string_view sql) {
        std::string line{"mica: "};
        line += sql;
        line += '\n';
        std::fwrite(line.data(), 1, line.size(), stderr);
    }
};

/// A statement taken from a connection's cache, given back at the end of the scope.
template <class BackendType>
class StatementLease {
public:
    using Entry = CachedStatement<BackendType>;

    StatementLease(OpenConnection<BackendType>& connection, Entry& entry) noexcept
        : connection_(&connection), entry_(&entry), lease_(connection.lease) {}
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
        if (entry_ != nullptr && connection_->lease == lease_) connection_->statements.release(*entry_);
        entry_ = nullptr;
    }

    explicit operator bool() const noexcept { return entry_ != nullptr; }
    Entry& operator*() const noexcept { return *entry_; }
    Entry* operator->() const noexcept { return entry_; }
    OpenConnection<BackendType>& connection() const noexcept { return *connection_; }

    /// Throws ProgrammingError where the connection has been given back meanwhile.
    void require_alive() const {
        if (connection_->lease != lease_) [[unlikely]] {
            throw_misuse("this result belongs to a connection that was given back");
        }
    }

private:
    OpenConnection<BackendType>* connection_;
    Entry* entry_;
    std::uint64_t lease_;
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
