// SPDX-License-Identifier: BSL-1.0
// One changed row at a time, from its snapshot into the database. It knows no order and undoes nothing.
#pragma once

#include <mica/engine/open_connection.hpp>
#include <mica/session/flush/plan.hpp>
#include <mica/session/flush/stale.hpp>
#include <mica/session/object/tracked.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace mica::detail {

/// The version that the session read.
inline std::int64_t version_of(const Tracked& tracked) noexcept {
    return cell_at(tracked.snapshot, static_cast<std::size_t>(tracked.table().version)).integer();
}

/// One row to write.
struct Change {
    TrackedReference tracked;
    ChangeKind kind;
    bool is_key_new = false;      ///< the database has just chosen it, and the object has it
    bool is_version_new = false;  ///< the object has it already
    bool is_parked = false;       ///< a column holds a value in passing, see RowWriter::park
    std::uint32_t next = 0;       ///< of its table and kind, see TableChanges
    Snapshot snapshot{};          ///< the row as it will be; for a removal, as it was
    ColumnSet columns{};          ///< of an update: those that differ
    Snapshot before_hook{};       ///< the object's value before its hook ran; empty where it has none
};

/// As a trigger does by RAISE(IGNORE).
[[noreturn, gnu::cold, gnu::noinline]] inline void throw_ignored(std::string_view sql) {
    refuse<OperationalError>({"mica: the database has ignored the INSERT, so there is no key for the object"}, sql);
}

template <class BackendType>
class RowWriter {
public:
    explicit RowWriter(OpenConnection<BackendType>& connection) noexcept : connection_(connection) {}

    OpenConnection<BackendType>& connection() const noexcept { return connection_; }

    /// Throws what the database says, StaleDataError where the row is not there as it was, and DataError where the key
    /// that the database chose does not fit its field.
    void write(Change& change) {
        switch (change.kind) {
            case ChangeKind::insert: insert(change); break;
            case ChangeKind::update: update(change); break;
            case ChangeKind::remove: remove(change); break;
        }
    }

    /// Sets one column that will change anyway to a value that no row has, so that another row can take the one it had.
    void park(Change& change, std::uint16_t column) {
        const Table& table = change.tracked->table();
        const Column& parked = table.columns[column];
        const StorageClass storage = parked.nullable ? StorageClass::null : parked.storage;
        const std::string sql = update_by_key(table, {&column, 1}, dialect, dialect.unused_value(storage));
        const Lease statement = connection_.acquire(sql);
        Sink sink{statement->statement};
        bind_key(*change.tracked, sink);
        statement->statement.step();
        change.is_parked = true;
    }

    /// Sets columns of a row that this flush has inserted to what its snapshot has by now.
    void complete(const Change& change, const ColumnSet& columns) {
        const Table& table = change.tracked->table();
        const std::string sql = update_by_key(table, columns.list(), dialect);
        const Lease statement = connection_.acquire(sql);
        Sink sink{statement->statement};
        columns.for_each([&](std::size_t column) { send_cell(cell_at(change.snapshot, column), sink); });
        bind_key(table, change.snapshot, sink);
        statement->statement.step();
    }

private:
    static constexpr const Dialect& dialect = BackendType::dialect;
    using Lease = StatementLease<BackendType>;
    using Sink = BindSink<typename BackendType::Statement>;

    void insert(Change& change) {
        const EntityOperations& operations = *change.tracked->operations;
        const Table& table = *operations.table;
        typename BackendType::Statement& statement = insert_of(*operations.insert);
        const Reset reset{statement};
        Sink sink{statement};
        SnapshotCell cell = first_cell(change.snapshot);
        bool generated = false;
        for (std::size_t i = 0; i < table.columns.size(); ++i, cell = cell.next()) {
            if (table.columns[i].is_generated) continue;
            if (static_cast<int>(i) == table.generated_key && cell.integer() == 0) {
                sink.null();
                generated = true;
            } else {
                send_cell(cell, sink);
            }
        }
        statement.step();
        if (!generated) return;
        const auto summary = statement.summary();
        if (summary.changed() == 0) throw_ignored(statement.sql());
        const std::int64_t key = summary.generated_key();
        change.is_key_new = true;
        operations.set_generated_key(*change.tracked, key);
        set_integer(change.snapshot, static_cast<std::size_t>(table.generated_key), key);
    }

