// SPDX-License-Identifier: BSL-1.0
// The one place where a result code of SQLite becomes a typed error. It copies all it tells, because SQLite's own texts
// live only until the next call, and it cuts out what SQLite quotes from bound values.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/core/error.hpp>
#include <mica/core/list.hpp>

#include <sqlite3.h>

#include <string_view>

static_assert(SQLITE_VERSION_NUMBER >= 3038000, "mica: needs the header of SQLite 3.38 or newer");

namespace mica::sqlite {

namespace detail {

/// The table and columns that a constraint's message names, as parts of it.
struct ConstraintTarget {
    std::string_view table{};
    mica::detail::List<std::string_view> columns{};
};

/// SQLite quotes no name in its messages, so a name with a dot makes them ambiguous. Only then the database's schema is
/// asked which reading is a real column; where none is, the first dot separates.
[[gnu::cold]] MICA_DECL ConstraintTarget parse_target(sqlite3* db, std::string_view text);

/// Cuts what SQLite quotes from a bound value out of the message of a running statement; true if there was something.
/// What it quotes from the statement's text may go too, but that text is in the error anyway.
[[gnu::cold]] MICA_DECL bool remove_quoted_value(Failure& failure);

}  // namespace detail

/// A failure that SQLite was not asked to word: one that nobody recorded, or one that is known before it happens.
[[gnu::cold]] MICA_DECL Failure make_failure(int extended_code, std::string_view message, std::string_view sql = {});

/// What a COMMIT says where rows reference parents that are not there.
[[gnu::cold]] MICA_DECL Failure foreign_key_failure(std::string_view sql);

/// Copies what SQLite knows about the failure `rc` of a call on `db`.
[[gnu::cold]] MICA_DECL Failure collect_failure(sqlite3* db, int rc, std::string_view sql);

/// Throws `failure` as the type that its code and message ask for.
[[noreturn, gnu::cold]] MICA_DECL void throw_typed(sqlite3* db, const Failure& failure);

/// Throws the typed error of result code `rc`, which a call on `db` for the statement `sql` has just returned. `db` may
/// be null. See https://www.sqlite.org/rescode.html.
[[noreturn, gnu::cold]] MICA_DECL void throw_failure(sqlite3* db, int rc, std::string_view sql);

/// Throws unless `rc` is SQLITE_OK.
inline void check(sqlite3* db, int rc, std::string_view sql = {}) {
    if (rc != SQLITE_OK) [[unlikely]]
        throw_failure(db, rc, sql);
}

/// Throws the error of a call on a prepared statement, which is reset by the time the error is caught.
[[noreturn, gnu::cold]] MICA_DECL void throw_statement_failure(sqlite3_stmt* statement, int rc);

/// Throws mica's own refusal of what SQLite was never asked for.
[[noreturn, gnu::cold]] MICA_DECL void throw_misuse(std::string_view message, std::string_view sql = {});

}  // namespace mica::sqlite

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/sqlite/impl/failure.ipp>
#endif
