// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/sqlite/options.hpp>

namespace mica::sqlite::detail {

void require_library(int version, int threadsafe) {
    if (version < oldest_library) throw_misuse("the SQLite library is older than 3.38");
    if (threadsafe == 0) throw_misuse("the SQLite library was compiled without thread safety (SQLITE_THREADSAFE=0)");
}

void require_sensible(const std::string& path, const OpenOptions& options) {
    const bool in_memory = options.mode == OpenMode::memory && !options.is_uri;
    if (in_memory && !path.empty() && std::string_view{path} != ":memory:")
        throw_misuse("a database in memory has no path");
    if (!in_memory && path.empty()) throw_misuse("a database file needs a path");
    if (std::string_view{path}.find('\0') != std::string_view::npos) throw_misuse("a path cannot hold a NUL");
    if (options.immutable && !options.is_uri && options.mode != OpenMode::read_only)
        throw_misuse("immutable needs the mode read_only");
    if (options.busy_timeout_ms < 0) throw_misuse("a busy timeout cannot be negative");
}

int open_flags(const OpenOptions& options) noexcept {
    const int always = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | (options.is_uri ? SQLITE_OPEN_URI : 0);
    switch (options.mode) {
        case OpenMode::read_only: return always | SQLITE_OPEN_READONLY | (options.immutable ? SQLITE_OPEN_URI : 0);
        case OpenMode::read_write: return always | SQLITE_OPEN_READWRITE;
        case OpenMode::create:
        case OpenMode::memory: break;
    }
    return always | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
}

void append_percent_encoded(std::string& text, char character) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(character);
    append(text, {"%", digits.substr(byte >> 4U, 1), digits.substr(byte & 15U, 1)});
}

std::string file_name(const std::string& path, const OpenOptions& options) {
    if (options.is_uri) return join({path});
    if (options.mode == OpenMode::memory) return join({":memory:"});
    // ":memory:" and, where SQLite was compiled with USE_URI, "file:..." would not be files.
    const std::string_view named = path;
    const std::string file = join({named.starts_with(':') || named.starts_with("file:") ? "./" : "", named});
    if (!options.immutable) return file;
    std::string uri = join({named.starts_with('/') ? "file://" : "file:"});
    for (const char& c : file) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
                           c == '.' || c == '-' || c == '_';
        if (plain) {
            append(uri, {mica::detail::letter(c)});
        } else {
            append_percent_encoded(uri, c);
        }
    }
    append(uri, {"?immutable=1"});
    return uri;
}

void throw_open_failure(sqlite3* db, int rc, const std::string& path) {
    Failure failure = collect_failure(db, rc, {});
    if (can_encrypt && failure.kind == ErrorKind::not_a_database) {
        failure.kind = ErrorKind::wrong_key;
        failure.message = "the key or its parameters are wrong, or it is no database";
    }
    if (!path.empty()) append(failure.message, {": ", path});
    throw_typed(db, failure);
}

[[gnu::cold]] MICA_DECL void configure(sqlite3* db, int option, int wanted, const std::string& path) {
    int actual = -1;
    const int rc = sqlite3_db_config(db, option, wanted, &actual);
    if (rc != SQLITE_OK) throw_open_failure(db, rc, path);
    if (actual != wanted) throw_misuse("the SQLite library refused a safety setting");
}

struct Limit {
    int category;
    int most;
};

