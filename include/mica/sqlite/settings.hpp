// SPDX-License-Identifier: BSL-1.0
// What a connection was set to when it was opened, and the way back there after somebody's PRAGMA.
#pragma once

#include <mica/core/decl.hpp>

#include <sqlite3.h>

#include <string>
#include <string_view>

namespace mica::sqlite {

namespace detail {

/// The first column of the first row; empty where there is no row, as of a setting that a database in memory has not.
[[gnu::cold]] MICA_DECL std::string ask(sqlite3* db, std::string_view sql);

/// Milliseconds for which a statement waits for a lock. Throws OperationalError where memory runs out.
[[gnu::cold]] MICA_DECL int busy_timeout_of(sqlite3* db);

}  // namespace detail

/// The settings of one connection (https://www.sqlite.org/pragma.html): those of the connection alone, not those that
/// are stored in a file. They are read before the first text that may change one, so a program without PRAGMA pays
/// nothing.
class Settings {
public:
    /// Whether a statement of this text may change settings, make temporary objects or attach databases. True more
    /// often than necessary: for every text with the word PRAGMA, TEMP, TEMPORARY or ATTACH in it.
    MICA_DECL static bool may_change(std::string_view sql) noexcept;

    /// Reads what is set now, the first time it is called. Throws OperationalError where memory runs out.
    [[gnu::cold]] MICA_DECL void keep(sqlite3* db);

    /// What is set now is what the connection was opened with. Throws as keep().
    [[gnu::cold]] MICA_DECL void accept(sqlite3* db);

    /// Sets what is different now as it was, drops the temporary tables, views and triggers, and detaches databases
    /// that were not attached when the settings were read. Costs a statement for each setting. All that can be restored
    /// is, then throws what kept the first one from it, such as an open transaction.
    [[gnu::cold]] MICA_DECL void restore(sqlite3* db);

private:
    std::string kept_{};      ///< each value ended by a line break
    std::string attached_{};  ///< the quoted names of databases, each ended by a line break
};

}  // namespace mica::sqlite

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/sqlite/impl/settings.ipp>
#endif
