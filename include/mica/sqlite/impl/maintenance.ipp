// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/text.hpp>
#include <mica/sqlite/failure.hpp>
#include <mica/sqlite/maintenance.hpp>
#include <mica/sqlite/options.hpp>
#include <mica/sqlite/settings.hpp>
#include <mica/sqlite/statement.hpp>

#include <cstdio>

namespace mica::sqlite {

namespace detail {

/// Does not tell the path, which is bound.
[[gnu::cold]] MICA_DECL void step_attach(sqlite3* db, const Statement& attach) {
    const int rc = sqlite3_step(attach.handle());
    if (can_encrypt && (rc & 0xff) == SQLITE_NOTADB) throw_open_failure(db, rc, {});
    if (rc != SQLITE_DONE) throw_statement_failure(attach.handle(), rc);
}

/// A copy under way and its target, both ended at the end of the scope.
struct Backup {
    Backup() = default;
    Backup(const Backup&) = delete;
    Backup& operator=(const Backup&) = delete;
    ~Backup() {
        finish();
        sqlite3_close(target);
    }

    int finish() noexcept {
        sqlite3_backup* const ended = handle;
        handle = nullptr;
        return ended == nullptr ? SQLITE_OK : sqlite3_backup_finish(ended);
    }

    sqlite3* target = nullptr;
    sqlite3_backup* handle = nullptr;
};

Statement prepare_once(sqlite3* db, const char* sql) {
    sqlite3_stmt* handle = nullptr;
    check(db, sqlite3_prepare_v2(db, sql, -1, &handle, nullptr), sql);
    return Statement{handle};
}

[[gnu::cold]] MICA_DECL bool has_content(const std::string& path) {
    std::FILE* const file = std::fopen(path.c_str(), "rb");
    if (file == nullptr) return false;
    const bool has_one_byte = std::fgetc(file) != EOF;
    std::fclose(file);
    return has_one_byte;
}

/// Whether both are open on one file: a copy of it to itself would wait for its own lock.
[[gnu::cold]] MICA_DECL bool is_same_file(sqlite3* left, sqlite3* right) noexcept {
    const char* const one = sqlite3_db_filename(left, "main");
    const char* const other = sqlite3_db_filename(right, "main");
    return one != nullptr && other != nullptr && *one != '\0' && std::string_view{one} == other;
}

/// Some pages, or all; waits for locks in short naps, since a step does not. True where it was the last.
[[gnu::cold]] MICA_DECL bool copy_pages(Backup& backup, int pages, int busy_timeout_ms, const std::string& path) {
    constexpr int nap_ms = 5;
    for (int waited = 0;; waited += nap_ms) {
        const int rc = sqlite3_backup_step(backup.handle, pages);
        if (rc == SQLITE_DONE) return true;
        if (rc == SQLITE_OK) return false;
        if ((rc != SQLITE_BUSY && rc != SQLITE_LOCKED) || waited >= busy_timeout_ms) {
            backup.finish();
            if (rc == SQLITE_NOTADB) throw_open_failure(backup.target, rc, path);
            throw_failure(backup.target, rc, {});
        }
        sqlite3_sleep(nap_ms);
    }
}

}  // namespace detail

void backup(sqlite3* db, const Encryption& encryption, const std::string& path, const BackupOptions& options) {
    if (path.empty() || path.find('\0') != path.npos) throw_misuse("a backup needs the path of a file");
    detail::Backup backup;
    const int opened = sqlite3_open_v2(path.c_str(), &backup.target,
                                       SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    check(backup.target, opened);
    sqlite3_extended_result_codes(backup.target, 1);
    apply_encryption(backup.target, encryption);
    if (detail::is_same_file(db, backup.target)) throw_misuse("a database cannot be backed up to itself");
    backup.handle = sqlite3_backup_init(backup.target, "main", db, "main");
    if (backup.handle == nullptr) throw_failure(backup.target, sqlite3_errcode(backup.target), {});
    const int busy_timeout_ms = detail::busy_timeout_of(db);
    for (bool is_done = false; !is_done;) {
        is_done =
            detail::copy_pages(backup, options.pages_per_step > 0 ? options.pages_per_step : -1, busy_timeout_ms, path);
        const int total = sqlite3_backup_pagecount(backup.handle);
        if (!options.progress(total - sqlite3_backup_remaining(backup.handle), total) && !is_done)
            throw_typed(nullptr, make_failure(SQLITE_INTERRUPT, "the backup was stopped"));
    }
    check(backup.target, backup.finish());
}

CheckpointResult checkpoint(sqlite3* db, CheckpointMode mode) {
    static constexpr int modes[] = {SQLITE_CHECKPOINT_PASSIVE, SQLITE_CHECKPOINT_FULL, SQLITE_CHECKPOINT_RESTART,
                                    SQLITE_CHECKPOINT_TRUNCATE};
    int log = 0;
    int done = 0;
    const int rc = sqlite3_wal_checkpoint_v2(db, "main", modes[static_cast<int>(mode)], &log, &done);
    if ((rc & 0xff) != SQLITE_BUSY) check(db, rc);
    return {rc != SQLITE_OK, log < 0 ? 0 : log, done < 0 ? 0 : done};
}

void vacuum_into(sqlite3* db, const Encryption& encryption, const std::string& path) {
    // Of encryption, VACUUM INTO takes over the key alone: the copy could be read with nothing.
    if (Encryption{.key = encryption.key} == encryption) {
        Statement statement = detail::prepare_once(db, "VACUUM INTO ?");
        statement.bind(1, path, Lifetime::borrowed);
        statement.step();
        return;
    }
    if (detail::has_content(path)) throw_typed(nullptr, make_failure(SQLITE_ERROR, "output file already exists"));
    backup(db, encryption, path, {.pages_per_step = 0});
    detail::OpenFile copy;
    check(copy.handle, sqlite3_open_v2(path.c_str(), &copy.handle, SQLITE_OPEN_READWRITE, nullptr));
    apply_encryption(copy.handle, encryption);
    run_once(copy.handle, "VACUUM");
}

std::vector<std::string> integrity_check(sqlite3* db) {
    Statement statement = detail::prepare_once(db, "PRAGMA integrity_check");
    std::vector<std::string> problems;
    while (statement.step()) {
        const std::string_view line = statement.cell(0).text();
        if (line != "ok") problems.emplace_back(line);
    }
    return problems;
}

std::vector<std::string> foreign_key_check(sqlite3* db) {
    // The row of a table WITHOUT ROWID has no number.
    Statement statement = detail::prepare_once(
        db,
        "SELECT ifnull('row ' || missing.rowid, 'a row') || ' of ' || missing.\"table\" || ' references a row of ' || "
        "missing.parent || ' that is not there (' || key.columns || ')' FROM pragma_foreign_key_check AS missing "
        "JOIN (SELECT owner.name AS child, id, group_concat(\"from\", ', ') AS columns FROM sqlite_master AS owner, "
        "pragma_foreign_key_list(owner.name) WHERE owner.type = 'table' GROUP BY owner.name, id) AS key "
        "ON key.child = missing.\"table\" AND key.id = missing.fkid ORDER BY 1");
    std::vector<std::string> problems;
    while (statement.step()) problems.emplace_back(statement.cell(0).text());
    return problems;
}

void run_once(sqlite3* db, const char* sql) {
    Statement statement = detail::prepare_once(db, sql);
    while (statement.step()) {
    }
}

void attach(sqlite3* db, std::string_view path, std::string_view name) {
    Statement statement = detail::prepare_once(db, "ATTACH ? AS ?");
    statement.bind(1, path, Lifetime::borrowed);
    statement.bind(2, name, Lifetime::borrowed);
    detail::step_attach(db, statement);
}

void attach(sqlite3* db, std::string_view path, std::string_view name, const EncryptionKey& key) {
    if (!can_encrypt && !key.empty()) throw_cannot_encrypt();
    Statement statement = detail::prepare_once(db, "ATTACH ? AS ? KEY ?");
    statement.bind(1, path, Lifetime::borrowed);
    statement.bind(2, name, Lifetime::borrowed);
    bind_key(statement, 3, key);
    detail::step_attach(db, statement);
}

void detach(sqlite3* db, std::string_view name) {
    Statement statement = detail::prepare_once(db, "DETACH ?");
    statement.bind(1, name, Lifetime::borrowed);
    statement.step();
}

}  // namespace mica::sqlite
