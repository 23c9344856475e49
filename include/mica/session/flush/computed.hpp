// SPDX-License-Identifier: BSL-1.0
// Generated columns of the rows that a flush has written, read back: nobody else knows what the database computed.
#pragma once

#include <mica/engine/open_connection.hpp>
#include <mica/session/flush/row_writer.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace mica::detail {

/// Whether a flush that writes a change has to read its row again.
inline bool is_computed(const Change& change) noexcept {
    if (change.kind == ChangeKind::remove || (change.kind == ChangeKind::update && change.columns.empty()))
        return false;
    return change.tracked->operations->has_generated_column;
}

/// The SELECT of a row's generated columns, by its key.
[[gnu::cold, gnu::noinline]] inline std::string select_generated(const Table& table, const Dialect& dialect) {
    return make_text(dialect, [&table](SqlWriter& writer) {
        std::string_view separator = "SELECT ";
        for (const Column& column : table.columns) {
            if (!column.is_generated) continue;
            writer.text(std::exchange(separator, ", "));
            writer.identifier(column.name);
        }
        writer.text(" FROM ");
        name_table(writer, table);
        render_key_condition(writer, table);
    });
}

/// Puts what the database has computed into the rows of changes that have been written.
/// Cost: one prepared SELECT by key for each row of a table with generated columns, none for others.
template <class BackendType>
class ComputedColumns {
public:
    explicit ComputedColumns(OpenConnection<BackendType>& connection) noexcept : connection_(connection) {}

    /// Throws DataError where a value does not fit its field; no object has changed then.
    void read(List<Change>& changes) {
        for (Change& change : changes) {
            if (is_computed(change)) read(change);
        }
    }

private:
    void read(Change& change) {
        const Table& table = change.tracked->table();
        if (table_ != &table) {
            const std::string sql = select_generated(table, BackendType::dialect);
            lease_ = connection_.acquire(sql);
            table_ = &table;
        } else {
            lease_.run_again();
        }
        auto& statement = lease_->statement;
        BindSink<typename BackendType::Statement> sink{statement};
        send_key(table, change.snapshot, sink);
        row_.clear();
        if (statement.step()) {
            SnapshotCell cell = first_cell(change.snapshot);
            int generated = 0;
            for (const Column& column : table.columns) {
                if (column.is_generated) {
                    append_cell(statement.cell(generated++), row_);
                } else {
                    append_cell(cell, row_);
                }
                cell = cell.next();
            }
        }
        statement.reset();
        lease_.end_run();
        if (!row_.view().empty()) change.snapshot = change.tracked->operations->as_stored(row_);
    }

    OpenConnection<BackendType>& connection_;
    const Table* table_ = nullptr;
    StatementLease<BackendType> lease_{};
    SnapshotBuffer row_{};
};

}  // namespace mica::detail
