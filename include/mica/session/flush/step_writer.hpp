// SPDX-License-Identifier: BSL-1.0
// One planned statement at a time, into the database.
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/session/flush/flush_rows.hpp>
#include <mica/session/flush/row_writer.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace mica::detail {

/// Which columns a planned UPDATE sets.
template <class Lazy = void>
[[gnu::cold]] ColumnSet columns_of_step(const FlushRows<Lazy>& rows, const PlanStep<Lazy>& step) {
    ColumnSet columns;
    for (std::uint32_t i = 0; i < step.columns.count; ++i) {
        columns.add(rows.plan().steps().assignments[step.columns.first + i].column);
    }
    const Change* const change = rows[step.row].change;
    if (!step.has_rest || change == nullptr) return columns;
    const PlanTable<Lazy>& table = rows.plan().table(step.row);
    change->columns.for_each([&](std::size_t column) {
        if (table.slot_of(static_cast<std::uint16_t>(column)) == table.width()) columns.add(column);
    });
    if (table.table->version >= 0) columns.add(static_cast<std::size_t>(table.table->version));
    return columns;
}

/// A row may refer to a key of its own table that it gives up itself.
template <class Lazy = void>
bool excludes_itself(const FlushRows<Lazy>& rows, const PlanStep<Lazy>& step, const PlanGuard<Lazy>& guard) noexcept {
    const PlanSchema<Lazy>& schema = rows.plan().schema();
    return step.verb == PlanVerb::update && schema.references[guard.reference].table == rows.plan().table_of(step.row);
}

/// Where foreign keys are checked late, nobody may refer to the keys that a statement takes: the database would give
/// such a row to another one without a word.
template <class Lazy = void>
[[gnu::cold]] void render_guards(SqlWriter& writer, const FlushRows<Lazy>& rows, const PlanStep<Lazy>& step,
                                 std::string_view separator) {
    const PlanSchema<Lazy>& schema = rows.plan().schema();
    const auto condition = [&writer](std::string_view name, std::string_view collation = {}) {
        writer.identifier(name);
        writer.text(" = ");
        writer.parameter();
        if (collation.empty()) return;
        writer.text(" COLLATE ");
        writer.identifier(writer.dialect().spelling(collation));
    };
    for (std::uint32_t i = 0; i < step.guards.count; ++i) {
        const PlanGuard<Lazy>& guard = rows.plan().steps().guards[step.guards.first + i];
        const PlanReference<Lazy>& reference = schema.references[guard.reference];
        const PlanTable<Lazy>& child = schema.tables[reference.table];
        const PlanTable<Lazy>& parent = schema.parent(reference);
        const List<std::uint16_t>& key = schema.keys[reference.key].slots;
        writer.text(separator);
        writer.text("NOT EXISTS (SELECT 1 FROM ");
        name_table(writer, *child.table);
        for (std::size_t part = 0; part < key.size(); ++part) {
            writer.text(part == 0 ? " WHERE " : " AND ");
            condition(child.table->columns[child.columns[reference.slots[part]]].name,
                      collation_of(*parent.table, parent.columns[key[part]]));
        }
        if (excludes_itself(rows, step, guard)) {
            for (const std::size_t& column : child.table->key) {
                writer.text(&column == child.table->key.data() ? " AND NOT (" : " AND ");
                condition(child.table->columns[column].name);
            }
            writer.text(")");
        }
        writer.text(")");
        separator = " AND ";
    }
}

template <class Lazy = void>
[[noreturn, gnu::cold, gnu::noinline]] void throw_unknown_rows(const FlushRows<Lazy>& rows,
                                                               const PlanStep<Lazy>& step) {
    const Tracked& tracked = *rows[step.row].tracked;
    const Failure failure{
        .message = join({"mica: rows that the session has not read refer to a key of table \"", tracked.table().name,
                         "\" that changes hands; flush the removal or the renaming first"})};
    throw IntegrityError(failure, ConstraintKind::foreign_key, tracked.table().name, {});
}

template <class BackendType>
class StepWriter {
    using Lazy = Late<void, BackendType>;

public:
    StepWriter(RowStatements<BackendType>& statements, FlushRows<Lazy>& rows) noexcept
        : statements_(statements), writer_(statements), rows_(rows) {}

    /// Throws what the database says, and StaleDataError where the row is not there as it was.
    [[gnu::cold]] void write(const PlanStep<Lazy>& step) {
        switch (step.verb) {
            case PlanVerb::insert: insert(step); break;
            case PlanVerb::update: update(step); break;
            case PlanVerb::remove: remove(step); break;
        }
    }

private:
    using Lease = StatementLease<BackendType>;
    using Sink = BindSink<typename BackendType::Statement>;
    using Reset = typename RowStatements<BackendType>::Reset;

