// SPDX-License-Identifier: BSL-1.0
// A prepared statement in use: taken from its connection's cache, bound, and given back at the end of a scope.
#pragma once

#include <mica/core/error.hpp>
#include <mica/engine/statement_cache.hpp>

#include <cstdint>
#include <string_view>
#include <utility>

namespace mica {

namespace detail {

/// Defined in engine/open_connection.hpp.
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
        : connection_(std::exchange(other.connection_, nullptr)),
          entry_(std::exchange(other.entry_, nullptr)),
          lease_(other.lease_),
          writes_(other.writes_) {}
    StatementLease& operator=(StatementLease&& other) noexcept {
        std::swap(connection_, other.connection_);
        std::swap(entry_, other.entry_);
        std::swap(lease_, other.lease_);
        std::swap(writes_, other.writes_);
        return *this;
    }
    ~StatementLease() { release(); }

    /// What it gives back at its end. Takes the write permit where that is wanted; throws as begin_use().
    void take(Entry& entry) {
        entry_ = &entry;
        if (!entry.writes || connection_->hold.is_shared) return;
        connection_->begin_use(true);
        writes_ = true;
    }

    void release() noexcept {
        if (connection_ != nullptr && connection_->current_lease() == lease_) {
            if (entry_ != nullptr) connection_->statements.release(*entry_);
            connection_->end_use(writes_);
        }
        connection_ = nullptr;
        entry_ = nullptr;
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
    void values(const ValueList& list) { statement.bind(next++, list, least); }

private:
    Lifetime longer(Lifetime lifetime) const noexcept { return least == Lifetime::copied ? least : lifetime; }
};

}  // namespace detail

}  // namespace mica
