// SPDX-License-Identifier: BSL-1.0
// Finds the texts that begin and end transactions and savepoints, and those that SQLite ignores inside of one.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/core/transaction_text.hpp>

#include <string_view>

namespace mica::sqlite {

/// The name of mica's own savepoints, which no text of the program's may give to another.
inline constexpr std::string_view own_savepoint = "mica";

/// Looks at the first words only: what may begin with them is not checked. Settings that SQLite ignores inside of a
/// transaction are foreign_keys and journal_mode (https://www.sqlite.org/pragma.html#pragma_foreign_keys); what else it
/// cannot set there it refuses itself.
[[gnu::cold]] MICA_DECL TransactionText read_transaction_text(std::string_view sql);

/// Whether read_transaction_text() may find something.
[[gnu::cold]] MICA_DECL bool may_be_transaction_text(std::string_view sql) noexcept;

}  // namespace mica::sqlite

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/sqlite/impl/transaction_text.ipp>
#endif
