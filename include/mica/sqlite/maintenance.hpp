// SPDX-License-Identifier: BSL-1.0
// What SQLite does with a database as a whole: copies, checks, the write-ahead log, attached files.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/core/list.hpp>
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

/// Each row that references one which is not there, as a sentence, once for each key, and each key that matches none
/// of its parent's; of all attached databases, sorted
/// (https://www.sqlite.org/pragma.html#pragma_foreign_key_check).
[[gnu::cold]] MICA_DECL std::vector<std::string> foreign_key_check(sqlite3* db);

/// What ANALYZE has found out, over a change that drops tables and makes them anew: it goes with a table
/// (https://www.sqlite.org/fileformat2.html#stat1tab).
struct KeptStatistics {
    struct Row {
        std::string count;      ///< a query for how many its table has
        std::string insert;     ///< nothing where its table has gone, or its index is another one
        std::string read_anew;  ///< by the database, which knows them by heart
    };
    mica::detail::List<Row> rows{};
};

/// Of all attached databases.
[[gnu::cold]] MICA_DECL KeptStatistics keep_statistics(sqlite3* db);

/// Those of tables that have none any more, and of those of their indexes that are over the same columns.
[[gnu::cold]] MICA_DECL void put_back_statistics(sqlite3* db, const KeptStatistics& kept);

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
