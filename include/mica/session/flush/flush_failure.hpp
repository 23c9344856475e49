// SPDX-License-Identifier: BSL-1.0
// Which row a flush failed at: the database tells a constraint, not whose.
#pragma once

#include <mica/session/flush/row_writer.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace mica::detail {

/// "inserting row 7 of table "car"".
[[gnu::cold, gnu::noinline]] inline std::string describe_place(const Change& change) {
    constexpr std::string_view verbs[]{"inserting ", "updating ", "removing "};
    const Table& table = change.tracked->table();
    const Snapshot& known = change.kind == ChangeKind::insert ? change.snapshot : change.tracked->snapshot;
    const std::string key = key_text(table, known);
    return join({verbs[static_cast<std::size_t>(change.kind)], key.empty() ? "a new row" : "row ", key, " of table \"",
                 table.name, "\""});
}

/// Whether the row that a foreign key of a change references is missing.
template <class BackendType>
[[gnu::cold, gnu::noinline]] bool is_broken(OpenConnection<BackendType>& connection, const Change& change,
                                            const OptionData& key) {
    const Table& parent = key.target();
    const std::string sql = make_text(BackendType::dialect, [&](SqlWriter& writer) {
        writer.text("SELECT 1 FROM ");
        name_table(writer, parent);
        for (std::size_t i = 0; i < key.target_fields.count; ++i) {
            writer.text(i == 0 ? " WHERE " : " AND ");
            writer.identifier(parent.columns[parent.column_of(key.target_fields.addresses[i])].name);
            writer.text(" = ");
            writer.parameter();
        }
    });
    const StatementLease<BackendType> statement = connection.acquire(sql);
    BindSink<typename BackendType::Statement> sink{statement->statement};
    for (std::size_t i = 0; i < key.fields.count; ++i) {
        const SnapshotCell cell = cell_at(change.snapshot, change.tracked->table().column_of(key.fields.addresses[i]));
        if (cell.storage_class() == StorageClass::null) return false;  // references nothing
        send_cell(cell, sink);
    }
    return !statement->statement.step();
}

/// The columns of the first foreign key whose parent is missing; none where the row is itself the parent.
template <class BackendType>
List<std::string_view> find_broken_key(OpenConnection<BackendType>& connection, const Change& change) {
    const Table& table = change.tracked->table();
    List<std::string_view> columns;
    if (change.kind == ChangeKind::remove) return columns;
    for (const OptionData& option : table.options) {
        if (option.kind != OptionKind::foreign_key || !is_broken(connection, change, option)) continue;
        for (std::size_t i = 0; i < option.fields.count; ++i) {
            columns.push_back(table.columns[table.column_of(option.fields.addresses[i])].name);
        }
        break;
    }
    return columns;
}

[[gnu::cold, gnu::noinline]] inline Failure with_place(Failure failure, const Change& change,
                                                       ListView<std::string_view> columns) {
    append(failure.message, {", on ", describe_place(change)});
    if (change.kind == ChangeKind::remove && change.tracked->operations->relations != nullptr) {
        change.tracked->operations->relations().hooks->append_unloaded(failure.message, *change.tracked);
    }
    std::string_view separator = columns.size() > 1 ? ", columns \"" : ", column \"";
    for (const std::string_view column : columns) {
        append(failure.message, {separator, column, "\""});
        separator = ", \"";
    }
    return failure;
}

template <class BackendType>
[[noreturn, gnu::cold, gnu::noinline]] void rethrow_with_row(OpenConnection<BackendType>& connection,
                                                             const Change& change, const IntegrityError& error) {
    List<std::string_view> columns;
    for (const std::string& column : error.columns()) columns.push_back(column);
    std::string_view table = error.table();
    if (table.empty()) {
        table = change.tracked->table().name;
        try {
            if (error.kind() == ConstraintKind::foreign_key) columns = find_broken_key(connection, change);
        } catch (const Error&) {  // then the row alone is named
        }
    }
    throw IntegrityError(with_place(error.failure(), change, columns), error.kind(), table, columns,
                         error.constraint());
}

/// Throws as the database would for a row whose parent is missing.
template <class BackendType>
[[gnu::cold, gnu::noinline]] void throw_if_broken(OpenConnection<BackendType>& connection, const Change& change) {
    const List<std::string_view> columns = find_broken_key(connection, change);
    if (columns.empty()) return;
    throw IntegrityError(with_place(BackendType::foreign_key_failure({}), change, columns), ConstraintKind::foreign_key,
                         change.tracked->table().name, columns);
}

/// Inside of a catch clause: a value that was to be held in passing has been refused.
[[noreturn, gnu::cold, gnu::noinline]] inline void rethrow_passing(const Change& change) {
    try {
        throw;
    } catch (const IntegrityError& error) {
        List<std::string_view> columns;
        for (const std::string& column : error.columns()) columns.push_back(column);
        Failure failure = with_place(error.failure(), change, columns);
        append(failure.message, {"; rows that take each other's values hold others in passing, which this constraint "
                                 "forbids: flush one of them with a free value first"});
        throw IntegrityError(failure, error.kind(), error.table(), columns, error.constraint());
    }
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
