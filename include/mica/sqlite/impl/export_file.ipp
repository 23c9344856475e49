// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/core/run_limits.hpp>
#include <mica/core/text.hpp>
#include <mica/sqlite/export_file.hpp>
#include <mica/sqlite/failure.hpp>
#include <mica/sqlite/maintenance.hpp>
#include <mica/sqlite/options.hpp>
#include <mica/sqlite/settings.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <string_view>
#include <utility>

#if defined(MICA_SQLCIPHER)
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#endif

namespace mica::sqlite {

#if defined(MICA_SQLCIPHER)

namespace detail {

/// A file that gets its name when it is complete, and is gone else. Outlives who has it open.
class NewFile {
public:
    explicit NewFile(const std::string& path) : path_(path), part_(join({path, "-part"})) {
        // Not opened: to close it takes away the locks of a database that is open here.
        if (access(path.c_str(), F_OK) == 0) throw_cannot_make(path, " is there already");
        const int made = open(part_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
        if (made < 0 && errno == EEXIST)
            throw_cannot_make(part_, " is there already: of a copy that goes on, or that was killed and left it");
        if (made < 0) throw_cannot_make(part_, "");
        close(made);
    }
    NewFile(const NewFile&) = delete;
    NewFile& operator=(const NewFile&) = delete;
    ~NewFile() { std::remove(part_.c_str()); }

    const std::string& part() const noexcept { return part_; }

    /// Never over a file that has come meanwhile, and so that a loss of power cannot take the name away again.
    void publish() {
        if (link(part_.c_str(), path_.c_str()) != 0) {
            if (errno == EEXIST) throw_cannot_make(path_, " is there already");
            replace_reserved();
        }
        const std::size_t slash = path_.rfind('/');
        const std::string folder = slash == path_.npos ? join({"."}) : path_.substr(0, slash + 1);
        if (const int opened = open(folder.c_str(), O_RDONLY | O_CLOEXEC); opened >= 0) {
            fsync(opened);
            close(opened);
        }
    }

private:
    /// Where the file system has no links: a kill between the two leaves an empty file.
    void replace_reserved() {
        const int reserved = open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
        if (reserved < 0) throw_cannot_make(path_, errno == EEXIST ? " is there already" : "");
        close(reserved);
        if (std::rename(part_.c_str(), path_.c_str()) != 0) {
            std::remove(path_.c_str());
            throw_cannot_make(path_, "");
        }
    }
    [[noreturn, gnu::cold]] static void throw_cannot_make(const std::string& path, std::string_view why) {
        throw_typed(nullptr, make_failure(SQLITE_CANTOPEN, join({"cannot make a new file: ", path, why})));
    }

    const std::string& path_;
    std::string part_;
};

/// Tells how far a copy is while its statements run, and stops them.
struct ExportWatch {
    const Progress& progress;
    sqlite3_file* target;
    std::int64_t page_size;
    std::int64_t total;
    std::int64_t told = 0;
    bool is_stopped = false;
    std::exception_ptr thrown{};

    /// The rows that are in no page of the file yet are few: the cache holds 2 MB.
    int ask() noexcept {
        try {
            const LimitScope* const limits = mica::detail::innermost_limits;
            sqlite3_int64 size = 0;
            if (target->pMethods->xFileSize(target, &size) != SQLITE_OK) size = 0;
            const std::int64_t done = size / page_size < total ? size / page_size : total;
            const bool is_further = done > mica::detail::exchange(told, done);
            is_stopped = (limits != nullptr && limits->is_over()) || (is_further && !progress(done, total));
        } catch (...) {
            thrown = std::current_exception();
        }
        return is_stopped || thrown ? 1 : 0;
    }

