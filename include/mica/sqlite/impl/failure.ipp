// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/sqlite/check_constraint.hpp>
#include <mica/sqlite/failure.hpp>
#include <mica/sqlite/observer.hpp>

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace mica::sqlite::detail {

using mica::detail::join;

constexpr ErrorKind error_kind(int code) noexcept {
    switch (code) {
        case SQLITE_BUSY: return ErrorKind::busy;
        case SQLITE_LOCKED: return ErrorKind::locked;
        case SQLITE_NOMEM: return ErrorKind::out_of_memory;
        case SQLITE_READONLY: return ErrorKind::read_only;
        case SQLITE_INTERRUPT: return ErrorKind::interrupted;
        case SQLITE_IOERR: return ErrorKind::io_error;
        case SQLITE_CORRUPT: return ErrorKind::corrupt;
        case SQLITE_FULL: return ErrorKind::full;
        case SQLITE_CANTOPEN: return ErrorKind::cannot_open;
        case SQLITE_NOTADB: return ErrorKind::not_a_database;
        default: return ErrorKind::other;
    }
}

inline constexpr std::string_view broken_foreign_key = "FOREIGN KEY constraint failed";

/// Reads "t.a, t.b" under the assumption that the table's name ends at `dot`.
[[gnu::cold]] MICA_DECL ConstraintTarget split_target(std::string_view text, std::size_t dot) {
    ConstraintTarget target;
    target.table = text.substr(0, dot);
    const std::string separator = join({", ", target.table, "."});
    std::string_view rest = text.substr(dot + 1);
    for (std::size_t end = rest.find(separator); end != rest.npos; end = rest.find(separator)) {
        target.columns.push_back(rest.substr(0, end));
        rest.remove_prefix(end + separator.size());
    }
    target.columns.push_back(rest);
    return target;
}

[[gnu::cold]] MICA_DECL bool exists(sqlite3* db, const ConstraintTarget& target) {
    const std::string table = join({target.table});
    for (const std::string_view column : target.columns) {
        if (sqlite3_table_column_metadata(db, nullptr, table.c_str(), join({column}).c_str(), nullptr, nullptr, nullptr,
                                          nullptr, nullptr) != SQLITE_OK) {
            return false;
        }
    }
    return true;
}

ConstraintTarget parse_target(sqlite3* db, std::string_view text) {
    const std::size_t first_dot = text.find('.');
    const bool names_an_index = text.starts_with("index '") && text.ends_with('\'');  // unique index over expressions
    if (first_dot == text.npos || names_an_index) return {};
    ConstraintTarget first = split_target(text, first_dot);
    bool ambiguous = false;
    for (const std::string_view column : first.columns) ambiguous = ambiguous || column.find('.') != column.npos;
    if (!ambiguous || db == nullptr) return first;
    for (std::size_t dot = first_dot; dot != text.npos; dot = text.find('.', dot + 1)) {
        ConstraintTarget candidate = split_target(text, dot);
        if (exists(db, candidate)) return candidate;
    }
    return first;
}

constexpr std::string_view text_after(std::string_view text, std::string_view mark) noexcept {
    const std::size_t begin = text.find(mark);
    return begin == text.npos ? std::string_view{} : text.substr(begin + mark.size());
}

constexpr ConstraintKind constraint_kind(int extended_code) noexcept {
    switch (extended_code) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_ROWID: return ConstraintKind::unique;
        case SQLITE_CONSTRAINT_PRIMARYKEY: return ConstraintKind::primary_key;
        case SQLITE_CONSTRAINT_FOREIGNKEY: return ConstraintKind::foreign_key;
        case SQLITE_CONSTRAINT_NOTNULL: return ConstraintKind::not_null;
        case SQLITE_CONSTRAINT_CHECK: return ConstraintKind::check;
        case SQLITE_CONSTRAINT_DATATYPE: return ConstraintKind::datatype;
        default: return ConstraintKind::other;  // RAISE() in a trigger, virtual tables, hooks
    }
}

