// SPDX-License-Identifier: BSL-1.0
// What SQLite tells of by its hooks: rows that change, rows that a statement gives, errors. Installed while somebody
// asks for it.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/core/error.hpp>
#include <mica/core/exchange.hpp>
#include <mica/core/list.hpp>
#include <mica/core/row_changes.hpp>
#include <mica/sqlite/key_columns.hpp>

#include <sqlite3.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#if defined(__ELF__)
// Not every build of SQLite has it, and its header only where the program asks for it
// (https://www.sqlite.org/compile.html#enable_preupdate_hook).
extern "C" [[gnu::weak]] void* sqlite3_preupdate_hook(sqlite3* db,
                                                      void (*hook)(void*, sqlite3*, int, const char*, const char*,
                                                                   sqlite3_int64, sqlite3_int64),
                                                      void* context);
#endif

namespace mica::sqlite::detail {

using PreupdateHook = void* (*)(sqlite3*,
                                void (*)(void*, sqlite3*, int, const char*, const char*, sqlite3_int64, sqlite3_int64),
                                void*);

/// SQLite's, or null where the library that runs has none.
inline PreupdateHook preupdate_hook() noexcept {
#if defined(__ELF__)
    return sqlite3_preupdate_hook;
#else
    return nullptr;
#endif
}

/// Tells who listens to the connection's errors. Throws what they throw.
MICA_DECL void report_error(sqlite3* db, const DatabaseError& error);

/// One for a connection, whose update hooks, rollback hook, trace and authorizer it takes while it is in use: no
/// session of SQLite's session extension may be on it then.
class Observer {
public:
    explicit Observer(sqlite3* db, PreupdateHook hook = preupdate_hook()) noexcept
        : db_(db), preupdate_hook_(hook), keys_(db) {}
    Observer(const Observer&) = delete;
    Observer& operator=(const Observer&) = delete;
    [[gnu::cold]] MICA_DECL ~Observer();

    /// See CountsRows in engine/backend.hpp.
    MICA_DECL void count_rows(sqlite3_stmt* statement);
    MICA_DECL std::int64_t rows_of(sqlite3_stmt* statement) noexcept;

    /// See TellsChanges. The update hook leaves out tables WITHOUT ROWID, virtual tables, and rows that REPLACE deletes
    /// (https://www.sqlite.org/c3ref/update_hook.html). Where SQLite has counted more changes than it told of, they are
    /// unknown. The preupdate hook leaves out virtual tables only; without it a statement that says REPLACE has
    /// changed unknown rows. It knows the old key too of a row that gets another one, which is removed and inserted.
    /// DELETE without WHERE goes row by row meanwhile.
    [[gnu::cold]] MICA_DECL void watch_changes(bool on) noexcept;
    [[gnu::cold]] MICA_DECL mica::detail::RowChanges take_changes(bool are_committed);

    /// See ReportsErrors.
    [[gnu::cold]] MICA_DECL void report_errors(void (*report)(void*, const DatabaseError&), void* context) noexcept;

private:
    struct Count {
        sqlite3_stmt* statement;
        std::int64_t rows;
    };
    /// A statement that is running, and what there was when it began.
    struct Run {
        sqlite3_stmt* statement;
        std::size_t changes;
        std::int64_t counted;    ///< by SQLite
        std::int64_t uncounted;  ///< that it told of
        std::int64_t doubtful;   ///< perhaps uncounted
        bool may_replace_unseen;
    };
    /// An open savepoint, and how many changes were there when it was opened.
    struct Mark {
        std::string name;
        std::size_t changes;
    };

    friend MICA_DECL void report_error(sqlite3* db, const DatabaseError& error);

    [[gnu::cold]] MICA_DECL static void note_change(void* observer, int verb, const char* schema, const char* table,
                                                    sqlite3_int64 key) noexcept;
    [[gnu::cold]] MICA_DECL static void note_early(void* observer, sqlite3* db, int verb, const char* schema,
                                                   const char* table, sqlite3_int64 key,
                                                   sqlite3_int64 new_key) noexcept;
    [[gnu::cold]] MICA_DECL static void note_rollback(void* observer) noexcept;
    [[gnu::cold]] MICA_DECL static int note_trace(unsigned event, void* observer, void* statement, void* text) noexcept;
    [[gnu::cold]] MICA_DECL static int authorize(void* observer, int action, const char* first, const char*,
                                                 const char*, const char*) noexcept;

    [[gnu::cold]] MICA_DECL void add(int verb, const char* schema, const char* table, sqlite3_int64 key) noexcept;
    /// Of a table WITHOUT ROWID; false where it has one.
    [[gnu::cold]] MICA_DECL bool add_keyed(int verb, const char* schema, const char* table) noexcept;
    [[gnu::cold]] MICA_DECL void add(const KeyColumns::Of& table, const RowKey& key, RowChangeKind kind);
    [[gnu::cold]] MICA_DECL void trace() noexcept;
    [[gnu::cold]] MICA_DECL void note_row(sqlite3_stmt* statement) noexcept;
    [[gnu::cold]] MICA_DECL void note_start(sqlite3_stmt* statement) noexcept;
    [[gnu::cold]] MICA_DECL void note_end(sqlite3_stmt* statement) noexcept;
    [[gnu::cold]] MICA_DECL void settle(const Run& ended) noexcept;
    void settle_last() noexcept {
        if (mica::detail::exchange(is_unsettled_, false)) settle(unsettled_);
    }
    [[gnu::cold]] MICA_DECL void follow_savepoints(std::string_view sql);
    /// What no transaction can undo any more, or counts as such.
    [[gnu::cold]] MICA_DECL void keep_committed() noexcept;

    sqlite3* db_;
    PreupdateHook preupdate_hook_;
    KeyColumns keys_;
    std::int64_t uncounted_ = 0;  ///< rows that REPLACE has deleted
    std::int64_t doubtful_ = 0;   ///< rows of tables WITHOUT ROWID that were deleted, perhaps by REPLACE
    bool moves_row_ = false;      ///< the update on its way gives it another key
    mica::detail::List<Count> counts_{};
    mica::detail::List<Run> runs_{};
    Run unsettled_{};  ///< the last statement, where SQLite had not counted its changes when it ended
    bool is_unsettled_ = false;
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
