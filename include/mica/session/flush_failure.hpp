// SPDX-License-Identifier: BSL-1.0
// Which row a flush failed at: the database tells a constraint, not whose.
#pragma once

#include <mica/session/row_writer.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace mica::detail {

/// "inserting row 7 of table "car"".
inline std::string describe_place(const Change& change) {
    constexpr std::string_view verbs[]{"inserting ", "updating ", "removing "};
    const Table& table = change.tracked->table();
    const std::string& known = change.kind == ChangeKind::insert ? change.snapshot : change.tracked->snapshot;
    const std::string key = key_text(table, known);
    std::string text{verbs[static_cast<std::size_t>(change.kind)]};
    text += key.empty() ? "a new row" : "row " + key;
    return text + " of table \"" + std::string{table.name} + '"';
}

/// Whether the row that a foreign key of a change references is missing.
template <class BackendType>
bool is_broken(OpenConnection<BackendType>& connection, const Change& change, const OptionData& key) {
    const Table& parent = key.target();
    std::string sql = "SELECT 1 FROM ";
    append_identifier(sql, parent.name);
    std::string_view separator = " WHERE ";
    for (std::size_t i = 0; i < key.target_fields.count; ++i) {
        sql += separator;
        append_identifier(sql, parent.columns[parent.column_of(key.target_fields.addresses[i])].name);
        sql += " = ?";
        separator = " AND ";
    }
    StatementLease<BackendType> statement{connection, connection.statements.acquire(connection.database, sql)};
    BindSink<typename BackendType::Statement> sink{statement->statement};
    for (std::size_t i = 0; i < key.fields.count; ++i) {
        const SnapshotCell cell = cell_at(change.snapshot, change.tracked->table().column_of(key.fields.addresses[i]));
        if (cell.storage_class() == StorageClass::null) return false;  // references nothing
        cell.send(sink);
    }
    return !statement->statement.step();
}

/// The columns of the first foreign key whose parent is missing; none where the row is itself the parent.
template <class BackendType>
std::vector<std::string> find_broken_key(OpenConnection<BackendType>& connection, const Change& change) {
    const Table& table = change.tracked->table();
    std::vector<std::string> columns;
    if (change.kind == ChangeKind::remove) return columns;
    for (const OptionData& option : table.options) {
        if (option.kind != OptionKind::foreign_key || !is_broken(connection, change, option)) continue;
        for (std::size_t i = 0; i < option.fields.count; ++i) {
            columns.emplace_back(table.columns[table.column_of(option.fields.addresses[i])].name);
        }
        break;
    }
    return columns;
}

inline Failure with_place(Failure failure, const Change& change, const std::vector<std::string>& columns) {
    failure.message += ", on " + describe_place(change);
    std::string_view separator = columns.size() > 1 ? ", columns \"" : ", column \"";
    for (const std::string& column : columns) {
        failure.message += separator;
        failure.message += column + '"';
        separator = ", \"";
    }
    return failure;
}

template <class BackendType>
[[noreturn]] void rethrow_with_row(OpenConnection<BackendType>& connection, const Change& change,
                                   const IntegrityError& error) {
    std::string table = error.table();
    std::vector<std::string> columns = error.columns();
    if (error.kind() == ConstraintKind::foreign_key && table.empty()) {
        try {
            columns = find_broken_key(connection, change);
        } catch (const Error&) {  // then the row alone is named
        }
    }
    if (table.empty()) table = change.tracked->table().name;
    List<std::string_view> names;
    for (const std::string& column : columns) names.push_back(column);
    throw IntegrityError(with_place(error.failure(), change, columns), error.kind(), table, names);
}

/// Inside of a catch clause: throws the same error again, with the row it was about. Errors of other types than the
/// database's stay as they are.
template <class BackendType>
[[noreturn, gnu::cold, gnu::noinline]] void rethrow_with_row(OpenConnection<BackendType>& connection,
                                                             const Change& change) {
    try {
        throw;
    } catch (const IntegrityError& error) {
        rethrow_with_row(connection, change, error);
    } catch (const InterruptedError&) {
        throw;
    } catch (const OperationalError& error) {
        throw OperationalError(with_place(error.failure(), change, {}));
    } catch (const DataError& error) {
        throw DataError(with_place(error.failure(), change, {}));
    }
}

}  // namespace mica::detail
