// SPDX-License-Identifier: BSL-1.0
// One open connection, opened safe and closed without throwing. It prepares one statement at a time and runs scripts.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/core/error.hpp>
#include <mica/core/row_changes.hpp>
#include <mica/core/verb.hpp>
#include <mica/sqlite/collect_function.hpp>
#include <mica/sqlite/encryption.hpp>
#include <mica/sqlite/failure.hpp>
#include <mica/sqlite/function.hpp>
#include <mica/sqlite/interruption.hpp>
#include <mica/sqlite/maintenance.hpp>
#include <mica/sqlite/observer.hpp>
#include <mica/sqlite/options.hpp>
#include <mica/sqlite/settings.hpp>
#include <mica/sqlite/statement.hpp>
#include <mica/sqlite/transaction_text.hpp>
#include <mica/sqlite/values_function.hpp>

#include <sqlite3.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

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
    [[gnu::cold]] MICA_DECL Database(const std::string& path, const OpenOptions& options,
                                     const Encryption& encryption = {});
    [[gnu::cold]] MICA_DECL Database(Database&& other) noexcept;
    [[gnu::cold]] MICA_DECL Database& operator=(Database&& other) noexcept;
    [[gnu::cold]] MICA_DECL ~Database();

    /// Prepares the one statement in `sql`; nothing but blanks, comments and semicolons may stand around it.
    /// `persistent` tells SQLite that it will be kept for long. The text is copied.
    /// Throws SchemaMismatch or ProgrammingError for a text that cannot be prepared.
    MICA_DECL Statement prepare(std::string_view sql, bool persistent = false);

    /// Runs every statement of `sql` in turn and discards their rows. Stops at the first that fails: those before it
    /// have taken effect, unless the caller's transaction undoes them.
    [[gnu::cold]] MICA_DECL void execute_script(std::string_view sql);

    /// Whether a table of this name, in whatever case of letters, is in the schema, where it is empty in the main one.
    [[gnu::cold]] MICA_DECL bool has_table(std::string_view schema, std::string_view name);

    /// Whether a row that is inserted without a key into the table gets one in `column`: that is another name of its
    /// rowid then (https://www.sqlite.org/lang_createtable.html#rowid). True too where it is not known: of a view or a
    /// virtual table, or where there is no such table; a table WITHOUT ROWID refuses the row by itself.
    [[gnu::cold]] MICA_DECL bool chooses_key(std::string_view schema, std::string_view table, std::string_view column);

    /// The schemas that are there, each ended by NUL: main, temp where it was used, and what is attached.
    [[gnu::cold]] MICA_DECL std::string schema_names();

    /// The statements that have created what is in a schema, each ended by NUL, tables first. Not those of SQLite's own
    /// tables, nor of the shadow tables in which a module keeps its data.
    [[gnu::cold]] MICA_DECL std::string stored_schema(std::string_view schema);

    /// See sqlite/maintenance.hpp.
    void backup_to(const std::string& path, const BackupOptions& options) {
        backup(handle_, encryption_, path, options);
    }
    CheckpointResult checkpoint(CheckpointMode mode) { return sqlite::checkpoint(handle_, mode); }
    void rekey(const EncryptionKey& key) {
        if (encryption_.key.empty()) throw_misuse("the database is not encrypted; encrypt_file() makes a copy that is");
        sqlite::rekey(handle_, key);
        encryption_.key = key;
    }
    void vacuum() { run_once(handle_, "VACUUM"); }
    void vacuum_into(std::string_view path) { sqlite::vacuum_into(handle_, encryption_, mica::detail::join({path})); }
    void optimize() { run_once(handle_, "PRAGMA optimize"); }
    std::vector<std::string> integrity_check() { return sqlite::integrity_check(handle_); }
    std::vector<std::string> foreign_key_check() { return sqlite::foreign_key_check(handle_); }
    KeptStatistics keep_statistics() { return sqlite::keep_statistics(handle_); }
    void put_back_statistics(const KeptStatistics& kept) { sqlite::put_back_statistics(handle_, kept); }
    /// An encrypted one beside an encrypted one has its key: SQLCipher alone would take the key that has been derived
    /// from it, which is another one for each file.
    void attach(std::string_view path, std::string_view name) {
        if (!encryption_.key.empty()) return attach(path, name, encryption_.key);
        sqlite::attach(handle_, path, name);
    }
    void attach(std::string_view path, std::string_view name, const EncryptionKey& key) {
        sqlite::attach(handle_, path, name, key);
    }
    void detach(std::string_view name) { sqlite::detach(handle_, name); }
    using FunctionCall = sqlite::FunctionCall;

    /// Makes a function known under its name and number of arguments, in place of one that was there; keeps a reference
    /// to it. Throws OperationalError with is_busy() where one is replaced while a statement runs.
    void create_function(mica::detail::ScalarFunction<FunctionCall>& function) {
        detail::create_function(handle_, thrown_, function);
    }
    void create_aggregate(mica::detail::AggregateFunction<FunctionCall>& function) {
        detail::create_aggregate(handle_, thrown_, function);
    }
    /// As of functions. What a collation throws interrupts the statement that compares, and is thrown by it.
    void create_collation(mica::detail::Collation& collation) { detail::create_collation(handle_, thrown_, collation); }
    /// Throws ProgrammingError for what no connection would take.
    static void require_function(std::string_view name, mica::detail::FunctionTraits traits) {
        detail::require_function(name, traits);
    }

    /// Does what every connection is asked for; the statement for it stays prepared.
    MICA_DECL void run(Verb verb);
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
            case Verb::ignore_foreign_keys: return "PRAGMA foreign_keys = OFF";
            case Verb::enforce_foreign_keys: return "PRAGMA foreign_keys = ON";
            case Verb::leave_references: return "PRAGMA legacy_alter_table = ON";
            case Verb::follow_references: return "PRAGMA legacy_alter_table = OFF";
        }
        return {};
    }

    /// Rows changed since the connection was opened, with those of triggers and foreign key actions: a statement that
    /// leaves it as it was has changed nothing.
    std::int64_t revision() const noexcept { return sqlite3_total_changes64(handle_); }

    /// What SQLite says, which may differ from what was asked of it: some errors end a transaction by themselves
    /// (https://www.sqlite.org/c3ref/get_autocommit.html).
    bool in_transaction() const noexcept { return sqlite3_get_autocommit(handle_) == 0; }

    /// Whether a statement or a transaction is reading from one state of a database, or writing to it
    /// (https://www.sqlite.org/c3ref/txn_state.html).
    bool has_snapshot() const noexcept { return sqlite3_txn_state(handle_, nullptr) != SQLITE_TXN_NONE; }

    /// Whether rows reference parents that are not there, which a COMMIT would refuse
    /// (https://www.sqlite.org/c3ref/c_dbstatus_options.html).
    MICA_DECL bool has_unresolved_foreign_keys() const noexcept;

    /// Makes the statements that are running now throw InterruptedError, and what starts later, until
    /// forget_interrupt(). May be called from another thread, as long as the database is not closed or moved meanwhile.
    void interrupt() noexcept { interruption_->request(); }
    /// Goes before both that and the limits of a thread, from the thread that uses the connection.
    void heed_interrupts() noexcept { interruption_->heed(); }
    void forget_interrupt() noexcept { interruption_->forget(); }

    /// See Settings.
    static bool may_change_settings(std::string_view sql) noexcept { return Settings::may_change(sql); }
    void keep_settings() { settings_.keep(handle_); }
    void accept_settings() { settings_.accept(handle_); }
    void restore_settings() { settings_.restore(handle_); }

    /// See read_transaction_text().
    static bool may_be_transaction_text(std::string_view sql) noexcept { return sqlite::may_be_transaction_text(sql); }
    static TransactionText read_transaction_text(std::string_view sql) { return sqlite::read_transaction_text(sql); }
    static constexpr std::string_view own_savepoint = sqlite::own_savepoint;

    /// See Observer.
    void count_rows(const Statement& statement) { observer().count_rows(statement.handle()); }
    std::int64_t rows_of(const Statement& statement) noexcept {
        return observer_ == nullptr ? 0 : observer_->rows_of(statement.handle());
    }
    void watch_changes(bool on) { observer().watch_changes(on); }
    mica::detail::RowChanges take_changes(bool are_committed = false) { return observer().take_changes(are_committed); }
    void report_errors(void (*report)(void*, const DatabaseError&), void* context) {
        observer().report_errors(report, context);
    }

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

    MICA_DECL static void require_text(std::string_view sql);

    [[gnu::cold]] MICA_DECL static void append_column(Statement& statement, int column, std::string& texts);

    MICA_DECL First prepare_first(std::string_view sql, unsigned flags) noexcept;

    /// Asks SQLite's own tokenizer, which also knows where a comment ends.
    MICA_DECL void require_end(std::string_view rest, std::string_view whole);

    /// Tells the failing statement alone: SQLite has read up to the failure or to the statement's end.
    [[noreturn, gnu::cold, gnu::noinline]] MICA_DECL void throw_script_failure(const First& first,
                                                                               std::string_view sql);

    MICA_DECL detail::Observer& observer();

    /// Compiles the text of the setting, which makes it. To run it as well would only make SQLite compile every
    /// statement of the connection anew.
    MICA_DECL void permit_writes(Verb verb);

    /// Begins a transaction where the thread may not wait for its lock as long as the connection does.
    [[gnu::cold]] MICA_DECL void begin_within_limits(Statement& begin);
    [[noreturn, gnu::cold, gnu::noinline]] MICA_DECL void throw_failed_prepare(int rc, std::string_view sql);

    sqlite3* handle_ = nullptr;
    detail::Observer* observer_ = nullptr;  ///< from when one is needed
    ThrownInside* thrown_ = nullptr;        ///< SQLite's to destroy, when the last statement is gone
    std::array<Statement, verb_count> verbs_{};
    Settings settings_{};
    Encryption encryption_{};
    Interruption* interruption_ = nullptr;
};

}  // namespace mica::sqlite

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/sqlite/impl/database.ipp>
#endif
