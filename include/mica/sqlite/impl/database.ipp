// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/core/run_limits.hpp>
#include <mica/sqlite/database.hpp>

namespace mica::sqlite {

Database::Database(const std::string& path, const OpenOptions& options, const Encryption& encryption) : Database() {
    detail::require_library(sqlite3_libversion_number(), sqlite3_threadsafe());
    detail::require_sensible(path, options);
    const std::string name = detail::file_name(path, options);
    const int rc = sqlite3_open_v2(name.c_str(), &handle_, detail::open_flags(options), nullptr);
    if (rc != SQLITE_OK) detail::throw_open_failure(handle_, rc, path);
    apply_encryption(handle_, encryption);
    encryption_ = encryption;
    apply_safe_settings(handle_, options, path);
    thrown_ = ThrownInside::attach_to(handle_);
    register_values_function(handle_);
    register_rows_function(handle_);
    register_collect_function(handle_);
    register_keys_function(handle_);
    interruption_ = new Interruption{handle_};
}

Database::Database(Database&& other) noexcept
    : handle_(mica::detail::exchange(other.handle_, nullptr)),
      observer_(mica::detail::exchange(other.observer_, nullptr)),
      thrown_(mica::detail::exchange(other.thrown_, nullptr)),
      verbs_(std::move(other.verbs_)),
      settings_(std::move(other.settings_)),
      encryption_(std::move(other.encryption_)),
      interruption_(mica::detail::exchange(other.interruption_, nullptr)) {}

Database& Database::operator=(Database&& other) noexcept {
    Database taken{std::move(other)};
    mica::detail::swap(handle_, taken.handle_);
    mica::detail::swap(observer_, taken.observer_);
    mica::detail::swap(thrown_, taken.thrown_);
    mica::detail::swap(verbs_, taken.verbs_);
    mica::detail::swap(settings_, taken.settings_);
    mica::detail::swap(encryption_, taken.encryption_);
    mica::detail::swap(interruption_, taken.interruption_);
    return *this;
}

Database::~Database() {
    delete interruption_;
    delete observer_;
    sqlite3_close_v2(handle_);  // always SQLITE_OK
}

Statement Database::prepare(std::string_view sql, bool persistent) {
    require_text(sql);
    const First first = prepare_first(sql, persistent ? SQLITE_PREPARE_PERSISTENT : 0U);
    Statement statement(first.handle, thrown_);
    if (first.rc != SQLITE_OK) throw_failed_prepare(first.rc, sql);
    if (first.handle == nullptr) throw_misuse("no statement in the text", sql);
    if (first.length < sql.size()) require_end(sql.substr(first.length), sql);
    return statement;
}

void Database::execute_script(std::string_view sql) {
    require_text(sql);
    for (;;) {
        const std::size_t begin = sql.find_first_not_of(" \t\r\n");  // blanks in between belong to no statement
        if (begin == sql.npos) return;
        sql.remove_prefix(begin);
        const First first = prepare_first(sql, 0U);
        Statement statement(first.handle, thrown_);
        if (first.rc != SQLITE_OK) throw_script_failure(first, sql);
        if (first.handle == nullptr) return;
        while (statement.step()) {
        }
        sql.remove_prefix(first.length);
    }
}

namespace detail {

[[gnu::cold]] MICA_DECL std::string quoted_name(std::string_view name) {
    std::string quoted{"\""};
    for (const char& c : name) mica::detail::append(quoted, {c == '"' ? "\"" : "", mica::detail::letter(c)});
    quoted += '"';
    return quoted;
}

[[gnu::cold]] MICA_DECL std::string select_from_schema(std::string_view what, std::string_view schema,
                                                       std::string_view condition) {
    return mica::detail::join(
        {"SELECT ", what, " FROM ", quoted_name(schema.empty() ? "main" : schema), ".sqlite_master WHERE ", condition});
}

}  // namespace detail

std::string Database::schema_names() {
    Statement statement = prepare("PRAGMA database_list");
    std::string names;
    while (statement.step()) append_column(statement, 1, names);
    return names;
}

std::string Database::stored_schema(std::string_view schema) {
    Statement statement = prepare(detail::select_from_schema(
        "sql", schema,
        "sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND (type <> 'table' OR name NOT IN (SELECT name "
        "FROM pragma_table_list WHERE schema = ? AND type = 'shadow')) ORDER BY type IN ('index', 'trigger'), rowid"));
    statement.bind(1, schema.empty() ? std::string_view{"main"} : schema, Lifetime::borrowed);
    std::string texts;
    while (statement.step()) append_column(statement, 0, texts);
    return texts;
}

void Database::append_column(Statement& statement, int column, std::string& texts) {
    constexpr char end = '\0';
    mica::detail::append(texts, {statement.cell(column).text(), mica::detail::letter(end)});
}

bool Database::has_table(std::string_view schema, std::string_view name) {
    const std::string sql = detail::select_from_schema("1", schema, "type = 'table' AND name = ? COLLATE NOCASE");
    Statement statement = prepare(sql);
    statement.bind(1, name, Lifetime::borrowed);
    return statement.step();
}

bool Database::chooses_key(std::string_view schema, std::string_view table, std::string_view column) {
    const std::string key{column};
    const std::string from = mica::detail::join(
        {schema.empty() ? "" : detail::quoted_name(schema), schema.empty() ? "" : ".", detail::quoted_name(table)});
    // A column of the table may have one of these names itself; where all of them are taken, nobody can tell.
    for (const std::string_view rowid : {"rowid", "_rowid_", "oid"}) {
        try {
            const Statement statement = prepare(mica::detail::join({"SELECT ", rowid, " FROM ", from}));
            if (sqlite3_stricmp(sqlite3_column_name(statement.handle(), 0), key.c_str()) == 0) return true;
        } catch (const ProgrammingError&) {
            return true;
        }
    }
    Statement tables = prepare(
        "SELECT 1 FROM pragma_table_list(?1) AS found WHERE type = 'table' AND (?2 = '' OR schema = ?2 COLLATE NOCASE) "
        "AND "
        "(SELECT count(*) FROM pragma_table_info(?1, found.schema) WHERE lower(name) IN ('rowid', '_rowid_', 'oid')) < "
        "3");
    tables.bind(1, table, Lifetime::borrowed);
    tables.bind(2, schema, Lifetime::borrowed);
    return !tables.step();
}

void Database::run(Verb verb) {
    if (verb == Verb::refuse_writes || verb == Verb::allow_writes) return permit_writes(verb);
    Statement& statement = verbs_[static_cast<std::size_t>(verb)];
    if (statement.handle() == nullptr) statement = prepare(text_of(verb), true);
    const bool waits = verb == Verb::begin_immediate || verb == Verb::begin_exclusive;
    if (waits && mica::detail::innermost_limits != nullptr) [[unlikely]]
        return begin_within_limits(statement);
    while (statement.step()) {
    }
    statement.reset();
}

void Database::permit_writes(Verb verb) {
    // The same for every connection of a program. SQLite leaves open which of the two it is
    // (https://www.sqlite.org/pragma.html).
    static const bool is_set_by_compiling = [this] {
        const auto is_set_by = [this](Verb each) {
            prepare(text_of(each));
            Statement question = prepare("PRAGMA query_only");
            return question.step() && (sqlite3_column_int(question.handle(), 0) != 0) == (each == Verb::refuse_writes);
        };
        return is_set_by(Verb::refuse_writes) && is_set_by(Verb::allow_writes);
    }();
    Statement setting = prepare(text_of(verb));
    if (!is_set_by_compiling) setting.step();
}

void Database::begin_within_limits(Statement& begin) {
    struct Timeout {
        sqlite3* handle;
        int configured;
        ~Timeout() { sqlite3_busy_timeout(handle, configured); }
    } const timeout{handle_, detail::busy_timeout_of(handle_)};
    const LimitScope& limits = *mica::detail::innermost_limits;
    constexpr int slice = 20;  // milliseconds after which a request to stop is noticed
    for (int left = timeout.configured;; left -= slice) {
        limits.require_time();
        sqlite3_busy_timeout(handle_, static_cast<int>(limits.milliseconds_left(left < slice ? left : slice)));
        try {
            begin.step();
            begin.reset();
            return;
        } catch (const OperationalError& error) {
            if (!error.is_busy() || left <= slice) throw;
        }
    }
}

bool Database::has_unresolved_foreign_keys() const noexcept {
    int unresolved = 0;
    int highest = 0;
    sqlite3_db_status(handle_, SQLITE_DBSTATUS_DEFERRED_FKS, &unresolved, &highest, 0);
    return unresolved != 0;
}

detail::Observer& Database::observer() {
    if (observer_ == nullptr) observer_ = new detail::Observer{handle_};
    return *observer_;
}

void Database::require_text(std::string_view sql) {
    if (sql.size() > 0x7fff'ffff) throw_misuse("SQL text is longer than 2 GiB");
    // SQLite stops at a NUL and would run the first half.
    if (sql.find('\0') != sql.npos) throw_misuse("SQL text cannot hold a NUL");
}

Database::First Database::prepare_first(std::string_view sql, unsigned flags) noexcept {
    First first;
    if (sql.empty()) return first;
    const char* tail = sql.data();
    first.rc = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()), flags, &first.handle, &tail);
    first.length = static_cast<std::size_t>(tail - sql.data());
    return first;
}

void Database::require_end(std::string_view rest, std::string_view whole) {
    const First second = prepare_first(rest, 0U);
    const Statement finalized(second.handle);
    thrown_->forget();  // by a function that was called to plan what is refused anyway
    if ((second.rc & 0xff) == SQLITE_NOMEM) throw_failure(handle_, second.rc, whole);
    if (second.rc != SQLITE_OK || second.handle != nullptr) throw_misuse("one statement at a time", whole);
}

void Database::throw_failed_prepare(int rc, std::string_view sql) {
    if (thrown_ != nullptr && thrown_->is_there())
        thrown_->throw_again();  // SQLite calls functions of constants to plan
    throw_failure(handle_, rc, sql);
}

void Database::throw_script_failure(const First& first, std::string_view sql) {
    const bool complete = first.length > 0 && sql[first.length - 1] == ';';
    throw_failed_prepare(first.rc, sql.substr(0, complete ? first.length : sql.find(';', first.length)));
}

}  // namespace mica::sqlite
