// SPDX-License-Identifier: BSL-1.0
// SQLite as the engine reaches it: what a URL becomes, how it is opened, how its SQL is spelled.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/dialect/sqlite.hpp>
#include <mica/sqlite/database.hpp>
#include <mica/sqlite/url.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace mica::sqlite {

inline namespace MICA_COMPILATION {

/// The database behind Engine, Connection and Session: sqlite3, for those templates that are named Basic….
struct Backend {
    using Database = sqlite::Database;
    using Statement = sqlite::Statement;

    struct Target {
        std::string path;
        OpenOptions options;
        Encryption encryption{};
        std::string url{};  ///< for people: with *** for a passphrase
    };

    static constexpr const Dialect& dialect = mica::dialect::sqlite;

    /// Relative paths are resolved here, once: a later change of directory does not change the database.
    /// Throws ProgrammingError also where a database is encrypted and the library cannot do that.
    static Target parse(std::string_view text, int busy_timeout_ms, bool untrusted_file = false) {
        Url url = parse_url(text);
        if (url.driver == UrlDriver::sqlcipher && !can_encrypt) throw_cannot_encrypt();
        return {url.open_path(), url.open_options({.busy_timeout_ms = busy_timeout_ms, .untrusted = untrusted_file}),
                std::move(url.encryption), url.display()};
    }

    /// Of a deferred foreign key that does not hold, as COMMIT would say it.
    static Failure foreign_key_failure(std::string_view sql) { return sqlite::foreign_key_failure(sql); }

    /// A database in memory is its connection's alone.
    static bool is_private(const Target& target) noexcept { return target.options.mode == OpenMode::memory; }

    /// Throws ProgrammingError where the library cannot encrypt, and where the URL has a passphrase already.
    static void set_key(Target& target, const EncryptionKey& key) {
        if (!can_encrypt) throw_cannot_encrypt();
        if (!target.encryption.key.empty()) throw_misuse("the URL has a passphrase: no other key can be given");
        if (is_private(target)) throw_misuse("a database in memory is not encrypted");
        target.encryption.key = key;
    }
    /// Of a target that is opened with another key from now on.
    static void change_key(Target& target, const EncryptionKey& key) { target.encryption.key = key; }

    static Database open(const Target& target) { return Database{target.path, target.options, target.encryption}; }
};

}  // namespace MICA_COMPILATION

}  // namespace mica::sqlite