    void require_time() {
        if (thrown) std::rethrow_exception(std::move(thrown));
        if (is_stopped) throw_typed(nullptr, make_failure(SQLITE_INTERRUPT, "the copy was stopped"));
    }
};

/// Of a function that gives nothing but the text of what has failed inside of it.
[[noreturn, gnu::cold]] MICA_DECL void throw_failed_export(sqlite3* db) {
    const std::string_view message = sqlite3_errmsg(db);
    for (const int code : {SQLITE_FULL, SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_NOMEM, SQLITE_BUSY,
                           SQLITE_LOCKED, SQLITE_READONLY}) {
        if (message == sqlite3_errstr(code)) throw_typed(nullptr, make_failure(code, message));
    }
    throw_failure(db, sqlite3_errcode(db), "SELECT sqlcipher_export('mica_target')");
}

[[gnu::cold]] MICA_DECL void require_sensible(const EncryptOptions& options) {
    const int size = options.cipher_page_size;
    if (size != 0 && (size < 1024 || size > 65536 || (size & (size - 1)) != 0))
        throw_misuse("cipher_page_size is a power of two from 1024 to 65536");
    if (options.kdf_iter < 0) throw_misuse("kdf_iter is a whole number from 1");
    if (options.cipher_compatibility < 0 || options.cipher_compatibility > 4)
        throw_misuse("cipher_compatibility is 1, 2, 3 or 4");
    if (options.cipher_use_hmac < -1 || options.cipher_use_hmac > 1) throw_misuse("cipher_use_hmac is 0 or 1");
}

/// From main into mica_target, what the library's own function leaves out included.
[[gnu::cold]] MICA_DECL void copy_database(sqlite3* db, const Progress& progress) {
    const auto number = [db](const char* sql) {
        Statement statement = prepare_once(db, sql);
        statement.step();
        return statement.cell(0).integer();
    };
    const auto set = [db](const char* name, std::int64_t value) {
        ask(db, join({"PRAGMA mica_target.", name, " = ", mica::detail::Decimal{value}}));
    };
    set("auto_vacuum", number("PRAGMA main.auto_vacuum"));
    ask(db, "PRAGMA mica_target.journal_mode = OFF");  // a copy that fails goes as a whole
    ask(db, "BEGIN");
    const std::int64_t user_version = number("PRAGMA main.user_version");  // from here on main is in one state
    const std::int64_t page_size = number("PRAGMA mica_target.page_size");
    sqlite3_file* file = nullptr;
    check(db, sqlite3_file_control(db, "mica_target", SQLITE_FCNTL_FILE_POINTER, &file));
    ExportWatch watch{.progress = progress,
                      .target = file,
                      .page_size = page_size,
                      .total = number("PRAGMA main.page_count") * number("PRAGMA main.page_size") / page_size};
    constexpr int steps = 1000;
    const auto call = [](void* watching) { return static_cast<ExportWatch*>(watching)->ask(); };
    sqlite3_progress_handler(db, steps, call, &watch);
    const int rc = sqlite3_exec(db, "SELECT sqlcipher_export('mica_target')", nullptr, nullptr, nullptr);
    sqlite3_progress_handler(db, 0, nullptr, nullptr);
    watch.require_time();
    if (rc != SQLITE_OK) throw_failed_export(db);
    set("user_version", user_version);
    set("application_id", number("PRAGMA main.application_id"));
    ask(db, "COMMIT");
    ask(db, "DETACH mica_target");
    watch.is_stopped = !progress(watch.total, watch.total);
    watch.require_time();
}

}  // namespace detail

void export_file(const std::string& from, const EncryptionKey& from_key, const std::string& to,
                 const EncryptionKey& to_key, EncryptOptions options) {
    if (from_key.empty() && to_key.empty()) throw_misuse("a database is encrypted and decrypted with a key");
    detail::require_sensible(options);
    const LimitScope scope{{options.deadline, std::move(options.stop)}};
    scope.require_time();
    const Encryption parameters{.page_size = options.cipher_page_size,
                                .kdf_iterations = options.kdf_iter,
                                .compatibility = options.cipher_compatibility,
                                .use_hmac = options.cipher_use_hmac};
    detail::NewFile target{to};
    {
        detail::OpenFile source;
        const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
        if (const int rc = sqlite3_open_v2(from.c_str(), &source.handle, flags, nullptr); rc != SQLITE_OK)
            detail::throw_open_failure(source.handle, rc, from);
        sqlite3_extended_result_codes(source.handle, 1);
        Encryption encryption = parameters;
        encryption.key = from_key;
        apply_encryption(source.handle, encryption);
        if (const int rc =
                sqlite3_exec(source.handle, "SELECT 1 FROM sqlite_master LIMIT 1", nullptr, nullptr, nullptr);
            rc != SQLITE_OK)
            detail::throw_open_failure(source.handle, rc, from);
        attach(source.handle, target.part(), "mica_target", to_key);
        if (!to_key.empty()) apply_parameters(source.handle, "mica_target", parameters);
        detail::copy_database(source.handle, options.progress);
    }
    target.publish();
}

#else

void export_file(const std::string&, const EncryptionKey&, const std::string&, const EncryptionKey&, EncryptOptions) {
    throw_cannot_encrypt();
}

#endif

}  // namespace mica::sqlite
