// SPDX-License-Identifier: BSL-1.0
// The text that names a database, after SQLAlchemy's rules. It refuses what it does not know, and its errors repeat
// nothing that could be a password: of a text that is no URL of SQLite they tell the scheme at most.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/core/error.hpp>
#include <mica/sqlite/encryption.hpp>
#include <mica/sqlite/options.hpp>

#include <string>
#include <string_view>

namespace mica {

/// What stands behind "sqlite" in a URL's scheme: `sqlite+async` names the same database as `sqlite`.
enum class UrlDriver : unsigned char { plain, async, sqlcipher };

/// A parsed URL.
struct Url {
    static constexpr sqlite::OpenMode no_mode{-1};
    static constexpr int no_timeout = -1;

    std::string path = {};  ///< percent-decoded, as written: absolute or relative; empty for a database in memory
    sqlite::OpenMode mode = no_mode;  ///< only what the text says
    int busy_timeout_ms = no_timeout;
    bool memory = false;
    bool immutable = false;
    UrlDriver driver = UrlDriver::plain;
    bool is_file_uri = false;         ///< the path starts with "file:" and is SQLite's own to decode
    std::string file_query = {};      ///< what is said to SQLite behind it, "key=value&…" as written
    sqlite::Encryption encryption{};  ///< with the driver `sqlcipher` only

    /// What to open the database with, where `defaults` says what the URL leaves open.
    [[gnu::cold]] MICA_DECL sqlite::OpenOptions open_options(sqlite::OpenOptions defaults = {}) const;
    /// The name to open, which a later change of directory does not change: see absolute_path().
    [[gnu::cold]] MICA_DECL std::string open_path() const;
    /// The URL again, its passphrase as `***`: without one `parse_url` gives an equal one for it.
    [[gnu::cold]] MICA_DECL std::string display() const;

    friend bool operator==(const Url&, const Url&) = default;
};

/// Parses `sqlite://`, `sqlite:///` and `sqlite:///:memory:` (memory), `sqlite:///relative.db`,
/// `sqlite:////absolute.db`, each with an optional query of the keys `mode` (ro, rw, rwc; memory without a path),
/// `busy_timeout` (milliseconds) and `immutable` (0 or 1; implies mode=ro). The path, the keys and the values are
/// percent-decoded.
///
/// `sqlite:///file:cars.db?cache=private&uri=true` is one of SQLite's own (https://www.sqlite.org/uri.html): it gets
/// the path and all keys but `busy_timeout` as they are written.
///
/// `sqlite+sqlcipher://:passphrase@/relative.db`, `…@//absolute.db` has the keys `cipher_page_size`, `kdf_iter`,
/// `cipher_compatibility` and `cipher_use_hmac` besides.
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
