// SPDX-License-Identifier: BSL-1.0
// How a database of SQLCipher is encrypted: its key and what goes with it (https://www.zetetic.net/sqlcipher).
#pragma once

#include <mica/core/decl.hpp>
#include <mica/core/encryption_key.hpp>
#include <mica/sqlite/statement.hpp>

#include <sqlite3.h>

#include <string>

namespace mica::sqlite {

/// https://www.zetetic.net/sqlcipher/sqlcipher-api. What is 0, and a negative use_hmac, is left to the library.
struct Encryption {
    EncryptionKey key{};
    int page_size = 0;  ///< bytes
    int kdf_iterations = 0;
    int compatibility = 0;  ///< the major version of SQLCipher
    int use_hmac = -1;

    friend bool operator==(const Encryption&, const Encryption&) = default;
};

[[noreturn, gnu::cold]] MICA_DECL void throw_cannot_encrypt();

/// What ATTACH takes for a key; an empty one says that the file is not encrypted. The key must outlive the statement.
[[gnu::cold]] MICA_DECL void bind_key(Statement& statement, int index, const EncryptionKey& key);

/// The parameters of a database that has a key and that nothing has been read of.
[[gnu::cold]] MICA_DECL void apply_parameters(sqlite3* db, std::string_view schema, const Encryption& encryption);

/// Gives a connection that has read nothing yet its key and parameters; does nothing without a key. Whether they are
/// right the first read tells. Throws ProgrammingError where the library is no SQLCipher of 4.5 or newer, or not the
/// one whose header the program was compiled with.
[[gnu::cold]] MICA_DECL void apply_encryption(sqlite3* db, const Encryption& encryption);

/// Encrypts all pages with another key; the connection is of no other use afterwards. Throws OperationalError where
/// somebody else has the database open; the key is the old one then. Whether it is the new one otherwise only who opens
/// the database with that finds out: the library does not tell whether its COMMIT has failed.
[[gnu::cold]] MICA_DECL void rekey(sqlite3* db, const EncryptionKey& key);

}  // namespace mica::sqlite

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/sqlite/impl/encryption.ipp>
#endif
