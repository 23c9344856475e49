// SPDX-License-Identifier: BSL-1.0
// What is asked of a connection beside statements. Each backend has its own words for it.
#pragma once

namespace mica {

/// When a transaction takes its locks (https://www.sqlite.org/lang_transaction.html, section 2.2).
enum class TransactionMode : unsigned char { deferred, immediate, exclusive };

/// Takes no lock until the first statement does: a read lock, or a write lock, for which it may be too late by then.
inline constexpr TransactionMode deferred = TransactionMode::deferred;
/// Takes the write lock at once; the mode of every transaction that may write unless another is named.
inline constexpr TransactionMode immediate = TransactionMode::immediate;
/// As immediate; outside of WAL mode it keeps readers out too.
inline constexpr TransactionMode exclusive = TransactionMode::exclusive;

enum class Verb : unsigned char {
    begin_deferred,
    begin_immediate,
    begin_exclusive,
    commit,
    rollback,
    savepoint,      ///< opens one inside the innermost
    release,        ///< the innermost: what happened since becomes part of what is around it
    rollback_to,    ///< the innermost, which stays open
    refuse_writes,  ///< until allow_writes
    allow_writes,
    defer_foreign_keys,  ///< until the transaction ends, or check_foreign_keys
    check_foreign_keys,
    ignore_foreign_keys,  ///< until enforce_foreign_keys; outside of a transaction
    enforce_foreign_keys,
    leave_references,  ///< where a table is renamed, what refers to it stays as it is, until follow_references
    follow_references,
};

inline constexpr unsigned verb_count = 16;

constexpr Verb begin_of(TransactionMode mode) noexcept {
    switch (mode) {
        case TransactionMode::deferred: return Verb::begin_deferred;
        case TransactionMode::immediate: return Verb::begin_immediate;
        case TransactionMode::exclusive: break;
    }
    return Verb::begin_exclusive;
}

}  // namespace mica
