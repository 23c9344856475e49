// SPDX-License-Identifier: BSL-1.0
// One changed row at a time, from its snapshot into the database. It knows no order and undoes nothing.
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/engine/chosen_key.hpp>
#include <mica/engine/open_connection.hpp>
#include <mica/query/statement/statement.hpp>
#include <mica/session/flush/change.hpp>
#include <mica/session/flush/row_statements.hpp>
#include <mica/session/flush/stale.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace mica::detail {

/// As a trigger does by RAISE(IGNORE).
[[noreturn, gnu::cold, gnu::noinline]] inline void throw_ignored(std::string_view sql) {
    refuse<OperationalError>({"mica: the database has ignored the INSERT, so there is no key for the object"}, sql);
}

/// An INSERT of a row with its key has counted none. Throws OperationalError, unless the row is there all the same, as
/// where a trigger has written it through a view.
template <class BackendType>
[[gnu::cold, gnu::noinline]] void require_written(OpenConnection<BackendType>& connection, const Change& change) {
    const Table& table = change.tracked->table();
    const auto for_each_given = [&](const auto& use) {
        SnapshotCell cell = first_cell(change.snapshot);
        for (std::size_t i = 0; i < table.columns.size(); ++i, cell = cell.next()) {
            const bool is_default = change.leaves_defaults && cell.storage_class() == StorageClass::null;
            if (!table.columns[i].is_generated && !is_default) use(table.columns[i], cell);
        }
    };
    const std::string sql = make_text(BackendType::dialect, [&](SqlWriter& writer) {
        writer.text("SELECT 1 FROM ");
        name_table(writer, table);
        std::string_view separator = " WHERE ";
        for_each_given([&](const Column& column, const SnapshotCell&) {
            writer.text(detail::exchange(separator, " AND "));
            writer.identifier(column.name);
            writer.text(writer.dialect().same);
            writer.parameter();
        });
    });
    const StatementLease<BackendType> statement = connection.acquire(sql);
    BindSink<typename BackendType::Statement> sink{statement->statement};
    for_each_given([&](const Column&, const SnapshotCell& cell) { send_cell(cell, sink); });
    if (statement->statement.step()) return;
    refuse<OperationalError>({"mica: the database has ignored the INSERT, so there is no row for the object"}, {});
}

template <class BackendType>
class RowWriter {
public:
    explicit RowWriter(RowStatements<BackendType>& statements) noexcept : statements_(statements) {}

    OpenConnection<BackendType>& connection() const noexcept { return statements_.connection(); }

    /// Throws what the database says, StaleDataError where the row is not there as it was, and DataError where the key
    /// that the database chose does not fit its field.
    void write(Change& change) {
        switch (change.kind) {
            case ChangeKind::insert: insert(change); break;
            case ChangeKind::update: update(change); break;
            case ChangeKind::remove: remove(change); break;
        }
    }

    /// The INSERT has been run: the object gets the key that the database chose. Throws SchemaMismatch where it chooses
    /// none.
    void take_key(Change& change, CachedStatement<BackendType>& insert) {
        require_chosen_key(connection(), insert, change.tracked->table());
        const typename BackendType::Statement& statement = insert.statement;
        const auto summary = statement.summary();
        if (summary.changed() == 0) throw_ignored(statement.sql());
        mica::detail::take_key(change, summary.generated_key());
    }
    /// The INSERT of a row with its key has been run.
    void require_written(const Change& change, const typename BackendType::Statement& statement) {
        if (statement.summary().changed() == 0) mica::detail::require_written(connection(), change);
    }

    /// Before the row is written, for the field may be too narrow.
    static void set_version(Change& change) {
        change.version_before = version_of(*change.tracked);
        change.tracked->operations->set_version(*change.tracked, change.version_before + 1);
        change.is_version_new = true;
    }

    /// A removal has been run. A row that is gone already is what was wanted; one with another version is not.
    void note_removed(const Tracked& tracked, bool gone) {
        if (gone && tracked.table().version >= 0 && !may_have_cascaded(tracked)) throw_stale(connection(), tracked);
        has_removed_ = has_removed_ || !gone;
    }
    /// The row of a removal was gone: the database has given its key to a new one.
    void note_taken(const Tracked& tracked) const {
        if (tracked.table().version >= 0 && !has_removed_) throw_gone(tracked);
    }

private:
    using Lease = StatementLease<BackendType>;
    using Sink = BindSink<typename BackendType::Statement>;
    using Reset = typename RowStatements<BackendType>::Reset;

    void insert(Change& change) {
        const EntityOperations& operations = *change.tracked->operations;
        const Table& table = *operations.table;
        const bool is_key_chosen = wants_key(change);
        Lease& insert = statements_.insert_of(is_key_chosen ? *operations.insert_without_key : *operations.insert);
        typename BackendType::Statement& statement = insert->statement;
        const Reset reset{statement};
        Sink sink{statement};
        SnapshotCell cell = first_cell(change.snapshot);
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            const bool is_key = static_cast<int>(i) == table.generated_key;
            if (table.columns[i].is_generated || (is_key && is_key_chosen)) {
                cell = cell.next();
            } else {
                cell.send(sink);
            }
        }
        statement.step();
        is_key_chosen ? take_key(change, *insert) : require_written(change, statement);
        insert.end_run();
    }

    void update(Change& change) {
        if (change.columns.empty()) return;
        const Table& table = change.tracked->table();
        if (table.version >= 0) set_version(change);
        auto& update = statements_.update_of(table, change.columns);
        typename BackendType::Statement& statement = update.lease->statement;
        const Reset reset{statement};
        Sink sink{statement};
        std::size_t at = 0;
        SnapshotCell cell = first_cell(change.snapshot);
        change.columns.for_each([&](std::size_t column) {
            for (; at < column; ++at) cell = cell.next();
            cell.send(sink);
            ++at;
        });
        bind_key(*change.tracked, sink);
        statement.step();
        const bool is_stale = statement.summary().changed() == 0;
        update.lease.end_run();
        if (is_stale) throw_stale(connection(), *change.tracked);
    }

    void remove(const Change& change) {
        Lease statement = connection().acquire(*change.tracked->operations->remove);
        Sink sink{statement->statement};
        bind_key(*change.tracked, sink);
        statement->statement.step();
        const bool is_gone = statement->statement.summary().changed() == 0;
        statement.end();
        note_removed(*change.tracked, is_gone);
    }

    /// Another removal of this flush may have taken the row along: then it is not there in any version.
    bool may_have_cascaded(const Tracked& tracked) const {
        return has_removed_ && !find_version(connection(), tracked);
    }

    static void bind_key(const Tracked& tracked, Sink& sink) {
        send_key(tracked.table(), tracked.snapshot, sink);
        if (tracked.table().version < 0) return;
        send_cell(cell_at(tracked.snapshot, static_cast<std::size_t>(tracked.table().version)), sink);
    }

    RowStatements<BackendType>& statements_;
    bool has_removed_ = false;
};

}  // namespace mica::detail
