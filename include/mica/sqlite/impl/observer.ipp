// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/core/mutex.hpp>
#include <mica/sqlite/observer.hpp>
#include <mica/sqlite/transaction_text.hpp>

namespace mica::sqlite::detail {

using mica::detail::Mutex;
using mica::detail::MutexLock;

/// SQLite has no place on a connection where an error's thrower could look for its listener.
struct ErrorReporters {
    Mutex mutex{};
    Observer* first = nullptr;
};
[[gnu::visibility("default")]] inline ErrorReporters error_reporters{};

Observer::~Observer() {
    report_errors(nullptr, nullptr);
    watch_changes(false);
    counts_.clear();
    trace();
}

void Observer::report_errors(void (*report)(void*, const DatabaseError&), void* context) noexcept {
    const MutexLock lock{error_reporters.mutex};
    Observer** link = &error_reporters.first;
    while (*link != nullptr && *link != this) link = &(*link)->next_reporter_;
    if (*link == this) *link = next_reporter_;
    report_ = report;
    report_context_ = context;
    if (report == nullptr) return;
    next_reporter_ = error_reporters.first;
    error_reporters.first = this;
}

void report_error(sqlite3* db, const DatabaseError& error) {
    void (*report)(void*, const DatabaseError&) = nullptr;
    void* context = nullptr;
    {
        const MutexLock lock{error_reporters.mutex};
        for (const Observer* one = error_reporters.first; one != nullptr; one = one->next_reporter_) {
            if (one->db_ != db) continue;
            report = one->report_;
            context = one->report_context_;
        }
    }
    if (report != nullptr) report(context, error);
}

void Observer::count_rows(sqlite3_stmt* statement) {
    counts_.push_back({statement, 0});
    if (counts_.size() == 1) trace();
}

std::int64_t Observer::rows_of(sqlite3_stmt* statement) noexcept {
    for (Count& count : counts_) {
        if (count.statement != statement) continue;
        const std::int64_t rows = count.rows;
        counts_.erase(&count);
        if (counts_.empty()) trace();
        return rows;
    }
    return 0;
}

void Observer::watch_changes(bool on) noexcept {
    if (on == watches_changes_) return;
    watches_changes_ = on;
    changes_.clear();
    committed_.clear();
    savepoints_.clear();
    runs_.clear();
    is_unsettled_ = false;
    // What the open transaction has changed before is not known.
    if (on && sqlite3_get_autocommit(db_) == 0) changes_.add_unknown();
    sqlite3_update_hook(db_, on ? note_change : nullptr, this);
    if (preupdate_hook_ != nullptr) preupdate_hook_(db_, on ? note_early : nullptr, this);
    sqlite3_rollback_hook(db_, on ? note_rollback : nullptr, this);
    sqlite3_set_authorizer(db_, on ? authorize : nullptr, this);
    trace();
}

mica::detail::RowChanges Observer::take_changes(bool are_committed) {
    settle_last();
    if (are_committed || sqlite3_get_autocommit(db_) != 0) keep_committed();
    return mica::detail::exchange(committed_, {});
}

void Observer::trace() noexcept {
    const unsigned events = (counts_.empty() ? 0U : unsigned{SQLITE_TRACE_ROW}) |
                            (watches_changes_ ? unsigned{SQLITE_TRACE_STMT} | unsigned{SQLITE_TRACE_PROFILE} : 0U);
    sqlite3_trace_v2(db_, events, events == 0 ? nullptr : note_trace, this);
}

void Observer::add(int verb, const char* schema, const char* table, sqlite3_int64 key) noexcept {
    try {
        changes_.add(schema, table, key,
                     verb == SQLITE_INSERT   ? RowChangeKind::insert
                     : verb == SQLITE_UPDATE ? RowChangeKind::update
                                             : RowChangeKind::remove);
    } catch (...) {  // memory has run out
        changes_.add_unknown();
    }
}

void Observer::note_change(void* observer, int verb, const char* schema, const char* table,
                           sqlite3_int64 key) noexcept {
    auto& self = *static_cast<Observer*>(observer);
    if (verb == SQLITE_DELETE && self.preupdate_hook_ != nullptr) {
        --self.uncounted_;
        return;  // known already
    }
    self.add(mica::detail::exchange(self.moves_row_, false) ? SQLITE_INSERT : verb, schema, table, key);
}

void Observer::add(const KeyColumns::Of& table, const RowKey& key, RowChangeKind kind) {
    if (key.is_number) {
        changes_.add(table.schema, table.table, key.number, kind);
    } else {
        changes_.add(table.schema, table.table, key.text, kind);
    }
}

bool Observer::add_keyed(int verb, const char* schema, const char* table) noexcept {
    try {
        const KeyColumns::Of& columns = keys_.of(schema, table);
        if (columns.has_rowid) return false;
        if (!columns.is_readable) {
            changes_.add_unknown();
        } else if (verb == SQLITE_INSERT) {
            add(columns, keys_.new_key(columns), RowChangeKind::insert);
        } else if (verb == SQLITE_DELETE) {
            ++doubtful_;
            add(columns, keys_.old_key(columns), RowChangeKind::remove);
        } else {
            const RowKey before = keys_.old_key(columns);
            const RowKey after = keys_.new_key(columns);
            const bool moves = !(before == after);
            if (moves) add(columns, before, RowChangeKind::remove);
            add(columns, after, moves ? RowChangeKind::insert : RowChangeKind::update);
            if (moves) ++uncounted_;
        }
    } catch (...) {  // memory has run out, or the schema could not be asked
        changes_.add_unknown();
    }
    return true;
}

/// Comes before each change. That of a row with a rowid is told by note_change() too, right behind it, unless it is
/// REPLACE's.
void Observer::note_early(void* observer, sqlite3*, int verb, const char* schema, const char* table, sqlite3_int64 key,
                          sqlite3_int64 new_key) noexcept {
    auto& self = *static_cast<Observer*>(observer);
    // Of a table WITHOUT ROWID it gives no other.
    if (key == 0 && new_key == 0 && self.add_keyed(verb, schema, table)) return;
    self.moves_row_ = verb == SQLITE_UPDATE && key != new_key;
    if (self.moves_row_) {
        ++self.uncounted_;
        self.add(SQLITE_DELETE, schema, table, key);
    }
    if (verb != SQLITE_DELETE) return;
    ++self.uncounted_;
    self.add(verb, schema, table, key);
}

void Observer::note_rollback(void* observer) noexcept {
    auto& self = *static_cast<Observer*>(observer);
    self.changes_.clear();
    self.savepoints_.clear();
    self.is_unsettled_ = false;
}

int Observer::note_trace(unsigned event, void* observer, void* statement, void* text) noexcept {
    auto& self = *static_cast<Observer*>(observer);
    auto* const handle = static_cast<sqlite3_stmt*>(statement);
    if (self.keys_.is_asking()) return 0;
    switch (event) {
        case SQLITE_TRACE_ROW: self.note_row(handle); break;
        // Of triggers, and of what virtual tables run within a statement, the text is a comment.
        case SQLITE_TRACE_STMT:
            if (text == sqlite3_sql(handle)) self.note_start(handle);
            break;
        case SQLITE_TRACE_PROFILE: self.note_end(handle); break;
        default: break;
    }
    return 0;
}

void Observer::note_row(sqlite3_stmt* statement) noexcept {
    for (Count& count : counts_) {
        if (count.statement == statement) ++count.rows;
    }
}

/// Whether the word stands in it, in any case; what else it may mean does no harm.
[[gnu::cold]] MICA_DECL bool may_replace(const char* sql) noexcept {
    constexpr std::string_view word = "REPLACE";
    for (std::size_t matched = 0; sql != nullptr && *sql != 0; ++sql) {
        const char letter = *sql >= 'a' && *sql <= 'z' ? static_cast<char>(*sql - 'a' + 'A') : *sql;
        matched = letter == word[matched] ? matched + 1 : letter == word[0] ? 1 : 0;
        if (matched == word.size()) return true;
    }
    return false;
}

void Observer::note_start(sqlite3_stmt* statement) noexcept {
    for (const Run& run : runs_) {
        if (run.statement == statement) return;  // the action of a foreign key has the text of its statement
    }
    settle_last();
    if (sqlite3_get_autocommit(db_) != 0) keep_committed();
    if (sqlite3_stmt_readonly(statement) != 0) return;
    try {
        runs_.push_back({statement, changes_.known(), sqlite3_total_changes64(db_), uncounted_, doubtful_,
                         preupdate_hook_ == nullptr && may_replace(sqlite3_sql(statement))});
    } catch (...) {  // memory has run out
        changes_.add_unknown();
    }
}

void Observer::settle(const Run& ended) noexcept {
    const std::int64_t counted = sqlite3_total_changes64(db_) - ended.counted;
    const std::size_t size = changes_.known();
    const std::size_t all = size > ended.changes ? size - ended.changes : 0;
    const std::int64_t told =
        static_cast<std::int64_t>(all) - mica::detail::exchange(uncounted_, ended.uncounted) + ended.uncounted;
    const std::int64_t doubtful = mica::detail::exchange(doubtful_, ended.doubtful) - ended.doubtful;
    // A statement that fails inside of a transaction is undone. It counts nothing then but what its triggers have
    // changed; where it was told so, that may also be all that one which went well has changed, through a view.
    const bool has_triggers_alone = counted > 0 && sqlite3_changes64(db_) == 0;
    if (all > 0 && (counted == 0 || has_triggers_alone)) changes_.shrink(ended.changes);
    if (all > 0 && has_triggers_alone) changes_.add_unknown();
    const bool is_blind = ended.may_replace_unseen;
    // What is doubtful may hide as many rows of virtual tables.
    const bool hides = counted > told - doubtful && doubtful > 0 && keys_.may_have_virtual_tables();
    if (counted > told || (counted > 0 && (is_blind || hides))) changes_.add_unknown();
}

void Observer::note_end(sqlite3_stmt* statement) noexcept {
    for (Run& run : runs_) {
        if (run.statement != statement) continue;
        const Run ended = run;
        runs_.erase(&run);
        // Where it is reset before its last row was read, SQLite counts what it has changed behind this.
        is_unsettled_ = sqlite3_stmt_busy(statement) != 0;
        if (is_unsettled_) {
            unsettled_ = ended;
        } else {
            settle(ended);
        }
        break;
    }
    const char* const sql = sqlite3_sql(statement);
    if (sql == nullptr) return;
    try {
        follow_savepoints(sql);
    } catch (...) {  // memory has run out
        changes_.add_unknown();
    }
}

void Observer::follow_savepoints(std::string_view sql) {
    if (!may_be_transaction_text(sql)) return;
    const TransactionText text = read_transaction_text(sql);
    if (text.kind == TransactionText::Kind::savepoint) {
        savepoints_.push_back({text.name, changes_.known()});
        return;
    }
    const bool releases = text.kind == TransactionText::Kind::release;
    if (!releases && text.kind != TransactionText::Kind::rollback_to) return;
    std::size_t found = savepoints_.size();
    while (found > 0 && savepoints_[found - 1].name != text.name) --found;
    if (found > 0) {
        if (!releases) changes_.shrink(savepoints_[found - 1].changes);
        while (savepoints_.size() > found - (releases ? 1 : 0)) savepoints_.pop_back();
    } else if (!releases && !changes_.empty()) {
        // Opened before anybody asked, or not there at all.
        changes_.shrink(0);
        changes_.add_unknown();
    }
}

void Observer::keep_committed() noexcept {
    // Open they still are where the caller has called committed what a transaction holds.
    if (sqlite3_get_autocommit(db_) != 0) savepoints_.clear();
    for (Mark& savepoint : savepoints_) savepoint.changes = 0;
    if (changes_.empty()) return;
    try {
        committed_.append(changes_);
    } catch (...) {  // memory has run out
        committed_.add_unknown();
    }
    changes_.clear();
}

int Observer::authorize(void* observer, int action, const char* first, const char*, const char*, const char*) noexcept {
    auto& self = *static_cast<Observer*>(observer);
    if (self.keys_.is_asking()) return SQLITE_OK;
    self.keys_.forget();
    const std::string_view table = first == nullptr ? std::string_view{} : first;
    if (action == SQLITE_DROP_TABLE || action == SQLITE_DROP_TEMP_TABLE) {
        try {
            self.dropped_ = table;
        } catch (...) {
            return SQLITE_DENY;  // memory has run out
        }
    }
    if (action != SQLITE_DELETE || table.starts_with("sqlite_")) return SQLITE_OK;
    // To the check that DROP TABLE makes, it would mean to leave the table alone.
    if (!table.empty() && self.dropped_ == table) {
        self.dropped_.clear();
        return SQLITE_OK;
    }
    return SQLITE_IGNORE;  // deletes as ever, but row by row (https://www.sqlite.org/c3ref/c_deny.html)
}

}  // namespace mica::sqlite::detail
