// SPDX-License-Identifier: BSL-1.0
// A prepared statement in use: taken from its connection's cache, bound, and given back at the end of a scope.
#pragma once

#include <mica/core/error.hpp>
#include <mica/core/exchange.hpp>
#include <mica/engine/statement_cache.hpp>

#include <cstdint>
#include <string_view>

namespace mica {

namespace detail {

// Defined in engine/open_connection.hpp.
template <class BackendType>
struct OpenConnection;

/// A statement taken from a connection's cache, given back at the end of the scope. While it has one, its connection is
/// in use.
template <class BackendType>
class StatementLease {
public:
    using Entry = CachedStatement<BackendType>;

    StatementLease() noexcept = default;
    /// Takes the connection where it is shared. Throws as OpenConnection::begin_use().
    explicit StatementLease(OpenConnection<BackendType>& connection)
        : connection_(&connection), lease_(connection.current_lease()) {
        connection.begin_use(false);
    }
    StatementLease(StatementLease&& other) noexcept
        : connection_(detail::exchange(other.connection_, nullptr)),
          entry_(detail::exchange(other.entry_, nullptr)),
          lease_(other.lease_),
          writes_(other.writes_) {}
    StatementLease& operator=(StatementLease&& other) noexcept {
        detail::swap(connection_, other.connection_);
        detail::swap(entry_, other.entry_);
        detail::swap(lease_, other.lease_);
        detail::swap(writes_, other.writes_);
        return *this;
    }
    [[gnu::always_inline]] ~StatementLease() { release(); }

    /// What it gives back at its end. Takes the write permit where that is wanted; throws as begin_use().
    void take(Entry& entry) {
        entry_ = &entry;
        if (!entry.writes || connection_->hold.is_shared) return;
        connection_->begin_use(true);
        writes_ = true;
    }

    /// Where it has not ended by end(), it was not read to its end or has failed: what is thrown by those that are told
    /// of it is lost.
    [[gnu::always_inline]] void release() noexcept {
        if (connection_ != nullptr) release(*connection_, entry_, lease_, writes_);
        connection_ = nullptr;
        entry_ = nullptr;
    }

    /// The run has ended, with so many rows where that is not -1, and the statement goes back. Throws what those throw
    /// that are told of it.
    void end(std::int64_t rows = -1) {
        OpenConnection<BackendType>* const connection = detail::exchange(connection_, nullptr);
        Entry* const entry = detail::exchange(entry_, nullptr);
        if (connection == nullptr || connection->current_lease() != lease_) return;
        if (!entry->is_plain) [[unlikely]]
            return end_special(*connection, *entry, writes_, rows);
        connection->statements.release(*entry);
        connection->end_successful_use(writes_);
    }

    template <class Result>
    Result end_with(Result result) {
        end();
        return result;
    }

    /// As end(), but the statement stays at hand.
    void end_run() {
        if (!entry_->is_plain) [[unlikely]] {
            connection_->finish_run(*entry_, -1, false);
            connection_->settle();
        }
    }
    /// Goes before every further run of a statement at hand.
    void run_again() {
        if (connection_->look()) [[unlikely]]
            connection_->begin_run(*entry_);
    }

    explicit operator bool() const noexcept { return entry_ != nullptr; }
    Entry& operator*() const noexcept { return *entry_; }
    Entry* operator->() const noexcept { return entry_; }
    OpenConnection<BackendType>& connection() const noexcept { return *connection_; }

    /// Throws ProgrammingError where the connection has been given back meanwhile.
    void require_alive() const {
        if (connection_->current_lease() != lease_) [[unlikely]] {
            connection_->require_own_process();
            throw_misuse("this result belongs to a connection that was given back");
        }
    }

private:
    // Static, as all that is no part of the usual way: a lease of which nobody knows the address is kept in registers.
    [[gnu::noinline]] static void release(OpenConnection<BackendType>& connection, Entry* entry, std::uint64_t lease,
                                          bool writes) noexcept {
        if (connection.current_lease() != lease) return;
        const bool is_told = entry != nullptr && !entry->is_plain;
        if (is_told && entry->is_watched) connection.abandon_run(*entry);
        if (entry != nullptr) connection.statements.release(*entry);
        connection.end_use(writes);
        if (is_told) connection.settle_quietly();
    }

    // Those that are told may use the connection, and so has it been given back by then.
    [[gnu::cold, gnu::noinline]] static void end_special(OpenConnection<BackendType>& connection, Entry& entry,
                                                         bool writes, std::int64_t rows) {
        struct GiveBack {
            OpenConnection<BackendType>& connection;
            Entry& entry;
            bool writes;
            ~GiveBack() {
                connection.statements.release(entry);
                connection.end_use(writes);
            }
        };
        {
            const GiveBack at_end{connection, entry, writes};
            if (entry.is_watched) connection.finish_run(entry, rows, false);
        }
        connection.settle();
    }

    OpenConnection<BackendType>* connection_ = nullptr;
    Entry* entry_ = nullptr;
    std::uint64_t lease_ = 0;
    bool writes_ = false;
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
    void values(const ValueList& list, Lifetime lifetime = Lifetime::borrowed) {
        statement.bind(next++, list, longer(lifetime));
    }

private:
    Lifetime longer(Lifetime lifetime) const noexcept { return least == Lifetime::copied ? least : lifetime; }
};

}  // namespace detail

}  // namespace mica