/// What a file of an enemy's may make a statement take (https://www.sqlite.org/limits.html): more than an honest one
/// needs, and little enough that its views and triggers end.
inline constexpr Limit limits_of_untrusted[] = {
    {SQLITE_LIMIT_LENGTH, 100'000'000},      {SQLITE_LIMIT_SQL_LENGTH, 1'000'000}, {SQLITE_LIMIT_EXPR_DEPTH, 200},
    {SQLITE_LIMIT_COMPOUND_SELECT, 50},      {SQLITE_LIMIT_VDBE_OP, 250'000},      {SQLITE_LIMIT_TRIGGER_DEPTH, 100},
    {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 500}, {SQLITE_LIMIT_WORKER_THREADS, 0},
};

/// Pages are checked as they are read, and no byte is read by mapping the file, which an enemy could change meanwhile.
[[gnu::cold]] MICA_DECL void defend(sqlite3* db, const std::string& path) {
    for (const Limit& limit : limits_of_untrusted) sqlite3_limit(db, limit.category, limit.most);
    std::string found;
    const auto keep_answer = [](void* answer, int, char** values, char**) noexcept {
        if (values[0] != nullptr) *static_cast<std::string*>(answer) = values[0];
        return 0;
    };
    const int rc = sqlite3_exec(db, "PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA quick_check(1)", keep_answer,
                                &found, nullptr);
    if (rc != SQLITE_OK) throw_open_failure(db, rc, path);
    if (std::string_view{found} == "ok") return;
    throw_typed(db, make_failure(SQLITE_CORRUPT, join({"the file is damaged: ", path})));
}

/// Switches to WAL where the file can: a medium that cannot is left as it is.
[[gnu::cold]] MICA_DECL void enable_wal(sqlite3* db, const OpenOptions& options, const std::string& path) {
    bool wal = false;
    const auto keep_answer = [](void* answer, int, char** values, char**) noexcept {
        *static_cast<bool*>(answer) = values[0] != nullptr && std::string_view(values[0]) == "wal";
        return 0;
    };
    // Of two connections that switch a new file at the same time, SQLite sends one away at once, without calling the
    // busy handler (the lock is an upgrade), so the waiting is done here.
    sqlite3_busy_timeout(db, 0);
    int rc = SQLITE_BUSY;
    for (int waited = 0;; waited += sqlite3_sleep(2)) {
        rc = sqlite3_exec(db, "PRAGMA journal_mode=WAL", keep_answer, &wal, nullptr);
        if ((rc & 0xff) != SQLITE_BUSY || waited >= options.busy_timeout_ms) break;
    }
    sqlite3_busy_timeout(db, options.busy_timeout_ms);
    if ((rc & 0xff) == SQLITE_READONLY) return;
    if (rc != SQLITE_OK) throw_open_failure(db, rc, path);
    // In WAL a power loss cannot corrupt the file with NORMAL; in the other modes it rarely can, so those keep FULL.
    if (!wal) return;
    rc = sqlite3_exec(db, "PRAGMA synchronous=NORMAL", nullptr, nullptr, nullptr);
    if (rc != SQLITE_OK) throw_open_failure(db, rc, path);
}

}  // namespace mica::sqlite::detail

namespace mica::sqlite {

void apply_safe_settings(sqlite3* db, const OpenOptions& options, const std::string& path) {
    if (const int rc = sqlite3_busy_timeout(db, options.busy_timeout_ms); rc != SQLITE_OK) {
        detail::throw_open_failure(db, rc, path);
    }
    detail::configure(db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, path);
    detail::configure(db, SQLITE_DBCONFIG_DQS_DML, 0, path);
    detail::configure(db, SQLITE_DBCONFIG_DQS_DDL, 0, path);
    detail::configure(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, options.untrusted ? 0 : 1, path);
    detail::configure(db, SQLITE_DBCONFIG_DEFENSIVE, 1, path);
    detail::configure(db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, path);
    // Opening reads nothing: only the first statement finds out that the file is no database.
    const int rc = sqlite3_exec(db, "SELECT 1 FROM sqlite_master LIMIT 1", nullptr, nullptr, nullptr);
    if (rc != SQLITE_OK) detail::throw_open_failure(db, rc, path);
    if (options.untrusted) detail::defend(db, path);
    const bool in_memory = options.mode == OpenMode::memory;
    if (!in_memory && sqlite3_db_readonly(db, "main") == 0) detail::enable_wal(db, options, path);
}

}  // namespace mica::sqlite
