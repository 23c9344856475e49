// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/text.hpp>
#include <mica/sqlite/encryption.hpp>
#include <mica/sqlite/failure.hpp>
#include <mica/sqlite/options.hpp>
#include <mica/sqlite/settings.hpp>

#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

#if defined(MICA_SQLCIPHER)
// SQLCipher's own, declared in its header only where that is told so.
extern "C" int sqlite3_key_v2(sqlite3*, const char*, const void*, int);
extern "C" int sqlite3_rekey_v2(sqlite3*, const char*, const void*, int);
#endif

namespace mica::sqlite {

void bind_key(Statement& statement, int index, const EncryptionKey& key) {
    // No text: a database in UTF-16 would not give back each of its bytes.
    const std::string_view text = key.text();
    statement.bind(index, Bytes{reinterpret_cast<const std::byte*>(text.data()), text.size()}, Lifetime::borrowed);
}

void throw_cannot_encrypt() { throw_misuse("the SQLite library of this program cannot encrypt; link mica::sqlcipher"); }

#if defined(MICA_SQLCIPHER)

namespace detail {

[[gnu::cold]] MICA_DECL void require_sqlcipher(sqlite3* db) {
    if (std::string_view{sqlite3_sourceid()} != SQLITE_SOURCE_ID)
        throw_misuse(
            "the program runs with another SQLite than the SQLCipher whose header it was compiled with: link "
            "mica::sqlcipher alone, not mica::mica beside it");
    int version[2] = {0, 0};
    const auto read = [](void* into, int, char** values, char**) noexcept {
        int* const numbers = static_cast<int*>(into);
        if (values[0] != nullptr) std::sscanf(values[0], "%d.%d", &numbers[0], &numbers[1]);
        return 0;
    };
    check(db, sqlite3_exec(db, "PRAGMA cipher_version", read, version, nullptr));
    if (version[0] < 4 || (version[0] == 4 && version[1] < 5)) throw_misuse("mica needs SQLCipher 4.5 or newer");
}

[[gnu::cold]] MICA_DECL void set_parameter(sqlite3* db, std::string_view schema, std::string_view name, int value) {
    const std::string sql = join({"PRAGMA ", schema, ".", name, " = ", mica::detail::Decimal{value}});
    check(db, sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr));
}

}  // namespace detail

void apply_parameters(sqlite3* db, std::string_view schema, const Encryption& encryption) {
    // The version's parameters first: those behind it change some of them.
    if (encryption.compatibility > 0)
        detail::set_parameter(db, schema, "cipher_compatibility", encryption.compatibility);
    if (encryption.page_size > 0) detail::set_parameter(db, schema, "cipher_page_size", encryption.page_size);
    if (encryption.kdf_iterations > 0) detail::set_parameter(db, schema, "kdf_iter", encryption.kdf_iterations);
    if (encryption.use_hmac >= 0) detail::set_parameter(db, schema, "cipher_use_hmac", encryption.use_hmac);
}

void apply_encryption(sqlite3* db, const Encryption& encryption) {
    if (encryption.key.empty()) return;
    detail::require_sqlcipher(db);
    const std::string_view key = encryption.key.text();
    check(db, sqlite3_key_v2(db, "main", key.data(), static_cast<int>(key.size())));
    apply_parameters(db, "main", encryption);
}

void rekey(sqlite3* db, const EncryptionKey& key) {
    if (key.empty()) throw_misuse("a database is encrypted with a key; decrypt_file() makes a copy without one");
    // Another connection would go on with the old key. Who leaves WAL has to be alone, and keeps the file to himself
    // in this locking mode, in which a statement that writes then takes it.
    detail::ask(db, "PRAGMA locking_mode = EXCLUSIVE");
    if (std::string_view{detail::ask(db, "PRAGMA journal_mode = DELETE")} != "delete")
        throw_failure(db, SQLITE_BUSY, {});
    check(db, sqlite3_exec(db, "BEGIN EXCLUSIVE; COMMIT", nullptr, nullptr, nullptr));
    const std::string_view text = key.text();
    check(db, sqlite3_rekey_v2(db, "main", text.data(), static_cast<int>(text.size())));
    check(db, sqlite3_exec(db, "SELECT 1 FROM sqlite_master LIMIT 1", nullptr, nullptr, nullptr));
}

#else

void apply_encryption(sqlite3*, const Encryption& encryption) {
    if (!encryption.key.empty()) throw_cannot_encrypt();
}

void rekey(sqlite3*, const EncryptionKey&) { throw_cannot_encrypt(); }

#endif

}  // namespace mica::sqlite
