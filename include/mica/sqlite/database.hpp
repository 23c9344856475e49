// SPDX-License-Identifier: BSL-1.0
// One open connection, opened safe and closed without throwing. It prepares one statement at a time and runs scripts.
#pragma once

#include <mica/core/error.hpp>
#include <mica/core/verb.hpp>
#include <mica/sqlite/failure.hpp>
#include <mica/sqlite/options.hpp>
#include <mica/sqlite/statement.hpp>
#include <mica/sqlite/values_function.hpp>

#include <sqlite3.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace mica::sqlite {

/// Owns a connection (https://www.sqlite.org/c3ref/sqlite3.html). Statements may outlive it: SQLite keeps the
/// connection until the last of them is gone (https://www.sqlite.org/c3ref/close.html). A moved-from database refuses
/// to prepare; nothing else may be asked of it but assignment and destruction.
///
/// Thread safety: opened without SQLite's mutex, so one thread at a time; only `interrupt()` may come from another.
class Database {
public:
    /// Opens and makes safe, see `apply_safe_settings`. Throws OperationalError for a file that is missing, unreadable
    /// or no database, ProgrammingError for options that contradict each other.
    Database(const std::string& path, const OpenOptions& options) : Database() {
        detail::require_library(sqlite3_libversion_number(), sqlite3_threadsafe());
        detail::require_sensible(path, options);
        const std::string name = detail::file_name(path, options);
        const int rc = sqlite3_open_v2(name.c_str(), &handle_, detail::open_flags(options), nullptr);
        if (rc != SQLITE_OK) detail::throw_open_failure(handle_, rc, path);
        apply_safe_settings(handle_, options, path);
        register_values_function(handle_);
    }

    Database(Database&& other) noexcept
        : handle_(std::exchange(other.handle_, nullptr)), verbs_(std::move(other.verbs_)) {}
    Database& operator=(Database&& other) noexcept {
        Database taken{std::move(other)};
        std::swap(handle_, taken.handle_);
        std::swap(verbs_, taken.verbs_);
        return *this;
    }
    ~Database() { sqlite3_close_v2(handle_); }  // always SQLITE_OK

    /// Prepares the one statement in `sql`; nothing but blanks, comments and semicolons may stand around it.
    /// `persistent` tells SQLite that it will be kept for long. The text is copied.
    /// Throws SchemaMismatch or ProgrammingError for a text that cannot be prepared.
    Statement prepare(std::string_view sql, bool persistent = false) {
        require_text(sql);
        const First first = prepare_first(sql, persistent ? SQLITE_PREPARE_PERSISTENT : 0U);
        Statement statement(first.handle);
        if (first.rc != SQLITE_OK) throw_failure(handle_, first.rc, sql);
        if (first.handle == nullptr) throw_misuse("no statement in the text", sql);
        if (first.length < sql.size()) require_end(sql.substr(first.length), sql);
        return statement;
    }

    /// Runs every statement of `sql` in turn and discards their rows. Stops at the first that fails: those before it
    /// have taken effect, unless the caller's transaction undoes them.
    void execute_script(std::string_view sql) {
        require_text(sql);
        while (!sql.empty()) {
            const First first = prepare_first(sql, 0U);
            Statement statement(first.handle);
            if (first.rc != SQLITE_OK) throw_script_failure(first, sql);
            if (first.handle == nullptr) return;
            while (statement.step()) {
            }
            sql.remove_prefix(first.length);
        }
    }