[[noreturn, gnu::cold]] MICA_DECL void throw_constraint(sqlite3* db, const Failure& failure) {
    ConstraintKind kind = constraint_kind(failure.extended_code);
    const std::string_view message = failure.message;
    constexpr std::string_view unique = "UNIQUE constraint failed: ";
    // R-Tree reports its unique key by the primary code alone.
    if (failure.extended_code == SQLITE_CONSTRAINT && message.starts_with(unique)) kind = ConstraintKind::unique;
    // ON DELETE RESTRICT and ON UPDATE RESTRICT are triggers of SQLite's own.
    if (failure.extended_code == SQLITE_CONSTRAINT_TRIGGER && message == broken_foreign_key) {
        kind = ConstraintKind::foreign_key;
    }
    std::string_view named;
    switch (kind) {
        case ConstraintKind::unique:
        case ConstraintKind::primary_key:
        case ConstraintKind::not_null: named = text_after(message, "constraint failed: "); break;
        case ConstraintKind::datatype: named = text_after(message, " column "); break;
        case ConstraintKind::foreign_key:
        case ConstraintKind::check:
        case ConstraintKind::other: break;  // SQLite names no table
    }
    ConstraintTarget target = parse_target(db, named);
    Failure told = failure;
    std::string constraint;
    CheckTarget check;
    if (kind == ConstraintKind::check) {
        constraint = join({text_after(message, "constraint failed: ")});
        check = find_check(db, constraint);
        target.table = check.table;
        for (const std::string& column : check.columns) target.columns.push_back(column);
    } else if (named.starts_with("index '") && named.ends_with('\'')) {
        constraint = name_of({named.substr(6), '"'});
    }
    told.says_all = !target.table.empty() || !constraint.empty();
    throw_reported(db, IntegrityError(told, kind, target.table, target.columns, constraint));
}

/// True if SQLite's text for the catch-all code SQLITE_ERROR says that a value does not fit.
[[gnu::cold]] MICA_DECL bool blames_a_value(std::string_view message) noexcept {
    for (std::string_view start :
         {"integer overflow", "malformed JSON", "bad JSON path", "JSON path error", "JSON cannot hold BLOB",
          "json_object() labels", "LIKE or GLOB pattern", "ESCAPE expression", "argument of ntile",
          "second argument to nth_value", "frame starting offset", "frame ending offset", "fts5: syntax error",
          "malformed MATCH expression", "unterminated string", "unknown special query", "expected integer, got",
          "parse error in rank function", "unrecognized matchinfo request"}) {
        if (message.starts_with(start)) return true;
    }
    return false;
}

/// True if SQLite's text for SQLITE_ERROR says that the tables are not those the statement was written for.
[[gnu::cold]] MICA_DECL bool blames_the_schema(std::string_view message) noexcept {
    for (std::string_view start :
         {"no such table", "no such column", "no such index", "no such view", "foreign key mismatch",
          "cannot INSERT into generated column", "cannot UPDATE generated column"}) {
        if (message.starts_with(start)) return true;
    }
    for (std::string_view part : {" has no column named ", " values were supplied",
                                  "ON CONFLICT clause does not match any PRIMARY KEY or UNIQUE constraint"}) {
        if (message.find(part) != message.npos) return true;
    }
    return false;
}

bool remove_quoted_value(Failure& failure) {
    const bool may_quote = failure.code == SQLITE_ERROR || failure.code == SQLITE_CANTOPEN;
    if (!may_quote || failure.offset >= 0) return false;  // an offset points at the text: no value is to blame
    const std::string_view message = failure.message;
    for (std::string_view before :
         {"JSON path error near ", "bad JSON path: ", "fts5: syntax error near ", "no such column: ",
          "no such function: ", "malformed MATCH expression: ", "unknown special query: ", "expected integer, got ",
          "parse error in rank function: ", "unrecognized matchinfo request: ", "unknown tokenizer: ",
          "unable to open database: ", "no such database: ", "cannot detach database ",
          "no such vfs: ", "no such access mode: ", "no such cache mode: ", "invalid uri authority: "}) {
        if (!message.starts_with(before)) continue;
        failure.message.replace(before.size(), message.npos, "...");
        return true;
    }
    constexpr std::string_view before = "database ";
    for (std::string_view after : {" is already in use", " is locked"}) {
        if (message.size() <= before.size() + after.size() || !message.starts_with(before)) continue;
        if (!message.ends_with(after)) continue;
        failure.message.replace(before.size(), message.size() - before.size() - after.size(), "...");
        return true;
    }
    return false;
}

}  // namespace mica::sqlite::detail

