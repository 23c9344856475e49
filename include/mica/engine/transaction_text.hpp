// SPDX-License-Identifier: BSL-1.0
// BEGIN, COMMIT, SAVEPOINT and the like as texts of the program's: transactions and savepoints that are open as scopes
// notice them.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/engine/open_connection.hpp>

#include <cstddef>
#include <string_view>
#include <utility>

namespace mica {

namespace detail {

[[noreturn, gnu::cold]] MICA_DECL void throw_ignored_setting(std::string_view setting, std::string_view sql);

/// Whose transaction a text may not begin or end.
[[noreturn, gnu::cold]] MICA_DECL void throw_text_of_transaction(bool is_sessions, bool is_migrating,
                                                                 std::string_view sql);

[[noreturn, gnu::cold]] MICA_DECL void throw_own_savepoint(std::string_view name, std::string_view sql);

[[noreturn, gnu::cold]] MICA_DECL void throw_write_permission(std::string_view sql);

/// The statement of a text of the program's. Of one that only reads, none allows it to write: a setting may be made
/// when its text is prepared, so it is taken back.
template <class BackendType>
StatementLease<BackendType> acquire_text(OpenConnection<BackendType>& connection, std::string_view sql) {
    StatementLease<BackendType> statement = connection.acquire(sql);
    if constexpr (KnowsTransactionTexts<typename BackendType::Database>) {
        if (connection.refuses_writes() && statement->may_be_about_transactions &&
            connection.database.read_transaction_text(sql).kind == TransactionText::Kind::write_permission)
            [[unlikely]] {
            connection.refuse_writes_again();
            throw_write_permission(sql);
        }
    }
    return statement;
}

/// What a text says of transactions, and what it has done to that of its connection. A member of a connection's
/// statement runner makes one before it runs the text and calls note() when that has succeeded.
template <class BackendType>
class TransactionTextRun {
public:
    /// Throws ProgrammingError where it would do nothing, or what a scope could not notice.
    TransactionTextRun(OpenConnection<BackendType>& connection, std::string_view sql);

    /// Whether the text has nothing to do any more.
    bool is_done() const noexcept { return is_done_; }

    void note();

private:
    using Kind = TransactionText::Kind;

    /// The place of the innermost savepoint of the text's name, or how many there are.
    std::size_t find() const noexcept;

    OpenConnection<BackendType>& connection_;
    TransactionText text_;
    bool was_in_transaction_;
    bool is_done_ = false;
};

template <class BackendType>
TransactionTextRun<BackendType>::TransactionTextRun(OpenConnection<BackendType>& connection, std::string_view sql)
    : connection_(connection), was_in_transaction_(connection.database.in_transaction()) {
    using Database = typename BackendType::Database;
    if constexpr (KnowsTransactionTexts<Database>) {
        text_ = connection.database.read_transaction_text(sql);
        if (text_.kind == Kind::ignored_setting && was_in_transaction_) throw_ignored_setting(text_.name, sql);
        if (!text_.is_step()) return;
        const bool is_whole = text_.kind == Kind::begin || text_.kind == Kind::end;
        if (connection.is_sessions || (is_whole && (connection.is_migrating || connection.test_scope.is_on)))
            throw_text_of_transaction(connection.is_sessions, connection.is_migrating, sql);
        if (!is_whole && text_.name == Database::own_savepoint) throw_own_savepoint(text_.name, sql);
        connection.savepoints.reserve(connection.savepoints.size() + 1);
        // A listener begins the transaction in its own way, before anything has happened in it. One that only reads
        // has begun as it has to.
        if (text_.kind == Kind::begin && connection.is_beginning &&
            connection.database.revision() == connection.begun_at) {
            is_done_ = connection.refuses_writes();
            if (!is_done_) connection.run_verb(Verb::rollback);
        }
    }
}

template <class BackendType>
std::size_t TransactionTextRun<BackendType>::find() const noexcept {
    const auto& savepoints = connection_.savepoints;
    for (std::size_t i = savepoints.size(); i != 0; --i) {
        if (savepoints[i - 1].name == text_.name) return i - 1;
    }
    return savepoints.size();
}

template <class BackendType>
void TransactionTextRun<BackendType>::note() {
    if (!text_.is_step()) return;
    const bool is_in_transaction = connection_.database.in_transaction();
    if (is_in_transaction != was_in_transaction_) {
        ++connection_.transaction;
        connection_.savepoints.clear();
        connection_.is_in_scope = false;
    }
    if (!is_in_transaction) return;
    auto& savepoints = connection_.savepoints;
    if (text_.kind == Kind::savepoint) {
        savepoints.push_back({++connection_.last_savepoint, std::move(text_.name)});
        return;
    }
    std::size_t kept = find();
    if (text_.kind == Kind::rollback_to && kept < savepoints.size()) ++kept;  // it stays open itself
    while (savepoints.size() > kept) savepoints.pop_back();
}

}  // namespace detail

}  // namespace mica

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/engine/impl/transaction_text.ipp>
#endif
