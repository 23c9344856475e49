// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <mica/sqlite/failure.hpp>
#include <mica/sqlite/result_sink.hpp>
#include <mica/sqlite/values_function.hpp>

#include <cstddef>
#include <cstdint>
#include <new>

namespace mica::sqlite::detail {

/// The name of the function, and of the only pointer type it takes (https://www.sqlite.org/bindptr.html).
inline constexpr const char* values_name = "mica_values";
/// The hidden column, which stands for the function's argument; `value` is column 0.
inline constexpr int values_argument = 1;
/// The plan that looks for one position.
inline constexpr int by_rowid = 1;

/// One run over a list: a statement may have several, over one list or many.
struct ValuesCursor : sqlite3_vtab_cursor {
    const ValueList* list = nullptr;
    std::size_t position = 0;
    std::size_t count = 0;
};

MICA_DECL ValuesCursor& values_cursor(sqlite3_vtab_cursor* cursor) noexcept {
    return *static_cast<ValuesCursor*>(cursor);
}

MICA_DECL int connect_values(sqlite3* db, void*, int, const char* const*, sqlite3_vtab** table, char**) noexcept {
    // No view or trigger may name it, or a hostile database file could. It would find no list, but need not try.
    int rc = sqlite3_vtab_config(db, SQLITE_VTAB_DIRECTONLY);
    // `value` has no type, so that it keeps its storage class and has no say in comparisons with numeric columns.
    if (rc == SQLITE_OK) rc = sqlite3_declare_vtab(db, "CREATE TABLE mica_values(value, list HIDDEN)");
    if (rc != SQLITE_OK) return rc;
    *table = new (std::nothrow) sqlite3_vtab{};
    return *table == nullptr ? SQLITE_NOMEM : SQLITE_OK;
}

MICA_DECL int disconnect_values(sqlite3_vtab* table) noexcept {
    delete table;
    return SQLITE_OK;
}

/// The usable `column = …` among the constraints, -1 where there is none; unusable is one of a join order in which the
/// other side is not known yet.
MICA_DECL int find_equality(const sqlite3_index_info* info, int column) noexcept {
    for (int i = 0; i < info->nConstraint; ++i) {
        const auto& constraint = info->aConstraint[i];
        if (constraint.iColumn == column && constraint.op == SQLITE_INDEX_CONSTRAINT_EQ && constraint.usable != 0)
            return i;
    }
    return -1;
}

/// Without the argument there is no plan, of which SQLite says "no query solution". With a rowid there is one value, so
/// that several lists are joined by position in one pass.
MICA_DECL int plan_values(sqlite3_vtab*, sqlite3_index_info* info) noexcept {
    const int list = find_equality(info, values_argument);
    if (list < 0) return SQLITE_CONSTRAINT;
    info->aConstraintUsage[list].argvIndex = 1;
    info->aConstraintUsage[list].omit = 1;
    // What SQLite supposes of any IN. Few, so that a join starts here and searches the other table.
    info->estimatedCost = 25;
    info->estimatedRows = 25;
    const int rowid = find_equality(info, -1);
    if (rowid >= 0) {
        info->aConstraintUsage[rowid].argvIndex = 2;
        info->estimatedCost = 1;
        info->estimatedRows = 1;
        info->idxFlags = SQLITE_INDEX_SCAN_UNIQUE;
        info->idxNum = by_rowid;
    }
    return SQLITE_OK;
}

MICA_DECL int open_values(sqlite3_vtab*, sqlite3_vtab_cursor** cursor) noexcept {
    *cursor = new (std::nothrow) ValuesCursor{};
    return *cursor == nullptr ? SQLITE_NOMEM : SQLITE_OK;
}

MICA_DECL int close_values(sqlite3_vtab_cursor* cursor) noexcept {
    delete &values_cursor(cursor);
    return SQLITE_OK;
}

/// NULL is an empty list, and so are an unbound parameter and a pointer of another type. Anything else is a mistake.
MICA_DECL int start_values(sqlite3_vtab_cursor* base, int plan, const char*, int, sqlite3_value** arguments) noexcept {
    ValuesCursor& cursor = values_cursor(base);
    cursor.list = static_cast<const ValueList*>(sqlite3_value_pointer(arguments[0], values_name));
    cursor.position = 0;
    cursor.count = cursor.list == nullptr ? 0 : cursor.list->size();
    if (plan == by_rowid) {
        const std::int64_t wanted = sqlite3_value_int64(arguments[1]);  // SQLite tests the equality itself once more
        const bool is_there = wanted >= 0 && static_cast<std::uint64_t>(wanted) < cursor.count;
        cursor.position = is_there ? static_cast<std::size_t>(wanted) : cursor.count;
        if (is_there) cursor.count = cursor.position + 1;
    }
    if (cursor.list != nullptr || sqlite3_value_type(arguments[0]) == SQLITE_NULL) return SQLITE_OK;
    base->pVtab->zErrMsg = sqlite3_mprintf("mica_values() takes a bound list");
    return SQLITE_ERROR;
}

MICA_DECL int next_value(sqlite3_vtab_cursor* cursor) noexcept {
    ++values_cursor(cursor).position;
    return SQLITE_OK;
}

MICA_DECL int at_end_of_values(sqlite3_vtab_cursor* cursor) noexcept {
    return values_cursor(cursor).position >= values_cursor(cursor).count ? 1 : 0;
}

MICA_DECL int column_of_value(sqlite3_vtab_cursor* base, sqlite3_context* context, int column) noexcept {
    if (column == values_argument) return SQLITE_OK;  // NULL: the list stays hidden
    ResultSink sink{context};
    values_cursor(base).list->send(values_cursor(base).position, sink);
    return SQLITE_OK;
}

MICA_DECL int rowid_of_value(sqlite3_vtab_cursor* cursor, sqlite3_int64* rowid) noexcept {
    *rowid = static_cast<sqlite3_int64>(values_cursor(cursor).position);
    return SQLITE_OK;
}

/// No xCreate: the function is there on every connection that registers it, and can make no table in a database file.
consteval sqlite3_module values_module() {
    sqlite3_module module{};
    module.xConnect = connect_values;
    module.xBestIndex = plan_values;
    module.xDisconnect = disconnect_values;
    module.xOpen = open_values;
    module.xClose = close_values;
    module.xFilter = start_values;
    module.xNext = next_value;
    module.xEof = at_end_of_values;
    module.xColumn = column_of_value;
    module.xRowid = rowid_of_value;
    return module;
}

inline constexpr sqlite3_module values_functions = values_module();

MICA_DECL void delete_values(void* list) noexcept { delete static_cast<ValueList*>(list); }

int bind_values(sqlite3_stmt* statement, int index, const ValueList& values, Lifetime lifetime) {
    if (lifetime == Lifetime::copied) {
        // SQLite calls the destructor also when it refuses the pointer.
        return sqlite3_bind_pointer(statement, index, new ValueList(values), values_name, delete_values);
    }
    // SQLite takes no pointer to const, but only hands it back, and a cursor reads.
    return sqlite3_bind_pointer(statement, index, const_cast<ValueList*>(&values), values_name, nullptr);
}

}  // namespace mica::sqlite::detail

namespace mica::sqlite {

void register_values_function(sqlite3* db) {
    check(db, sqlite3_create_module_v2(db, detail::values_name, &detail::values_functions, nullptr, nullptr));
}

}  // namespace mica::sqlite
