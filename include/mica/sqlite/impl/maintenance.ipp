// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/text.hpp>
#include <mica/sqlite/failure.hpp>
#include <mica/sqlite/maintenance.hpp>
#include <mica/sqlite/options.hpp>
#include <mica/sqlite/settings.hpp>
#include <mica/sqlite/statement.hpp>

#include <sys/stat.h>

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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

/// Only looks: to close a file takes away every lock that this process has on it, as on a database that is open here.
[[gnu::cold]] MICA_DECL bool has_content(const char* path) noexcept {
    struct stat found{};
    return ::stat(path, &found) == 0 && found.st_size > 0;
}

/// Whether both are open on one file, by whatever names: a copy of it to itself would wait for its own lock, and under
/// another name write into a log of its own.
[[gnu::cold]] MICA_DECL bool is_same_file(sqlite3* left, sqlite3* right) noexcept {
    const char* const one = sqlite3_db_filename(left, "main");
    const char* const other = sqlite3_db_filename(right, "main");
    struct stat first{};
    struct stat second{};
    return one != nullptr && other != nullptr && ::stat(one, &first) == 0 && ::stat(other, &second) == 0 &&
           first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

/// What SQLite's functions would take for a database without a name, or cut off.
[[gnu::cold]] MICA_DECL void require_path(const std::string& path) {
    if (path.empty() || path.find('\0') != path.npos) throw_misuse("a copy needs the path of a file");
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
    detail::require_path(path);
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
    detail::require_path(path);
    if (detail::has_content(path.c_str()))
        throw_typed(nullptr, make_failure(SQLITE_CANTOPEN,
                                          mica::detail::join({"cannot make a new file: ", path, " is there already"})));
    // Of encryption, VACUUM INTO takes over the key alone: the copy could be read with nothing.
    if (Encryption{.key = encryption.key} == encryption) {
        Statement statement = detail::prepare_once(db, "VACUUM INTO ?");
        statement.bind(1, path, Lifetime::borrowed);
        statement.step();
        return;
    }
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

namespace detail {

/// Both are sorted.
[[gnu::cold]] MICA_DECL std::vector<std::string> merged(std::vector<std::string>& left,
                                                        std::vector<std::string>& right) {
    std::vector<std::string> all;
    all.reserve(left.size() + right.size());
    std::size_t taken = 0;
    for (std::string& text : right) {
        while (taken < left.size() && left[taken] < text) all.push_back(std::move(left[taken++]));
        all.push_back(std::move(text));
    }
    while (taken < left.size()) all.push_back(std::move(left[taken++]));
    return all;
}

}  // namespace detail

std::vector<std::string> foreign_key_check(sqlite3* db) {
    // Table by table: one whose key matches none of its parent's, which is an error, keeps no other from being checked.
    Statement tables = detail::prepare_once(db,
                                            "SELECT DISTINCT child.schema, child.name FROM pragma_table_list AS child, "
                                            "pragma_foreign_key_list(child.name, child.schema)");
    // The row of a table WITHOUT ROWID has no number.
    Statement rows = detail::prepare_once(
        db,
        "SELECT ifnull('row ' || missing.rowid, 'a row') || ' of ' || ?3 || ?1 || ' references a row of ' || ?3 || "
        "missing.parent || ' that is not there (' || key.columns || ')' FROM pragma_foreign_key_check(?1, ?2) AS "
        "missing JOIN (SELECT id, group_concat(\"from\", ', ') AS columns FROM pragma_foreign_key_list(?1, ?2) GROUP "
        "BY "
        "id) AS key ON key.id = missing.fkid ORDER BY 1");
    std::vector<std::string> problems;
    while (tables.step()) {
        const std::string schema{tables.cell(0).text()};
        const std::string prefix = schema == "main" ? std::string{} : mica::detail::join({schema, "."});
        rows.bind(1, tables.cell(1).text(), Lifetime::copied);
        rows.bind(2, schema, Lifetime::copied);
        rows.bind(3, prefix, Lifetime::copied);
        std::vector<std::string> found;
        try {
            while (rows.step()) found.emplace_back(rows.cell(0).text());
        } catch (const ProgrammingError& error) {
            found = {error.failure().message};
        }
        rows.reset();
        if (!found.empty()) problems = detail::merged(problems, found);
    }
    return problems;
}

namespace detail {

/// What the database itself makes of parts between quotes.
[[gnu::cold]] MICA_DECL std::string in_quotes(std::initializer_list<std::string_view> parts, char quote) {
    const std::string text = mica::detail::join(parts);
    std::string quoted = mica::detail::join({mica::detail::letter(quote)});
    for (const char& c : text) {
        if (c == quote) mica::detail::append(quoted, {mica::detail::letter(quote)});
        mica::detail::append(quoted, {mica::detail::letter(c)});
    }
    mica::detail::append(quoted, {mica::detail::letter(quote)});
    return quoted;
}

/// A row becomes a statement that inserts it, which the database writes itself.
[[gnu::cold]] MICA_DECL void keep_rows(sqlite3* db, std::string_view schema, std::string_view name,
                                       std::string_view values, KeptStatistics& kept) {
    const std::string in = in_quotes({schema}, '"');
    const std::string table = mica::detail::join({in, ".", name});
    const std::string_view columns = "(SELECT group_concat(ifnull(name, '')) FROM pragma_index_info(";
    const std::string of_schema = mica::detail::join({", ", in_quotes({schema}, '\''), "))"});
    Statement there = prepare_once(
        db, mica::detail::join({"SELECT 1 FROM ", in, ".sqlite_master WHERE name = '", name, "'"}).c_str());
    if (!there.step()) return;
    Statement rows = prepare_once(
        db,
        mica::detail::join(
            {"SELECT ", in_quotes({"SELECT count(*) FROM ", table, " WHERE tbl = "}, '\''), " || quote(tbl), ",
             in_quotes({"INSERT INTO ", table, " SELECT "}, '\''), " || quote(tbl) || ', ' || quote(idx) || ', ' || ",
             values, " || ",
             in_quotes({" WHERE EXISTS (SELECT 1 FROM ", in, ".sqlite_master WHERE type = 'table' AND name = "}, '\''),
             " || quote(tbl) || ') AND (' || quote(idx) || ' IS NULL OR ' || ", in_quotes({columns}, '\''),
             " || quote(idx) || ", in_quotes({of_schema}, '\''), " || ' = ' || quote(", columns, "idx", of_schema,
             ") || ')' FROM ", table, " ORDER BY rowid"})
            .c_str());
    while (rows.step()) {
        kept.rows.push_back({std::string{rows.cell(0).text()}, std::string{rows.cell(1).text()},
                             mica::detail::join({"ANALYZE ", in, ".sqlite_master"})});
    }
}

}  // namespace detail

KeptStatistics keep_statistics(sqlite3* db) {
    KeptStatistics kept;
    Statement schemas = detail::prepare_once(db, "PRAGMA database_list");
    while (schemas.step()) {
        const std::string schema{schemas.cell(1).text()};
        detail::keep_rows(db, schema, "sqlite_stat1", "quote(stat)", kept);
        detail::keep_rows(db, schema, "sqlite_stat4",
                          "quote(neq) || ', ' || quote(nlt) || ', ' || quote(ndlt) || ', ' || quote(sample)", kept);
    }
    return kept;
}

void put_back_statistics(sqlite3* db, const KeptStatistics& kept) {
    mica::detail::List<const KeptStatistics::Row*> lost;
    for (const KeptStatistics::Row& row : kept.rows) {
        Statement count = detail::prepare_once(db, row.count.c_str());
        if (count.step() && count.cell(0).integer() == 0) lost.push_back(&row);
    }
    for (std::size_t i = 0; i < lost.size(); ++i) {
        run_once(db, lost[i]->insert.c_str());
        const bool is_last = i + 1 == lost.size() || lost[i + 1]->read_anew != lost[i]->read_anew;
        if (is_last) run_once(db, lost[i]->read_anew.c_str());
    }
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
