// SPDX-License-Identifier: BSL-1.0
// Writes what a session wants written: every statement is known before the first is sent.
#pragma once

#include <mica/engine/transaction.hpp>
#include <mica/schema/entity.hpp>
#include <mica/session/flush/changed_rows.hpp>
#include <mica/session/flush/flush_refusal.hpp>
#include <mica/session/flush/new_rows.hpp>
#include <mica/session/flush/planner.hpp>
#include <mica/session/flush/step_writer.hpp>
#include <mica/session/flush/table_order.hpp>
#include <mica/session/object/identity_map.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace mica::detail {

/// The order of a list of changes: that of their tables where it is enough, else a plan of all rows that are concerned.
template <class Lazy = void>
class FlushOrder {
public:
    FlushOrder(FlushTables<Lazy>& tables, List<Change>& changes, const TrackedList& list, RelationFlush& relations,
               bool can_check_late)
        : by_table_(known(tables, changes, list), changes) {
        for (Change& change : changes) relations.announce(change);
        if (!by_table_.is_enough()) plan(tables, changes, list, relations, can_check_late);
    }

    /// Throws IntegrityError or ProgrammingError where the rows cannot become what the program wants.
    void require_possible() {
        if (is_refused_) RefusedFlush<Lazy>{*rows_}.raise();
    }
    bool is_planned() const noexcept { return rows_ && !is_refused_; }

    const TableOrder<Lazy>& by_table() const noexcept { return by_table_; }
    /// Null where the order of the tables is enough.
    FlushRows<Lazy>* rows() noexcept { return rows_ ? &*rows_ : nullptr; }
    /// Whether all of it is one statement that changes all or nothing by itself.
    bool is_one_statement(const List<Change>& changes) const noexcept {
        if (!rows_) return changes.size() == 1 && changes.front().kind != ChangeKind::insert;
        const PlanSteps<Lazy>& steps = rows_->plan().steps();
        return steps.steps.size() == 1 && steps.steps.front().verb != PlanVerb::insert && !steps.are_checked_late;
    }

private:
    [[gnu::cold, gnu::noinline]] void plan(FlushTables<Lazy>& tables, List<Change>& changes, const TrackedList& list,
                                           RelationFlush& relations, bool can_check_late) {
        rows_.emplace(tables, changes, list, can_check_late);
        relations.plan(*rows_);
        is_refused_ = !rows_->plan().make();
    }

    /// A removal concerns all tables from which somebody may refer to the row.
    static const FlushTables<Lazy>& known(FlushTables<Lazy>& tables, const List<Change>& changes,
                                          const TrackedList& list) {
        bool has_removals = false;
        for (const Change& change : changes) {
            tables.add(*change.tracked->operations);
            has_removals = has_removals || change.kind == ChangeKind::remove;
        }
        for (const Tracked* each = has_removals ? list.first() : nullptr; each != nullptr; each = each->next) {
            tables.add(*each->operations);
        }
        return tables;
    }

    TableOrder<Lazy> by_table_;
    std::optional<FlushRows<Lazy>> rows_{};
    bool is_refused_ = false;
};

/// Cost: one statement for each row, and one more for each cycle of rows that take each other's keys; but one for all
/// new rows of a table, and for its rows whose keys ascend and of which the same columns have changed, where nothing
/// but its order is to be thought of.
template <class BackendType>
class Flush {
    using Lazy = Late<void, BackendType>;

public:
    Flush(OpenConnection<BackendType>& connection, List<Change>& changes, RelationFlush& relations,
          const IdentityMap& map)
        : statements_(connection), changes_(changes), relations_(relations), map_(map) {}

    /// Throws what the database refuses. Undoes nothing: the caller's savepoint does.
    void run(FlushOrder<Lazy>& order) {
        if (FlushRows<Lazy>* const rows = order.rows()) {
            run(*rows);
        } else {
            RowWriter<BackendType> writer{statements_};
            for (const Change& change : changes_) has_updates_ = has_updates_ || change.kind == ChangeKind::update;
            order.by_table().for_each_run([&](const ChangeRun<Lazy>& run) {
                if (run.kind == ChangeKind::insert && insert_at_once(run)) return;
                if (run.kind == ChangeKind::update && update_at_once(run, writer)) return;
                run.for_each(changes_, [&](std::uint32_t number) { write(changes_[number], writer); });
            });
        }
    }

private:
    /// New rows by one statement; false where they are to be inserted one by one.
    bool insert_at_once(const ChangeRun<Lazy>& run) {
        NewRows<BackendType> rows{statements_.connection(), changes_, run};
        if (!rows.are_for_one_statement()) return false;
        run.for_each(changes_, [&](std::uint32_t number) { relations_.resolve(changes_[number]); });
        if (!rows.insert()) return false;
        for (std::size_t i = 0; i < run.count; ++i) {
            Change& change = rows[i];
            try {
                rows.settle(i);
            } catch (const DatabaseError&) {
                rethrow_with_row(statements_.connection(), change);
            }
            note_inserted(change);
        }
        return true;
    }