    const PlanSteps<Lazy>& steps() const noexcept { return rows_.plan().steps(); }
    bool is_guarded(const PlanStep<Lazy>& step) const noexcept {
        return steps().are_checked_late && step.guards.count != 0;
    }

    [[gnu::cold]] void insert(const PlanStep<Lazy>& step) {
        Change& change = *rows_[step.row].change;
        const std::uint32_t former = rows_.plan().former(step.row);
        if (former != no_row && change.tracked->table().version >= 0) {
            set_version(change, version_of(*rows_[former].tracked) + 1);  // to others it is the same row
        }
        if (!is_guarded(step)) {
            const EntityOperations& operations = *change.tracked->operations;
            Lease& lease = statements_.insert_of(*operations.insert);
            const Reset reset{lease->statement};
            insert(step, change, *lease);
            return lease.end_run();
        }
        Lease lease = connection().acquire(guarded_insert(step));
        insert(step, change, *lease);
        lease.end();
    }
    [[gnu::cold]] void insert(const PlanStep<Lazy>& step, Change& change, CachedStatement<BackendType>& entry) {
        typename BackendType::Statement& statement = entry.statement;
        const Table& table = change.tracked->table();
        Sink sink{statement};
        SnapshotCell cell = first_cell(change.snapshot);
        bool is_chosen = false;
        for (std::size_t i = 0; i < table.columns.size(); ++i, cell = cell.next()) {
            if (table.columns[i].is_generated) continue;
            const PlanAssignment<Lazy>* const assigned = assignment(step, i);
            if (static_cast<int>(i) == table.generated_key && cell.integer() == 0) {
                sink.null();
                is_chosen = true;
            } else if (assigned != nullptr) {
                send(assigned->value, sink);
            } else {
                send_cell(cell, sink);
            }
        }
        send_guards(step, sink);
        statement.step();
        if (is_guarded(step) && statement.summary().changed() == 0) throw_unknown_rows(rows_, step);
        is_chosen ? writer_.take_key(change, entry) : writer_.require_written(change, statement);
    }
    std::string guarded_insert(const PlanStep<Lazy>& step) const {
        const Table& table = rows_[step.row].tracked->table();
        return make_text(BackendType::dialect, [&](SqlWriter& writer) {
            writer.text("INSERT INTO ");
            name_table(writer, table);
            std::string_view separator = " (";
            for (const Column& column : table.columns) {
                if (column.is_generated) continue;
                writer.text(detail::exchange(separator, ", "));
                writer.identifier(column.name);
            }
            separator = ") SELECT ";
            const InsertedColumn value = rows_[step.row].tracked->operations->inserted_column;
            for (std::size_t i = 0; i < table.columns.size(); ++i) {
                if (table.columns[i].is_generated) continue;
                writer.text(detail::exchange(separator, ", "));
                value(writer, i);
            }
            render_guards(writer, rows_, step, " WHERE ");
        });
    }

    [[gnu::cold]] void update(const PlanStep<Lazy>& step) {
        const FlushRow<Lazy> row = rows_[step.row];
        const Table& table = row.tracked->table();
        const ColumnSet columns = columns_of_step(rows_, step);
        if (columns.empty()) return;
        if (is_gone(step)) return lose(step);
        const std::int64_t version = stored_version(step.row);
        const bool counts = table.version >= 0 && columns.has(static_cast<std::size_t>(table.version));
        if (counts) set_version(*row.change, version + 1);
        if (is_guarded(step)) {
            const std::string sql = make_text(BackendType::dialect, [&](SqlWriter& writer) {
                render_update_by_key(writer, table, columns.list());
                render_guards(writer, rows_, step, " AND ");
            });
            Lease lease = connection().acquire(sql);
            update(step, columns, version, lease->statement);
            return lease.end();
        }
        Lease& lease = statements_.update_of(table, columns).lease;
        const Reset reset{lease->statement};
        update(step, columns, version, lease->statement);
        lease.end_run();
    }
    [[gnu::cold]] void update(const PlanStep<Lazy>& step, const ColumnSet& columns, std::int64_t version,
                              typename BackendType::Statement& statement) {
        const FlushRow<Lazy>& row = rows_[step.row];
        const Table& table = row.tracked->table();
        Sink sink{statement};
        columns.for_each([&](std::size_t column) {
            if (const PlanAssignment<Lazy>* const assigned = assignment(step, column))
                return send(assigned->value, sink);
            if (static_cast<int>(column) == table.version) return sink.integer(version + 1);
            send_cell(cell_at(row.change->snapshot, column), sink);
        });
        send_key(step, version, sink);
        send_guards(step, sink);
        statement.step();
        if (statement.summary().changed() != 0) return;
        if (is_guarded(step)) throw_unknown_rows(rows_, step);
        if (may_be_missing(step)) return rows_.note_missing(step.row);
        throw_stale(connection(), *row.tracked);
    }
    /// Nobody has changed it, and since it was read it may have gone.
    bool may_be_missing(const PlanStep<Lazy>& step) const noexcept {
        const FlushRow<Lazy>& row = rows_[step.row];
        const Table& table = row.tracked->table();
        return row.change == nullptr && rows_.plan().is_doubtful(step.row) && table.version < 0;
    }
    /// Whether a new row has the key that this one still had.
    bool is_gone(const PlanStep<Lazy>& step) const {
        const FlushRow<Lazy>& row = rows_[step.row];
        if (!row.is_taken) return false;
        const SnapshotCell read = cell_at(row.tracked->snapshot, row.tracked->table().key[0]);
        return rows_.with_cell(steps().values[step.key.first], [&](SnapshotCell key) { return key.equals(read); });
    }
    void lose(const PlanStep<Lazy>& step) {
        if (!may_be_missing(step)) throw_gone(*rows_[step.row].tracked);
        rows_.note_missing(step.row);
    }

