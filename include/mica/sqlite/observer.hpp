// SPDX-License-Identifier: BSL-1.0
// What SQLite tells of by its hooks: rows that change, rows that a statement gives, errors. Installed while somebody
// asks for it.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/core/error.hpp>
#include <mica/core/list.hpp>
#include <mica/core/row_changes.hpp>

#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mica::sqlite::detail {

/// Tells who listens to the connection's errors. Throws what they throw.
MICA_DECL void report_error(sqlite3* db, const DatabaseError& error);

/// One for a connection, whose update hook, rollback hook, trace and authorizer it takes while it is in use.
class Observer {
public:
    explicit Observer(sqlite3* db) noexcept : db_(db) {}
    Observer(const Observer&) = delete;
    Observer& operator=(const Observer&) = delete;
    [[gnu::cold]] MICA_DECL ~Observer();

    /// See CountsRows in engine/backend.hpp.
    MICA_DECL void count_rows(sqlite3_stmt* statement);
    MICA_DECL std::int64_t rows_of(sqlite3_stmt* statement) noexcept;

    /// See TellsChanges. The update hook leaves out tables WITHOUT ROWID, virtual tables, and rows that REPLACE deletes
    /// (https://www.sqlite.org/c3ref/update_hook.html). Where SQLite has counted more changes than it told of, they are
    /// unknown. DELETE without WHERE goes row by row meanwhile.
    [[gnu::cold]] MICA_DECL void watch_changes(bool on) noexcept;
    [[gnu::cold]] MICA_DECL mica::detail::RowChanges take_changes();

    /// See ReportsErrors.
    MICA_DECL void report_errors(void (*report)(void*, const DatabaseError&), void* context) noexcept;

private:
    struct Count {
        sqlite3_stmt* statement;
        std::int64_t rows;
    };
    /// A statement that is running, and what there was when it began.
    struct Run {
        sqlite3_stmt* statement;
        std::size_t changes;
        std::int64_t counted;  ///< by SQLite
    };
    /// An open savepoint, and how many changes were there when it was opened.
    struct Mark {
        std::string name;
        std::size_t changes;
    };

    friend MICA_DECL void report_error(sqlite3* db, const DatabaseError& error);

    [[gnu::cold]] MICA_DECL static void note_change(void* observer, int verb, const char* schema, const char* table,
                                                    sqlite3_int64 key) noexcept;
    [[gnu::cold]] MICA_DECL static void note_rollback(void* observer) noexcept;
    [[gnu::cold]] MICA_DECL static int note_trace(unsigned event, void* observer, void* statement, void* text) noexcept;
    [[gnu::cold]] MICA_DECL static int authorize(void* observer, int action, const char* first, const char*,
                                                 const char*, const char*) noexcept;

    [[gnu::cold]] MICA_DECL void trace() noexcept;
    [[gnu::cold]] MICA_DECL void note_row(sqlite3_stmt* statement) noexcept;
    [[gnu::cold]] MICA_DECL void note_start(sqlite3_stmt* statement) noexcept;
    [[gnu::cold]] MICA_DECL void note_end(sqlite3_stmt* statement) noexcept;
    [[gnu::cold]] MICA_DECL void follow_savepoints(std::string_view sql);
    /// What no transaction can undo any more.
    [[gnu::cold]] MICA_DECL void keep_committed() noexcept;

    sqlite3* db_;
    mica::detail::List<Count> counts_{};
    mica::detail::List<Run> runs_{};
    mica::detail::List<Mark> savepoints_{};
    mica::detail::RowChanges changes_{};  ///< of the transaction
    mica::detail::RowChanges committed_{};
    std::string dropped_{};  ///< a table that a statement is going to drop
    bool watches_changes_ = false;
    void (*report_)(void*, const DatabaseError&) = nullptr;
    void* report_context_ = nullptr;
    Observer* next_reporter_ = nullptr;
};

/// Throws an error of the database, which its listeners are told before.
template <class Kind>
[[noreturn, gnu::cold, gnu::noinline]] void throw_reported(sqlite3* db, const Kind& error) {
    report_error(db, error);
    throw Kind(error);
}

}  // namespace mica::sqlite::detail

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/sqlite/impl/observer.ipp>
#endif
