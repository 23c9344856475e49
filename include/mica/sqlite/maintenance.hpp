// SPDX-License-Identifier: BSL-1.0
// What SQLite does with a database as a whole: copies, checks, the write-ahead log, attached files.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/core/maintenance.hpp>
#include <mica/sqlite/encryption.hpp>
#include <mica/sqlite/statement.hpp>

#include <sqlite3.h>

#include <string>
#include <string_view>
#include <vector>

namespace mica::sqlite {

namespace detail {

/// A connection that is closed at the end of the scope.
struct OpenFile {
    OpenFile() = default;
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    ~OpenFile() { sqlite3_close(handle); }
    sqlite3* handle = nullptr;
};

[[gnu::cold]] MICA_DECL Statement prepare_once(sqlite3* db, const char* sql);

}  // namespace detail

/// Copies the main database to a file, over what is there, while others may read and write it
/// (https://www.sqlite.org/backup.html). The target is a database as it was where this throws, a new file an empty one.
/// It is encrypted as this one is. Waits for locks of others up to the connection's busy timeout. Throws
/// InterruptedError where progress stops it.
[[gnu::cold]] MICA_DECL void backup(sqlite3* db, const Encryption& encryption, const std::string& path,
                                    const BackupOptions& options);

[[gnu::cold]] MICA_DECL CheckpointResult checkpoint(sqlite3* db, CheckpointMode mode);

/// Writes a compact copy into a new file, encrypted as this one is (https://www.sqlite.org/lang_vacuum.html). Throws
/// OperationalError where one is there that is not empty.
[[gnu::cold]] MICA_DECL void vacuum_into(sqlite3* db, const Encryption& encryption, const std::string& path);

/// What is wrong with the database, line by line; empty where nothing is
/// (https://www.sqlite.org/pragma.html#pragma_integrity_check).
[[gnu::cold]] MICA_DECL std::vector<std::string> integrity_check(sqlite3* db);

/// Each row that references one which is not there, as a sentence, once for each key; sorted
/// (https://www.sqlite.org/pragma.html#pragma_foreign_key_check).
[[gnu::cold]] MICA_DECL std::vector<std::string> foreign_key_check(sqlite3* db);

/// For what gives no rows that anybody wants.
[[gnu::cold]] MICA_DECL void run_once(sqlite3* db, const char* sql);

/// Opens another file beside the main one, under a name, until detach(). Throws OperationalError where that cannot be
/// opened.
[[gnu::cold]] MICA_DECL void attach(sqlite3* db, std::string_view path, std::string_view name);
/// The same of a file with a key of its own, with the library's own parameters; an empty one says that it is not
/// encrypted. Throws OperationalError with is_wrong_key() where that is wrong.
[[gnu::cold]] MICA_DECL void attach(sqlite3* db, std::string_view path, std::string_view name,
                                    const EncryptionKey& key);
[[gnu::cold]] MICA_DECL void detach(sqlite3* db, std::string_view name);

}  // namespace mica::sqlite

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/sqlite/impl/maintenance.ipp>
#endif
