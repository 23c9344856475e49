// SPDX-License-Identifier: BSL-1.0
// How a database is opened, and the settings without which no connection leaves this layer: SQLite's own defaults keep
// compatibility with 2004, not safety.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/core/error.hpp>
#include <mica/sqlite/failure.hpp>

#include <sqlite3.h>

#include <string>
#include <string_view>
#include <utility>

namespace mica::sqlite {

/// Whether the library that mica is compiled for can encrypt: mica::sqlcipher says so.
#if defined(MICA_SQLCIPHER)
inline constexpr bool can_encrypt = true;
#else
inline constexpr bool can_encrypt = false;
#endif

/// What may happen to the file: `create` makes it if it is missing, `memory` has none.
enum class OpenMode { read_only, read_write, create, memory };

struct OpenOptions {
    OpenMode mode = OpenMode::create;
    int busy_timeout_ms = 5000;  ///< how long a statement waits for another connection's lock
    /// Promises that nobody changes the file meanwhile: it is read without locks. Only with `read_only`.
    /// See https://www.sqlite.org/uri.html#uriimmutable.
    bool immutable = false;
    /// Expects an enemy's work: the file is checked before anything else is done with it, its schema runs no function
    /// that is not harmless, and what a statement may take is limited (https://www.sqlite.org/security.html).
    bool untrusted = false;
    bool is_uri = false;  ///< the path is a URI that SQLite takes apart itself (https://www.sqlite.org/uri.html)
};

namespace detail {

using mica::detail::append;
using mica::detail::join;

/// The oldest library that has all functions used here, whatever header the program was compiled with.
inline constexpr int oldest_library = 3038000;

[[gnu::cold]] MICA_DECL void require_library(int version, int threadsafe);

[[gnu::cold]] MICA_DECL void require_sensible(const std::string& path, const OpenOptions& options);

[[gnu::cold]] MICA_DECL int open_flags(const OpenOptions& options) noexcept;

[[gnu::cold]] MICA_DECL void append_percent_encoded(std::string& text, char character);

/// The name under which sqlite3_open_v2 takes `path` for a file, whatever the path looks like.
[[gnu::cold]] MICA_DECL std::string file_name(const std::string& path, const OpenOptions& options);

/// Tells the path, which SQLite's own text for a file that cannot be opened leaves out.
[[noreturn, gnu::cold]] MICA_DECL void throw_open_failure(sqlite3* db, int rc, const std::string& path);

}  // namespace detail

/// Makes a new connection safe, and proves that what it opened is a database: foreign keys enforced, double-quoted
/// strings off, defensive, no loadable extensions, a busy timeout; on files that it may write also
/// WAL and synchronous=NORMAL, so a power loss may undo the last commits but corrupts nothing
/// (https://www.sqlite.org/security.html, https://www.sqlite.org/wal.html).
///
/// The schema is trusted where the file is: SQLite up to 3.40 counts json_valid() and FTS5 as untrusted, and files use
/// them in CHECK, in indexes and triggers.
///
/// Throws OperationalError, with the file's bytes untouched, for what is not a database or cannot be read. An empty
/// file is a database, and so is a file of one byte, which SQLite takes for empty. An untrusted file that is damaged is
/// corrupt.
[[gnu::cold]] MICA_DECL void apply_safe_settings(sqlite3* db, const OpenOptions& options, const std::string& path);

}  // namespace mica::sqlite

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/sqlite/impl/options.ipp>
#endif
