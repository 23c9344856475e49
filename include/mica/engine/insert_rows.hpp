// SPDX-License-Identifier: BSL-1.0
// Many objects inserted, all or none: by one statement that reads them inside of the database's own loop, which is
// quicker than any loop around a statement, or where that is not to be had by a statement for each.
#pragma once

#include <mica/core/decl.hpp>
#include <mica/core/list.hpp>
#include <mica/core/row_source.hpp>
#include <mica/core/run_limits.hpp>
#include <mica/engine/chosen_key.hpp>
#include <mica/engine/transaction.hpp>
#include <mica/query/statement/whole_row.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace mica::detail {

/// To be called while an error is handled: throws it again; where the object at `index` of a range is to blame, with
/// that in its message.
[[noreturn, gnu::cold]] MICA_DECL void rethrow_for_object(std::size_t index);

/// Whether rows of a table reference others of it: a single statement would take a child before its parent.
[[gnu::cold]] MICA_DECL bool references_itself(const Table& table);

/// Whether no place is there twice.
MICA_DECL bool are_distinct(const List<const void*>& places);

/// So few are inserted sooner one by one.
inline constexpr std::size_t fewest_rows_at_once = 8;

/// The plain way, and what the quick one has to be equal to: one statement, run for each object.
template <class BackendType>
std::int64_t insert_each(OpenConnection<BackendType>& connection, const StatementInfo& each, const Table& table,
                         RowSource& rows) {
    rows.keys.clear();
    BasicSavepoint<BackendType> scope{connection};
    std::int64_t changed = 0;
    {
        StatementLease<BackendType> lease = connection.acquire(each);
        auto& statement = lease->statement;
        RowCells cells;
        for (std::size_t i = 0; i < rows.count; ++i) {
            cells.begin_row();
            rows.encode(rows.object(i), cells);
            BindSink<typename BackendType::Statement> sink{statement};
            try {
                for (std::size_t column = 0; column < cells.count(); ++column) send_cell(cells.cell(column), sink);
                if (rows.lacks_key(cells)) require_chosen_key(connection, *lease, table);
                statement.step();
                statement.reset();
                const auto summary = statement.summary();
                const std::int64_t inserted = summary.changed();
                if (inserted != 0 && rows.wants_key(cells)) rows.add_key(i, summary.generated_key());
                changed += inserted;
            } catch (...) {
                rethrow_for_object(rows.first_index + i);
            }
        }
        lease.end(changed);
    }
    scope.commit();
    return changed;
}

/// One statement for all of them. Without a transaction around it, it is one of its own, which spares the database what
/// it would keep to undo a statement alone.
template <class BackendType>
RowsEnd insert_at_once(OpenConnection<BackendType>& connection, const Table& table, RowSource& rows, bool sees_each,
                       std::int64_t& changed) {
    rows.keys.clear();
    std::optional<BasicSavepoint<BackendType>> scope;
    if (!sees_each) scope.emplace(connection);
    {
        StatementLease<BackendType> lease;
        try {
            lease = connection.acquire(insert_rows_text(table, BackendType::dialect));
        } catch (const ProgrammingError&) {  // the table is missing, or its like: the plain statement says it better
            return RowsEnd::refused;
        }
        if (rows.key >= 0 && !chooses_key(connection, *lease, table)) return RowsEnd::refused;
        const RowsEnd end = lease->statement.insert_rows(rows, sees_each);
        if (end != RowsEnd::done) return end;
        changed = lease->statement.summary().changed();
        lease.end(changed);
    }
    if (scope) scope->commit();
    return RowsEnd::done;
}

/// Whether nobody is told of a transaction's begin and end, and none is open: then one statement is one by itself.
/// A trigger might still keep what is before the row that it refuses; so there must be none.
template <class BackendType>
bool may_go_alone(OpenConnection<BackendType>& connection, const Table& table) {
    return !table.without_rowid && !connection.database.in_transaction() && !connection.watch.is_wanted() &&
           innermost_limits == nullptr;
}

/// Whether nobody hears of single statements, of which the plain one shows the values, and none is refused in a try.
template <class BackendType>
bool may_try(OpenConnection<BackendType>& connection) {
    return !connection.watch.wants_statements() && !connection.watch.wants(EngineEvent::error);
}

/// Whether so many rows of a table may be inserted by one statement.
template <class BackendType>
bool may_insert_at_once(OpenConnection<BackendType>& connection, const Table& table, std::size_t count) {
    if constexpr (InsertsRows<typename BackendType::Statement>) {
        return count >= fewest_rows_at_once && table.columns.size() <= BackendType::Statement::most_row_columns &&
               !references_itself(table) && may_try(connection);
    } else {
        return false;
    }
}

/// Inserts the objects of a source, which writes their keys. Gives the number of rows. `each` is the statement of one.
template <class BackendType>
std::int64_t insert_rows(OpenConnection<BackendType>& connection, const StatementInfo& each, const Table& table,
                         RowSource& rows) {
    std::int64_t changed = 0;
    RowsEnd end = RowsEnd::refused;
    std::optional<BasicSavepoint<BackendType>> both;  // so that of two ways, those who listen hear of one transaction
    if constexpr (InsertsRows<typename BackendType::Statement>) {
        if (may_insert_at_once(connection, table, rows.count)) {
            const bool goes_alone = may_go_alone(connection, table);
            if (goes_alone) end = insert_at_once(connection, table, rows, true, changed);
            if (!goes_alone || end == RowsEnd::unseen) {
                if (connection.watch.is_wanted() && !connection.in_transaction()) both.emplace(connection);
                end = insert_at_once(connection, table, rows, false, changed);
            }
        }
    }
    if (end != RowsEnd::done) changed = insert_each(connection, each, table, rows);
    if (both) both->commit();
    rows.write_keys();
    return changed;
}

}  // namespace mica::detail

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/engine/impl/insert_rows.ipp>
#endif