namespace mica::sqlite {

Failure make_failure(int extended_code, std::string_view message, std::string_view sql) {
    const int code = extended_code & 0xff;
    return {.kind = detail::error_kind(code),
            .code = code,
            .extended_code = extended_code,
            .message = std::string(message),
            .sql = std::string(sql),
            .says_all = detail::error_kind(code) != ErrorKind::other};
}

Failure foreign_key_failure(std::string_view sql) {
    return make_failure(SQLITE_CONSTRAINT_FOREIGNKEY, detail::broken_foreign_key, sql);
}

Failure collect_failure(sqlite3* db, int rc, std::string_view sql) {
    Failure failure = make_failure(rc, {}, sql);
    const int recorded = db == nullptr ? SQLITE_OK : sqlite3_extended_errcode(db);
    // Some calls return a code without recording it: the connection's message is then an older error's.
    if (db != nullptr && (recorded & 0xff) == failure.code) {
        if (recorded > 0xff) failure.extended_code = recorded;
        failure.message = sqlite3_errmsg(db);
        if (failure.message == "no such module: fts5") {
            mica::detail::append(failure.message,
                                 {"; this SQLite was built without SQLITE_ENABLE_FTS5, which full-text "
                                  "indexes need"});
        }
        if (failure.message == "no such function: REGEXP") {
            mica::detail::append(failure.message,
                                 {"; engine.use_regexp() of <mica/regexp.hpp> gives it one, and so does "
                                  "create_function(\"regexp\", …)"});
        }
        if (!sql.empty()) failure.offset = sqlite3_error_offset(db);
        if (failure.code == SQLITE_ERROR && failure.message.starts_with("unsafe use of ") &&
            failure.message.ends_with("()")) {
            mica::detail::append(failure.message,
                                 {": the schema may call functions of the program that are mica::innocuous"});
        }
    } else {
        failure.message = sqlite3_errstr(rc);
    }
    return failure;
}

void throw_typed(sqlite3* db, const Failure& failure) {
    switch (failure.code) {
        case SQLITE_CONSTRAINT: detail::throw_constraint(db, failure);
        case SQLITE_INTERRUPT: detail::throw_reported(db, InterruptedError(failure));
        case SQLITE_TOOBIG:
            if (failure.message == "statement too long") detail::throw_reported(db, ProgrammingError(failure));
            detail::throw_reported(db, DataError(failure));
        case SQLITE_MISMATCH: detail::throw_reported(db, DataError(failure));
        case SQLITE_ERROR:
        case SQLITE_SCHEMA:  // also returned with another failure's text, if the schema changed at the same time
            if (detail::blames_a_value(failure.message)) detail::throw_reported(db, DataError(failure));
            if (detail::blames_the_schema(failure.message)) detail::throw_reported(db, SchemaMismatch(failure));
            if (failure.message == "unsupported file format") detail::throw_reported(db, OperationalError(failure));
            detail::throw_reported(db, ProgrammingError(failure));
        case SQLITE_MISUSE:
        case SQLITE_RANGE: detail::throw_reported(db, ProgrammingError(failure));
        default: detail::throw_reported(db, OperationalError(failure));
    }
}

void throw_failure(sqlite3* db, int rc, std::string_view sql) { throw_typed(db, collect_failure(db, rc, sql)); }

void throw_statement_failure(sqlite3_stmt* statement, int rc) {
    struct Reset {
        sqlite3_stmt* statement;
        ~Reset() { sqlite3_reset(statement); }  // returns the error that is already on its way
    } reset{statement};
    sqlite3* const db = sqlite3_db_handle(statement);
    const char* const sql = sqlite3_sql(statement);
    Failure failure = collect_failure(db, rc, sql == nullptr ? std::string_view{} : sql);
    // A running statement has found its own names: this is one that FTS5 looked for in a bound query.
    if (detail::remove_quoted_value(failure) &&
        (failure.message == "no such column: ..." || failure.message == "no such function: ...")) {
        detail::throw_reported(db, DataError(failure));
    }
    throw_typed(db, failure);
}

void throw_misuse(std::string_view message, std::string_view sql) {
    mica::detail::refuse<ProgrammingError>({message}, sql);
}

}  // namespace mica::sqlite
