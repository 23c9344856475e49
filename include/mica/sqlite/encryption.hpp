// SPDX-License-Identifier: BSL-1.0
// How a database of SQLCipher is encrypted: its key and what goes with it (https://www.zetetic.net/sqlcipher).
#pragma once

#include <mica/core/decl.hpp>
#include <mica/core/encryption_key.hpp>

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

/// Gives a connection that has read nothing yet its key and parameters; does nothing without a key. Whether they are
/// right the first read tells. Throws ProgrammingError where the library is no SQLCipher of 4.5 or newer, or not the
/// one whose header the program was compiled with.
[[gnu::cold]] MICA_DECL void apply_encryption(sqlite3* db, const Encryption& encryption);

/// Encrypts all pages with another key. Throws OperationalError where somebody else uses the database.
[[gnu::cold]] MICA_DECL void rekey(sqlite3* db, const EncryptionKey& key);

/// Copies the database `from` into the new file `to`; an empty key says that it is not, or shall not be, encrypted.
/// Throws OperationalError with is_wrong_key() where `from` cannot be read, and where `to` is there already.
[[gnu::cold]] MICA_DECL void export_file(const std::string& from, const EncryptionKey& from_key, const std::string& to,
                                         const EncryptionKey& to_key);

}  // namespace mica::sqlite

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/sqlite/impl/encryption.ipp>
#endif