    void update(Change& change) {
        if (change.columns.empty()) return;
        const Table& table = change.tracked->table();
        if (table.version >= 0) set_version(change);
        Update& update = update_of(table, change.columns);
        typename BackendType::Statement& statement = update.lease->statement;
        const Reset reset{statement};
        Sink sink{statement};
        std::size_t at = 0;
        SnapshotCell cell = first_cell(change.snapshot);
        change.columns.for_each([&](std::size_t column) {
            for (; at < column; ++at) cell = cell.next();
            send_cell(cell, sink);
        });
        bind_key(*change.tracked, sink);
        statement.step();
        if (statement.summary().changed() == 0) throw_stale(connection_, *change.tracked);
    }

    /// The INSERT stays at hand while it is the same.
    typename BackendType::Statement& insert_of(const StatementInfo& info) {
        if (insert_info_ == &info) {
            connection_.log(info);
        } else {
            insert_ = connection_.acquire(info);
            insert_info_ = &info;
        }
        return insert_->statement;
    }

    /// An UPDATE that stays at hand while objects change the same columns.
    struct Update {
        const Table* table;
        ColumnSet columns;
        std::string sql;
        Lease lease;
    };
    struct Reset {
        typename BackendType::Statement& statement;
        ~Reset() { statement.reset(); }
    };
    static constexpr std::size_t most_updates = 8;

    Update& update_of(const Table& table, const ColumnSet& columns) {
        for (Update& known : updates_) {
            if (known.table != &table || known.columns != columns) continue;
            connection_.log(known.sql);
            return known;
        }
        if (updates_.size() == most_updates) updates_.clear();
        std::string sql = update_by_key(table, columns.list(), dialect);
        Lease lease = connection_.acquire(sql);
        return updates_.push_back({&table, columns, std::move(sql), std::move(lease)});
    }

    void remove(const Change& change) {
        const StatementInfo& info = *change.tracked->operations->remove;
        const Lease statement = connection_.acquire(info);
        Sink sink{statement->statement};
        bind_key(*change.tracked, sink);
        statement->statement.step();
        // A row that is gone already is what was wanted; one with another version is not.
        const bool gone = statement->statement.summary().changed() == 0;
        if (gone && change.tracked->table().version >= 0 && !may_have_cascaded(*change.tracked)) {
            throw_stale(connection_, *change.tracked);
        }
        has_removed_ = has_removed_ || !gone;
    }

    /// Another removal of this flush may have taken the row along: then it is not there in any version.
    bool may_have_cascaded(const Tracked& tracked) const { return has_removed_ && !find_version(connection_, tracked); }

    /// Before the row is written, for the field may be too narrow.
    static void set_version(Change& change) {
        change.tracked->operations->set_version(*change.tracked, version_of(*change.tracked) + 1);
        change.is_version_new = true;
    }

    static void bind_key(const Tracked& tracked, Sink& sink) { bind_key(tracked.table(), tracked.snapshot, sink); }
    static void bind_key(const Table& table, std::string_view snapshot, Sink& sink) {
        send_key(table, snapshot, sink);
        if (table.version >= 0) send_cell(cell_at(snapshot, static_cast<std::size_t>(table.version)), sink);
    }

    OpenConnection<BackendType>& connection_;
    const StatementInfo* insert_info_ = nullptr;
    Lease insert_{};
    bool has_removed_ = false;
    List<Update> updates_{};
};

}  // namespace mica::detail