    /// Does what every connection is asked for; the statement for it stays prepared.
    void run(Verb verb) {
        Statement& statement = verbs_[static_cast<std::size_t>(verb)];
        if (statement.handle() == nullptr) statement = prepare(text_of(verb), true);
        while (statement.step()) {
        }
        statement.reset();
    }
    static constexpr std::string_view text_of(Verb verb) noexcept {
        switch (verb) {
            case Verb::begin_deferred: return "BEGIN DEFERRED";
            case Verb::begin_immediate: return "BEGIN IMMEDIATE";
            case Verb::begin_exclusive: return "BEGIN EXCLUSIVE";
            case Verb::commit: return "COMMIT";
            case Verb::rollback: return "ROLLBACK";
            // All savepoints share one name: SQL means the innermost.
            case Verb::savepoint: return "SAVEPOINT mica";
            case Verb::release: return "RELEASE mica";
            case Verb::rollback_to: return "ROLLBACK TO mica";
            case Verb::refuse_writes: return "PRAGMA query_only = ON";
            case Verb::allow_writes: return "PRAGMA query_only = OFF";
            case Verb::defer_foreign_keys: return "PRAGMA defer_foreign_keys = ON";
            case Verb::check_foreign_keys: return "PRAGMA defer_foreign_keys = OFF";
        }
        return {};
    }

    /// Rows changed since the connection was opened, with those of triggers and foreign key actions: a statement that
    /// leaves it as it was has changed nothing.
    std::int64_t revision() const noexcept { return sqlite3_total_changes64(handle_); }

    /// What SQLite says, which may differ from what was asked of it: some errors end a transaction by themselves
    /// (https://www.sqlite.org/c3ref/get_autocommit.html).
    bool in_transaction() const noexcept { return sqlite3_get_autocommit(handle_) == 0; }

    /// Whether rows reference parents that are not there, which a COMMIT would refuse
    /// (https://www.sqlite.org/c3ref/c_dbstatus_options.html).
    bool has_unresolved_foreign_keys() const noexcept {
        int unresolved = 0;
        int highest = 0;
        sqlite3_db_status(handle_, SQLITE_DBSTATUS_DEFERRED_FKS, &unresolved, &highest, 0);
        return unresolved != 0;
    }

    /// Makes the statements that are running now throw InterruptedError. May be called from another thread, as long as
    /// the database is not closed or moved meanwhile.
    void interrupt() noexcept { sqlite3_interrupt(handle_); }

    /// As SQLITE_VERSION_NUMBER, but of the library the program runs with.
    static int library_version() noexcept { return sqlite3_libversion_number(); }

    sqlite3* handle() const noexcept { return handle_; }

private:
    Database() noexcept = default;

    /// What SQLite made of the first statement in a text, and how much of the text it took.
    struct First {
        sqlite3_stmt* handle = nullptr;  ///< null too if there is none, but blanks and comments
        int rc = SQLITE_OK;
        std::size_t length = 0;
    };

    static void require_text(std::string_view sql) {
        if (sql.size() > 0x7fff'ffff) throw_misuse("SQL text is longer than 2 GiB");
        // SQLite stops at a NUL and would run the first half.
        if (sql.find('\0') != sql.npos) throw_misuse("SQL text cannot hold a NUL");
    }

    First prepare_first(std::string_view sql, unsigned flags) noexcept {
        First first;
        if (sql.empty()) return first;
        const char* tail = sql.data();
        first.rc = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()), flags, &first.handle, &tail);
        first.length = static_cast<std::size_t>(tail - sql.data());
        return first;
    }

    /// Asks SQLite's own tokenizer, which also knows where a comment ends.
    void require_end(std::string_view rest, std::string_view whole) {
        const First second = prepare_first(rest, 0U);
        const Statement finalized(second.handle);
        if ((second.rc & 0xff) == SQLITE_NOMEM) throw_failure(handle_, second.rc, whole);
        if (second.rc != SQLITE_OK || second.handle != nullptr) throw_misuse("one statement at a time", whole);
    }

    /// Tells the failing statement alone: SQLite has read up to the failure or to the statement's end.
    [[noreturn, gnu::cold, gnu::noinline]] void throw_script_failure(const First& first, std::string_view sql) {
        const bool complete = first.length > 0 && sql[first.length - 1] == ';';
        throw_failure(handle_, first.rc, sql.substr(0, complete ? first.length : sql.find(';', first.length)));
    }

    sqlite3* handle_ = nullptr;
    std::array<Statement, verb_count> verbs_{};
};

}  // namespace mica::sqlite