    /// Changed rows by as few statements as there are sets of columns in them; false where they are to be updated one
    /// by one.
    bool update_at_once(const ChangeRun<Lazy>& run, RowWriter<BackendType>& writer) {
        if (!ChangedRows<BackendType>::are_for_one_statement(statements_.connection(), run.table, run.count)) {
            return false;
        }
        ChangedRows<BackendType> rows{statements_.connection(), run.table};
        run.for_each(changes_, [&](std::uint32_t number) {
            Change& change = changes_[number];
            relations_.resolve(change);
            if (change.columns.empty() || rows.add(change)) return;
            write(rows, writer);
            rows.add(change);
        });
        write(rows, writer);
        return true;
    }
    void write(ChangedRows<BackendType>& rows, RowWriter<BackendType>& writer) {
        bool are_written = false;
        try {
            are_written = rows.update();
        } catch (const DatabaseError&) {  // the transaction is lost, or its like
            rethrow_with_row(statements_.connection(), rows.last());
        }
        for (std::size_t i = 0; i < rows.size(); ++i) {
            are_written ? note_updated(rows[i]) : write(rows[i], writer);
        }
        rows.clear();
    }
    void note_updated(Change& change) {
        if (change.tracked->table().version < 0) return;
        try {
            RowWriter<BackendType>::set_version(change);
        } catch (const DatabaseError&) {
            rethrow_with_row(statements_.connection(), change);
        }
    }

    void write(Change& change, RowWriter<BackendType>& writer) {
        relations_.resolve(change);
        try {
            writer.write(change);
        } catch (const DatabaseError&) {
            rethrow_with_row(statements_.connection(), change);
        }
        if (change.kind == ChangeKind::insert) note_inserted(change);
    }
    void note_inserted(const Change& change) {
        relations_.note_written(change);
        if (!has_updates_ || !change.is_key_new) return;
        const Tracked* const former = former_holder(change);
        if (former != nullptr && (is_linked(*former) || differs(*former))) throw_gone(*former);
    }
    /// Who is known by the key that the database has chosen for a new row: his own row is gone.
    const Tracked* former_holder(const Change& change) const noexcept {
        return map_.find(KeyView::of_row(change.tracked->table(), change.snapshot));
    }

    [[gnu::cold]] void run(FlushRows<Lazy>& rows) {
        if (!rows.plan().steps().are_checked_late) return write_steps(rows);
        if constexpr (ForetellsForeignKeys<BackendType>) {
            OpenConnection<BackendType>& connection = statements_.connection();
            require_resolved_foreign_keys(connection);
            connection.run(Verb::defer_foreign_keys);
            const CheckedAgain checked_again{connection};
            write_steps(rows);
            if (!connection.database.has_unresolved_foreign_keys()) return;
            for (const Change& change : changes_) throw_if_broken(connection, change);
            require_resolved_foreign_keys(connection);
        }
    }
    [[gnu::cold]] void write_steps(FlushRows<Lazy>& rows) {
        StepWriter<BackendType> writer{statements_, rows};
        for (const PlanStep<Lazy>& step : rows.plan().steps().steps) {
            Change* const change = rows[step.row].change;
            if (change != nullptr) relations_.set_keys(*change);
            try {
                writer.write(step);
            } catch (const DatabaseError&) {
                if (change == nullptr) throw;
                if (holds_unused(rows, step)) rethrow_passing(*change);
                rethrow_with_row(statements_.connection(), *change);
            }
            if (step.verb != PlanVerb::insert) continue;
            relations_.note_written(*change);
            const Tracked* const former = change->is_key_new ? former_holder(*change) : nullptr;
            if (former != nullptr) rows.note_taken(*former);
        }
        // A row whose parent had its key already has been written before it.
        for (const Change& change : changes_) relations_.set_keys(change);
    }

    /// Whether a step writes a value that is to stay only until another row is written.
    static bool holds_unused(const FlushRows<Lazy>& rows, const PlanStep<Lazy>& step) noexcept {
        const FlushPlan<Lazy>& plan = rows.plan();
        for (std::uint32_t i = 0; i < step.columns.count; ++i) {
            const PlanValue value = plan.steps().assignments[step.columns.first + i].value;
            if (plan.values().kind(value) == PlanValueKind::unused) return true;
        }
        return false;
    }

    struct CheckedAgain {
        OpenConnection<BackendType>& connection;
        ~CheckedAgain() {
            try {
                connection.run(Verb::check_foreign_keys);
            } catch (...) {  // the end of the transaction does it too
            }
        }
    };

    RowStatements<BackendType> statements_;
    List<Change>& changes_;
    RelationFlush& relations_;
    const IdentityMap& map_;
    bool has_updates_ = false;
};

template <class BackendType>
void undo_savepoint(OpenConnection<BackendType>& connection, int savepoint) noexcept {
    try {
        rollback_savepoint(connection, savepoint);
    } catch (...) {  // the failure that led here is the one to report; the next statement meets this one
    }
}

}  // namespace mica::detail
