// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/text.hpp>
#include <mica/sqlite/encryption.hpp>
#include <mica/sqlite/failure.hpp>
#include <mica/sqlite/options.hpp>
#include <mica/sqlite/statement.hpp>

#include <cstdio>
#include <string_view>

#if defined(MICA_SQLCIPHER)
// SQLCipher's own, declared in its header only where that is told so.
extern "C" int sqlite3_key_v2(sqlite3*, const char*, const void*, int);
extern "C" int sqlite3_rekey_v2(sqlite3*, const char*, const void*, int);
#endif

namespace mica::sqlite {

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

[[gnu::cold]] MICA_DECL void set_parameter(sqlite3* db, std::string_view name, int value) {
    const std::string sql = join({"PRAGMA ", name, " = ", mica::detail::Decimal{value}});
    check(db, sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr));
}

/// A file that was not there before, and is not there afterwards unless it is kept. Outlives who has it open: not every
/// system removes such a file.
class NewFile {
public:
    NewFile() = default;
    /// `path` must outlive it.
    void make(const std::string& path) {
        std::FILE* const made = std::fopen(path.c_str(), "wbx");
        if (made == nullptr)
            throw_typed(nullptr, make_failure(SQLITE_CANTOPEN, join({"cannot make a new file: ", path})));
        std::fclose(made);
        path_ = path.c_str();
    }
    NewFile(const NewFile&) = delete;
    NewFile& operator=(const NewFile&) = delete;
    ~NewFile() {
        if (path_ != nullptr) std::remove(path_);
    }
    void keep() noexcept { path_ = nullptr; }

private:
    const char* path_ = nullptr;
};

/// A connection that is closed at the end of the scope.
struct OpenFile {
    OpenFile() = default;
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    ~OpenFile() { sqlite3_close(handle); }
    sqlite3* handle = nullptr;
};

}  // namespace detail

void apply_encryption(sqlite3* db, const Encryption& encryption) {
    if (encryption.key.empty()) return;
    detail::require_sqlcipher(db);
    const std::string_view key = encryption.key.text();
    check(db, sqlite3_key_v2(db, "main", key.data(), static_cast<int>(key.size())));
    // The version's parameters first: those behind it change some of them.
    if (encryption.compatibility > 0) detail::set_parameter(db, "cipher_compatibility", encryption.compatibility);
    if (encryption.page_size > 0) detail::set_parameter(db, "cipher_page_size", encryption.page_size);
    if (encryption.kdf_iterations > 0) detail::set_parameter(db, "kdf_iter", encryption.kdf_iterations);
    if (encryption.use_hmac >= 0) detail::set_parameter(db, "cipher_use_hmac", encryption.use_hmac);
}

void rekey(sqlite3* db, const EncryptionKey& key) {
    if (key.empty()) throw_misuse("a database is encrypted with a key; decrypt_file() makes a copy without one");
    const std::string_view text = key.text();
    check(db, sqlite3_rekey_v2(db, "main", text.data(), static_cast<int>(text.size())));
}

void export_file(const std::string& from, const EncryptionKey& from_key, const std::string& to,
                 const EncryptionKey& to_key) {
    detail::NewFile target;
    detail::OpenFile source;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    if (const int rc = sqlite3_open_v2(from.c_str(), &source.handle, flags, nullptr); rc != SQLITE_OK)
        detail::throw_open_failure(source.handle, rc, from);
    sqlite3_extended_result_codes(source.handle, 1);
    apply_encryption(source.handle, Encryption{.key = from_key});
    if (const int rc = sqlite3_exec(source.handle, "SELECT 1 FROM sqlite_master LIMIT 1", nullptr, nullptr, nullptr);
        rc != SQLITE_OK)
        detail::throw_open_failure(source.handle, rc, from);
    target.make(to);
    const auto prepare = [&source](const char* sql) {
        sqlite3_stmt* handle = nullptr;
        check(source.handle, sqlite3_prepare_v2(source.handle, sql, -1, &handle, nullptr), sql);
        return Statement{handle};
    };
    Statement attach = prepare("ATTACH ? AS mica_target KEY ?");
    attach.bind(1, std::string_view{to}, Lifetime::borrowed);
    attach.bind(2, to_key.text(), Lifetime::borrowed);
    attach.step();
    prepare("SELECT sqlcipher_export('mica_target')").step();
    Statement version = prepare("PRAGMA main.user_version");
    version.step();
    const std::string sql =
        mica::detail::join({"PRAGMA mica_target.user_version = ", mica::detail::Decimal{version.cell(0).integer()}});
    version.reset();
    check(source.handle, sqlite3_exec(source.handle, sql.c_str(), nullptr, nullptr, nullptr));
    prepare("DETACH mica_target").step();
    target.keep();
}

#else

void apply_encryption(sqlite3*, const Encryption& encryption) {
    if (!encryption.key.empty()) throw_cannot_encrypt();
}

void rekey(sqlite3*, const EncryptionKey&) { throw_cannot_encrypt(); }

void export_file(const std::string&, const EncryptionKey&, const std::string&, const EncryptionKey&) {
    throw_cannot_encrypt();
}

#endif

}  // namespace mica::sqlite
