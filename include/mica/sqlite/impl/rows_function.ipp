// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/core/text.hpp>
#include <mica/sqlite/failure.hpp>
#include <mica/sqlite/result_sink.hpp>
#include <mica/sqlite/rows_function.hpp>

#include <cstddef>
#include <cstdint>
#include <new>
#include <string>

namespace mica::sqlite::detail {

/// The name of the function, and of the only pointer type it takes (https://www.sqlite.org/bindptr.html).
inline constexpr const char* rows_name = "mica_rows";

struct RowsCursor : sqlite3_vtab_cursor {
    RowsRun* run = nullptr;
    std::int64_t position = 0;
};

MICA_DECL RowsCursor& rows_cursor(sqlite3_vtab_cursor* cursor) noexcept { return *static_cast<RowsCursor*>(cursor); }

int RowsRun::fill() {
    cells_.begin_row();
    source_.encode(source_.object(position_), cells_);
    if (cells_.holds_nan()) return SQLITE_MISMATCH;
    wants_key_ = source_.wants_key(cells_);
    if (wants_key_ || (position_ == 0 && sees_each_)) sqlite3_set_last_insert_rowid(db_, no_key);
    return SQLITE_OK;
}

int RowsRun::see_inserted() {
    if (wants_key_ || (position_ == 0 && sees_each_)) {
        const std::int64_t key = sqlite3_last_insert_rowid(db_);
        is_unseen_ = key == no_key;
        if (is_unseen_) return SQLITE_MISMATCH;
        if (wants_key_) source_.add_key(position_, key);
    }
    return SQLITE_OK;
}

/// To be called while an exception is handled.
int RowsRun::keep_thrown() noexcept {
    try {
        throw;
    } catch (const InterruptedError&) {
        thrown_.keep_current();
    } catch (const DatabaseError&) {  // the plain statement decides
        return SQLITE_MISMATCH;
    } catch (...) {
        thrown_.keep_current();
    }
    return SQLITE_ERROR;
}

int RowsRun::start() noexcept {
    is_started_ = true;
    position_ = 0;
    try {
        return fill();
    } catch (...) {
        return keep_thrown();
    }
}

int RowsRun::next() noexcept {
    try {
        if (const int rc = see_inserted(); rc != SQLITE_OK) return rc;
        ++position_;
        return at_end() ? SQLITE_OK : fill();
    } catch (...) {
        return keep_thrown();
    }
}

mica::detail::RowsEnd RowsRun::run(sqlite3_stmt* statement) {
    struct Bound {
        sqlite3_stmt* statement;
        ~Bound() {
            sqlite3_reset(statement);  // repeats the step's error
            sqlite3_clear_bindings(statement);
        }
    } const bound{statement};
    check(db_, sqlite3_bind_pointer(statement, 1, this, rows_name, nullptr));
    using mica::detail::RowsEnd;
    const std::int64_t last_key = sqlite3_last_insert_rowid(db_);
    const bool was_in_transaction = sqlite3_get_autocommit(db_) == 0;
    const std::int64_t changes = sqlite3_total_changes64(db_);
    const int rc = sqlite3_step(statement);
    if (rc == SQLITE_DONE && !thrown_.is_there()) {
        if (is_started_ && at_end()) return RowsEnd::done;
        // Rows of another table with the function's name.
        if (sqlite3_total_changes64(db_) == changes) return RowsEnd::refused;
        throw_misuse("a table has the name of mica's own", sqlite3_sql(statement));
    }
    sqlite3_set_last_insert_rowid(db_, last_key);
    if (thrown_.is_there()) thrown_.throw_again();
    // After a trigger's RAISE(ROLLBACK) nothing can be tried again.
    if (was_in_transaction && sqlite3_get_autocommit(db_) != 0) throw_statement_failure(statement, rc);
    switch (rc & 0xff) {
        case SQLITE_CONSTRAINT:
        case SQLITE_MISMATCH:
        case SQLITE_TOOBIG:
        case SQLITE_ABORT:  // a codec has rolled back
        case SQLITE_ERROR: return is_unseen_ ? RowsEnd::unseen : RowsEnd::refused;
        default: throw_statement_failure(statement, rc);
    }
}

MICA_DECL int connect_rows(sqlite3* db, void*, int, const char* const*, sqlite3_vtab** table, char**) noexcept {
    // As of mica_values: no view or trigger may name it.
    int rc = sqlite3_vtab_config(db, SQLITE_VTAB_DIRECTONLY);
    if (rc != SQLITE_OK) return rc;
    try {
        std::string text = "CREATE TABLE mica_rows(";
        for (std::size_t i = 0; i < most_row_columns; ++i) {
            mica::detail::append(text, {"c", mica::detail::Decimal{static_cast<std::int64_t>(i)}, ","});
        }
        mica::detail::append(text, {"source HIDDEN)"});
        rc = sqlite3_declare_vtab(db, text.c_str());
        if (rc != SQLITE_OK) return rc;
        *table = new sqlite3_vtab{};
        return SQLITE_OK;
    } catch (...) {
        return SQLITE_NOMEM;
    }
}

MICA_DECL int disconnect_rows(sqlite3_vtab* table) noexcept {
    delete table;
    return SQLITE_OK;
}

/// Without its argument there is no plan.
MICA_DECL int plan_rows(sqlite3_vtab*, sqlite3_index_info* info) noexcept {
    for (int i = 0; i < info->nConstraint; ++i) {
        const auto& constraint = info->aConstraint[i];
        if (constraint.iColumn != static_cast<int>(most_row_columns) || constraint.op != SQLITE_INDEX_CONSTRAINT_EQ ||
            constraint.usable == 0) {
            continue;
        }
        info->aConstraintUsage[i].argvIndex = 1;
        info->aConstraintUsage[i].omit = 1;
        info->estimatedCost = 25;
        info->estimatedRows = 25;
        return SQLITE_OK;
    }
    return SQLITE_CONSTRAINT;
}

MICA_DECL int open_rows(sqlite3_vtab*, sqlite3_vtab_cursor** cursor) noexcept {
    *cursor = new (std::nothrow) RowsCursor{};
    return *cursor == nullptr ? SQLITE_NOMEM : SQLITE_OK;
}

MICA_DECL int close_rows(sqlite3_vtab_cursor* cursor) noexcept {
    delete &rows_cursor(cursor);
    return SQLITE_OK;
}

/// What is no pointer of mica's gives no rows.
MICA_DECL int start_rows(sqlite3_vtab_cursor* base, int, const char*, int, sqlite3_value** arguments) noexcept {
    RowsCursor& cursor = rows_cursor(base);
    cursor.run = static_cast<RowsRun*>(sqlite3_value_pointer(arguments[0], rows_name));
    cursor.position = 0;
    return cursor.run == nullptr ? SQLITE_OK : cursor.run->start();
}

MICA_DECL int next_row(sqlite3_vtab_cursor* cursor) noexcept {
    ++rows_cursor(cursor).position;
    return rows_cursor(cursor).run->next();
}

MICA_DECL int at_end_of_rows(sqlite3_vtab_cursor* cursor) noexcept {
    const RowsRun* const run = rows_cursor(cursor).run;
    return run == nullptr || run->at_end() ? 1 : 0;
}

MICA_DECL int column_of_row(sqlite3_vtab_cursor* base, sqlite3_context* context, int column) noexcept {
    const mica::detail::RowCells& cells = rows_cursor(base).run->cells();
    if (static_cast<std::size_t>(column) >= cells.count()) return SQLITE_OK;  // NULL: the source stays hidden
    ResultSink sink{context};
    send_cell(cells.cell(static_cast<std::size_t>(column)), sink);
    return SQLITE_OK;
}

MICA_DECL int rowid_of_row(sqlite3_vtab_cursor* cursor, sqlite3_int64* rowid) noexcept {
    *rowid = rows_cursor(cursor).position;
    return SQLITE_OK;
}

/// No xCreate, as of mica_values.
consteval sqlite3_module rows_module() {
    sqlite3_module module{};
    module.xConnect = connect_rows;
    module.xBestIndex = plan_rows;
    module.xDisconnect = disconnect_rows;
    module.xOpen = open_rows;
    module.xClose = close_rows;
    module.xFilter = start_rows;
    module.xNext = next_row;
    module.xEof = at_end_of_rows;
    module.xColumn = column_of_row;
    module.xRowid = rowid_of_row;
    return module;
}

inline constexpr sqlite3_module rows_functions = rows_module();

}  // namespace mica::sqlite::detail

namespace mica::sqlite {

void register_rows_function(sqlite3* db) {
    check(db, sqlite3_create_module_v2(db, detail::rows_name, &detail::rows_functions, nullptr, nullptr));
}

}  // namespace mica::sqlite
