// SPDX-License-Identifier: BSL-1.0
// Generated columns and chosen defaults of the rows that a flush has written, read back: nobody else knows them.
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/engine/open_connection.hpp>
#include <mica/session/flush/row_writer.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace mica::detail {

/// Whether a flush that writes a change has to read its row again.
inline bool is_computed(const Change& change) noexcept {
    if (change.kind == ChangeKind::remove || (change.kind == ChangeKind::update && change.columns.empty()))
        return false;
    return change.tracked->operations->has_generated_column || change.leaves_defaults;
}

/// Whether the database computes a column of a change that was written, or may have chosen it.
inline bool is_computed(const Table& table, std::size_t column, bool with_defaults) noexcept {
    return table.columns[column].is_generated ||
           (with_defaults && default_option(table, column) < table.options.size());
}

/// The SELECT of such columns of a row, by its key.
[[gnu::cold, gnu::noinline]] inline std::string select_computed(const Table& table, bool with_defaults,
                                                                const Dialect& dialect) {
    return make_text(dialect, [&](SqlWriter& writer) {
        std::string_view separator = "SELECT ";
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            if (!is_computed(table, i, with_defaults)) continue;
            writer.text(detail::exchange(separator, ", "));
            writer.identifier(table.columns[i].name);
        }
        writer.text(" FROM ");
        name_table(writer, table);
        render_key_condition(writer, table);
    });
}

/// Puts what the database has computed into the rows of changes that have been written.
/// Cost: one prepared SELECT by key for each row of a table with generated columns, and each new row that leaves a
/// column to its default; none for others.
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
        if (table_ != &table || with_defaults_ != change.leaves_defaults) {
            const std::string sql = select_computed(table, change.leaves_defaults, BackendType::dialect);
            lease_ = connection_.acquire(sql);
            table_ = &table;
            with_defaults_ = change.leaves_defaults;
        } else {
            lease_.run_again();
        }
        auto& statement = lease_->statement;
        BindSink<typename BackendType::Statement> sink{statement};
        send_key(table, change.snapshot, sink);
        row_.clear();
        if (statement.step()) {
            SnapshotCell cell = first_cell(change.snapshot);
            int computed = 0;
            for (std::size_t i = 0; i < table.columns.size(); ++i, cell = cell.next()) {
                if (is_computed(table, i, with_defaults_)) {
                    append_cell(statement.cell(computed++), row_);
                } else {
                    append_cell(cell, row_);
                }
            }
        } else if (change.kind == ChangeKind::update) {  // gone by a foreign key or a trigger
            change.kind = ChangeKind::remove;
            change.snapshot = change.tracked->snapshot;
        } else if (with_defaults_) {
            change.tracked->operations->take_snapshot(*change.tracked, row_);  // a trigger has removed it
        }
        statement.reset();
        lease_.end_run();
        if (!row_.view().empty()) change.snapshot = change.tracked->operations->as_stored(row_);
    }

    OpenConnection<BackendType>& connection_;
    const Table* table_ = nullptr;
    bool with_defaults_ = false;
    StatementLease<BackendType> lease_{};
    SnapshotBuffer row_{};
};

}  // namespace mica::detail