    [[gnu::cold]] void remove(const PlanStep<Lazy>& step) {
        const Tracked& tracked = *rows_[step.row].tracked;
        if (is_gone(step)) {
            if (step.must_exist) throw_gone(tracked);
            return writer_.note_taken(tracked);
        }
        Lease lease = connection().acquire(*tracked.operations->remove);
        Sink sink{lease->statement};
        send_key(step, stored_version(step.row), sink);
        lease->statement.step();
        const bool gone = lease->statement.summary().changed() == 0;
        lease.end();
        if (gone && step.must_exist) throw_gone(tracked);
        writer_.note_removed(tracked, gone);
    }

    OpenConnection<BackendType>& connection() const noexcept { return statements_.connection(); }
    const PlanAssignment<Lazy>* assignment(const PlanStep<Lazy>& step, std::size_t column) const noexcept {
        for (std::uint32_t i = 0; i < step.columns.count; ++i) {
            const PlanAssignment<Lazy>& each = steps().assignments[step.columns.first + i];
            if (each.column == column) return &each;
        }
        return nullptr;
    }
    void send(PlanValue value, Sink& sink) const {
        const Lifetime least = sink.least;
        if (rows_.plan().values().kind(value) == PlanValueKind::unused) sink.least = Lifetime::copied;
        rows_.with_cell(value, [&](SnapshotCell cell) { send_cell(cell, sink); });
        sink.least = least;
    }
    void send_key(const PlanStep<Lazy>& step, std::int64_t version, Sink& sink) const {
        for (std::uint32_t i = 0; i < step.key.count; ++i) send(steps().values[step.key.first + i], sink);
        if (rows_[step.row].tracked->table().version >= 0) sink.integer(version);
    }
    [[gnu::cold]] void send_guards(const PlanStep<Lazy>& step, Sink& sink) const {
        if (!is_guarded(step)) return;
        for (std::uint32_t i = 0; i < step.guards.count; ++i) {
            const PlanGuard<Lazy>& guard = steps().guards[step.guards.first + i];
            const PlanReference<Lazy>& reference = rows_.plan().schema().references[guard.reference];
            const PlanValue* const values = rows_.plan().key_values().values(guard.value);
            for (std::size_t part = 0; part < reference.slots.size(); ++part) send(values[part], sink);
            if (!excludes_itself(rows_, step, guard)) continue;
            for (std::uint32_t part = 0; part < step.key.count; ++part) {
                send(steps().values[step.key.first + part], sink);
            }
        }
    }

    /// The version that a row has in the database by now.
    std::int64_t stored_version(std::uint32_t row) const {
        const FlushRow<Lazy>& of = rows_[row];
        const Table& table = of.tracked->table();
        if (table.version < 0) return 0;
        if (of.change == nullptr || of.change->kind == ChangeKind::remove) return version_of(*of.tracked);
        if (of.change->kind == ChangeKind::update) return version_of(*of.tracked) + (of.change->is_version_new ? 1 : 0);
        return cell_at(of.change->snapshot, static_cast<std::size_t>(table.version)).integer();
    }
    /// Before the row is written, for the field may be too narrow.
    void set_version(Change& change, std::int64_t version) const {
        const auto column = static_cast<std::size_t>(change.tracked->table().version);
        change.version_before = cell_at(change.snapshot, column).integer();
        if (change.kind == ChangeKind::update) change.version_before = version_of(*change.tracked);
        change.tracked->operations->set_version(*change.tracked, version);
        change.is_version_new = true;
        set_integer(change.snapshot, column, version);
    }

    RowStatements<BackendType>& statements_;
    RowWriter<BackendType> writer_;
    FlushRows<Lazy>& rows_;
};

}  // namespace mica::detail
