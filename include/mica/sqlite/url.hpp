// SPDX-License-Identifier: BSL-1.0
// The text that names a database, after SQLAlchemy's rules. It refuses what it does not know, and its errors repeat
// nothing that could be a password: of a text that is no URL of SQLite they tell the scheme at most.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/core/error.hpp>
#include <mica/sqlite/options.hpp>

#include <string>
#include <string_view>

namespace mica {

/// A parsed URL.
struct Url {
    static constexpr sqlite::OpenMode no_mode{-1};
    static constexpr int no_timeout = -1;

    std::string path = {};  ///< percent-decoded, as written: absolute or relative; empty for a database in memory
    sqlite::OpenMode mode = no_mode;  ///< only what the text says
    int busy_timeout_ms = no_timeout;
    bool memory = false;
    bool immutable = false;

    /// What to open the database with, where `defaults` says what the URL leaves open.
    [[gnu::cold]] MICA_DECL sqlite::OpenOptions open_options(sqlite::OpenOptions defaults = {}) const;
    /// The URL again, without any secret: `parse_url` gives an equal one for it.
    [[gnu::cold]] MICA_DECL std::string display() const;

    friend bool operator==(const Url&, const Url&) = default;
};

/// Parses `sqlite://` and `sqlite:///:memory:` (memory), `sqlite:///relative.db`, `sqlite:////absolute.db`, each with
/// an optional query of the keys `mode` (ro, rw, rwc; memory without a path), `busy_timeout` (milliseconds) and
/// `immutable` (0 or 1; implies mode=ro). The path, the keys and the values are percent-decoded.
///
/// Throws ProgrammingError for anything else, with one sentence that says what to write.
[[gnu::cold]] MICA_DECL Url parse_url(std::string_view text);

/// Resolves a relative path against the current directory, so that a later change of directory does not change the
/// database. Symbolic links and ".." stay as they are. Throws OperationalError if the current directory is gone.
[[gnu::cold]] MICA_DECL std::string absolute_path(std::string_view path);

}  // namespace mica

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/sqlite/impl/url.ipp>
#endif
