// SPDX-License-Identifier: BSL-1.0
// The table-valued function mica_rows(?): objects of the program bound as one parameter, one row each, so that
// INSERT … SELECT takes any number of them in one run. SQL cannot make them: only binding can.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/core/row_source.hpp>
#include <mica/sqlite/thrown.hpp>

#include <sqlite3.h>

#include <cstddef>
#include <cstdint>

namespace mica::sqlite {

namespace detail {

/// How many columns the function has, c0 and so on: a row of more values cannot go through it.
inline constexpr std::size_t most_row_columns = 64;

/// One run of a statement that inserts what `mica_rows(?1)` gives, and what it learns while SQLite asks for one row
/// after the other.
///
/// SQLite inserts a row before it asks for the next one, and last_insert_rowid() is its key then; unless it reads all
/// rows first, as for a table with triggers, or leaves the row out. So a key that no row is expected to have stands
/// there while a row is on its way: where it still does afterwards, the row is not there.
class RowsRun {
public:
    /// `sees_each`: nothing may be inserted unless each row is inserted before the next one is read.
    RowsRun(mica::detail::RowSource& source, sqlite3* db, ThrownInside& thrown, bool sees_each) noexcept
        : source_(source), db_(db), thrown_(thrown), sees_each_(sees_each) {}

    const mica::detail::RowCells& cells() const noexcept { return cells_; }
    bool at_end() const noexcept { return position_ >= source_.count; }
    /// Both give SQLite's result code; they make the first row ready and the next one.
    MICA_DECL int start() noexcept;
    MICA_DECL int next() noexcept;

    /// Runs the statement, and resets it. Throws what no row is to blame for, and what was thrown for one, but for what
    /// a database refuses meanwhile: of a codec that uses the connection, it refuses more while a statement runs.
    MICA_DECL mica::detail::RowsEnd run(sqlite3_stmt* statement);

private:
    /// The least likely of all.
    static constexpr std::int64_t no_key = INT64_MIN;

    MICA_DECL int fill();
    [[gnu::cold]] MICA_DECL int keep_thrown() noexcept;
    MICA_DECL int see_inserted();

    mica::detail::RowSource& source_;
    sqlite3* db_;
    ThrownInside& thrown_;
    bool sees_each_;
    bool is_started_ = false;
    bool wants_key_ = false;  ///< the row at `position_` does
    bool is_unseen_ = false;  ///< it was not there
    std::size_t position_ = 0;
    mica::detail::RowCells cells_{};
};

}  // namespace detail

/// Makes `mica_rows(?)` known to a connection. A table or view of that name in the database hides it, so that preparing
/// fails.
MICA_DECL void register_rows_function(sqlite3* db);

}  // namespace mica::sqlite

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/sqlite/impl/rows_function.ipp>
#endif
