// SPDX-License-Identifier: BSL-1.0
// What a session has to write: found by comparing objects with their snapshots, written in the order of foreign keys,
// and undone in memory when the database undoes it.
#pragma once

#include <mica/engine/transaction.hpp>
#include <mica/session/identity_map.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mica::detail {

[[noreturn, gnu::cold, gnu::noinline]] inline void throw_stale(const Table& table, const std::string& snapshot) {
    std::string text = "mica: a row of table \"" + std::string{table.name} + "\" is no longer what the session read";
    if (table.version >= 0) {
        text += ", version " + std::to_string(cell_at(snapshot, static_cast<std::size_t>(table.version)).integer());
    }
    throw StaleDataError(text + ": another transaction changed or removed it");
}

/// How far a table is from those that reference nothing; tables in a cycle count each other once.
inline int depth_of(const Table& table, int limit = 16) {
    int depth = 0;
    for (const OptionData& option : table.options) {
        if (option.kind != OptionKind::foreign_key || limit == 0) continue;
        const Table& parent = option.target();
        if (&parent == &table) continue;
        const int below = depth_of(parent, limit - 1) + 1;
        if (below > depth) depth = below;
    }
    return depth;
}

enum class ChangeKind : std::uint8_t { insert, update, remove };

/// One row to write.
struct Change {
    TrackedReference tracked;
    ChangeKind kind;
    int depth;
    std::string snapshot;  ///< the row as it will be; for a removal, as it was
    std::string key;       ///< the key it will have
    std::vector<std::uint16_t> columns;  ///< of an update: those that differ
    bool generated = false;
};

template <class BackendType>
class UnitOfWork {
public:
    UnitOfWork() = default;
    UnitOfWork(const UnitOfWork&) = delete;
    UnitOfWork& operator=(const UnitOfWork&) = delete;
    ~UnitOfWork() {
        while (first_ != nullptr) drop(*first_);
    }

    Tracked* find(const Table& table, std::string_view key) const noexcept { return map_.find(table, key); }

    /// Starts to watch a new object.
    void add(Tracked& tracked) {
        if (tracked.session != nullptr) throw_misuse("this object is tracked already");
        link(tracked, TrackedState::added);
    }

    /// Starts to watch an object whose `snapshot` and `key` are those of a row just read.
    void watch(Tracked& tracked) {
        map_.insert(tracked);
        link(tracked, TrackedState::persistent);
    }

    void remove(Tracked& tracked) {
        if (tracked.session != this) throw_misuse("an object can only be removed by the session that tracks it");
        if (tracked.state == TrackedState::added) {
            drop(tracked);
        } else {
            tracked.state = TrackedState::removed;
        }
    }

    /// Whether a flush would write anything, or rows of `table`.
    bool has_changes(const Table* table = nullptr) const {
        std::string current;
        for (const Tracked* tracked = first_; tracked != nullptr; tracked = tracked->next) {
            if ((table == nullptr || &tracked->table() == table) && differs(*tracked, current)) return true;
        }
        return false;
    }

    /// Whether an object that find() cannot know yet waits for its insertion.
    bool is_adding_to(const Table& table) const noexcept {
        for (const Tracked* tracked = first_; tracked != nullptr; tracked = tracked->next) {
            if (tracked->state == TrackedState::added && &tracked->table() == &table) return true;
        }
        return false;
    }

    /// Writes all changes. Where one fails, none of this flush remains, in the database or in memory, and all of them
    /// are still to be written.
    void flush(OpenConnection<BackendType>& connection) {
        std::vector<Change> changes = plan();
        if (changes.empty()) return;
        log_.reserve(log_.size() + changes.size());
        map_.reserve(map_.size() + changes.size());
        // One UPDATE or DELETE is all or nothing by itself; an INSERT may still fail at the key it returns.
        const bool alone = changes.size() == 1 && changes.front().kind != ChangeKind::insert;
        const int savepoint = alone ? 0 : open_savepoint(connection);
        try {
            write(connection, changes);
            if (savepoint != 0) release_savepoints(connection, savepoint - 1);
        } catch (...) {
            for (Change& change : changes) {
                if (change.generated) change.tracked->operations->set_generated_key(*change.tracked, 0);
            }
            if (savepoint != 0) undo_savepoint(connection, savepoint);
            throw;
        }
        for (Change& change : changes) settle(std::move(change));
    }

    /// After COMMIT: what is in the database is what a rollback returns to.
    void commit() noexcept { log_.clear(); }

    /// After ROLLBACK: every object is again what it was when the transaction began.
    void rollback() {
        while (!log_.empty()) {
            undo(log_.back());
            log_.pop_back();
        }
        std::string current;
        for (Tracked *tracked = first_, *next = nullptr; tracked != nullptr; tracked = next) {
            next = tracked->next;
            if (tracked->state == TrackedState::added) {
                drop(*tracked);
                continue;
            }
            tracked->state = TrackedState::persistent;
            if (differs(*tracked, current)) tracked->operations->restore(*tracked);
        }
    }

private:
    /// What a rollback takes back.
    struct Undo {
        TrackedReference tracked;
        ChangeKind kind;
        std::string snapshot;  ///< the row as it was before
        std::string key;
    };

    /// Puts an object at the end of those that are watched, and holds a reference to it.
    void link(Tracked& tracked, TrackedState state) noexcept {
        tracked.retain();
        tracked.session = this;
        tracked.state = state;
        tracked.previous = last_;
        tracked.next = nullptr;
        (last_ != nullptr ? last_->next : first_) = &tracked;
        last_ = &tracked;
    }

    /// Stops to watch an object.
    void drop(Tracked& tracked) noexcept {
        (tracked.previous != nullptr ? tracked.previous->next : first_) = tracked.next;
        (tracked.next != nullptr ? tracked.next->previous : last_) = tracked.previous;
        tracked.session = nullptr;
        tracked.state = TrackedState::detached;
        tracked.release();
    }

    static bool differs(const Tracked& tracked, std::string& current) {
        if (tracked.state != TrackedState::persistent) return true;
        tracked.operations->take_snapshot(tracked, current);
        return current != tracked.snapshot;
    }

    std::vector<Change> plan() const {
        std::vector<Change> changes;
        std::string current;
        for (Tracked* tracked = first_; tracked != nullptr; tracked = tracked->next) {
            if (tracked->state == TrackedState::added) {
                changes.push_back(plan_insert(*tracked));
            } else if (differs(*tracked, current)) {
                changes.push_back(plan_update_or_removal(*tracked, std::move(current)));
            }
        }
        return changes;
    }

    static Change plan_insert(Tracked& tracked) {
        Change change{TrackedReference{tracked}, ChangeKind::insert, depth_of(tracked.table()), {}, {}, {}};
        tracked.operations->take_snapshot(tracked, change.snapshot);
        change.key = key_of_snapshot(tracked.table(), change.snapshot);
        return change;
    }

    static Change plan_update_or_removal(Tracked& tracked, std::string current) {
        const bool removed = tracked.state == TrackedState::removed;
        Change change{TrackedReference{tracked}, removed ? ChangeKind::remove : ChangeKind::update,
                      depth_of(tracked.table()), removed ? tracked.snapshot : std::move(current), tracked.key, {}};
        if (removed) return change;
        find_changes(tracked.table(), tracked.snapshot, change.snapshot, change.columns);
        if (tracked.table().version >= 0 && !change.columns.empty()) plan_version(tracked, change);
        change.key = key_of_snapshot(tracked.table(), change.snapshot);
        return change;
    }

    /// Inserts and updates with parents first, then removals with children first; within a table in the order in which
    /// the objects came.
    static void write(OpenConnection<BackendType>& connection, std::vector<Change>& changes) {
        int deepest = 0;
        for (const Change& change : changes) deepest = change.depth > deepest ? change.depth : deepest;
        for (int depth = 0; depth <= deepest; ++depth) {
            write(connection, changes, depth, ChangeKind::insert);
            write(connection, changes, depth, ChangeKind::update);
        }
        for (int depth = deepest; depth >= 0; --depth) write(connection, changes, depth, ChangeKind::remove);
    }

    static void write(OpenConnection<BackendType>& connection, std::vector<Change>& changes, int depth,
                      ChangeKind kind) {
        UpdateStatement update{connection};
        for (Change& change : changes) {
            if (change.depth != depth || change.kind != kind) continue;
            switch (kind) {
                case ChangeKind::insert: insert(connection, change); break;
                case ChangeKind::update: update.run(change); break;
                case ChangeKind::remove: remove(connection, change); break;
            }
        }
    }

    using Lease = StatementLease<BackendType>;
    using Sink = BindSink<typename BackendType::Statement>;

    static void insert(OpenConnection<BackendType>& connection, Change& change) {
        const EntityOperations& operations = *change.tracked->operations;
        const Table& table = *operations.table;
        connection.log(operations.insert->sql);
        Lease statement{connection, connection.statements.acquire(connection.database, *operations.insert)};
        Sink sink{statement->statement};
        SnapshotCell cell = first_cell(change.snapshot);
        bool generated = false;
        for (std::size_t i = 0; i < table.columns.size(); ++i, cell = cell.next()) {
            if (table.columns[i].is_generated) continue;
            if (static_cast<int>(i) == table.generated_key && cell.integer() == 0) {
                sink.null();
                generated = true;
            } else {
                cell.send(sink);
            }
        }
        statement->statement.step();
        if (!generated) return;
        const std::int64_t key = connection.database.last_insert_id();
        change.generated = true;
        operations.set_generated_key(*change.tracked, key);
        set_integer(change.snapshot, static_cast<std::size_t>(table.generated_key), key);
        change.key = key_of_snapshot(table, change.snapshot);
    }

    static void remove(OpenConnection<BackendType>& connection, const Change& change) {
        const StatementInfo& info = *change.tracked->operations->remove;
        connection.log(info.sql);
        Lease statement{connection, connection.statements.acquire(connection.database, info)};
        Sink sink{statement->statement};
        bind_key(*change.tracked, sink);
        statement->statement.step();
        // A row that is gone already is what was wanted; one with another version is not.
        const bool gone = connection.database.changes() == 0;
        if (gone && change.tracked->table().version >= 0) throw_stale(change.tracked->table(), change.snapshot);
    }

    static void bind_key(const Tracked& tracked, Sink& sink) {
        const Table& table = tracked.table();
        for (const std::size_t column : table.key) cell_at(tracked.snapshot, column).send(sink);
        if (table.version >= 0) cell_at(tracked.snapshot, static_cast<std::size_t>(table.version)).send(sink);
    }

    /// The UPDATE of one set of columns, kept while one object after the other changes the same ones.
    struct UpdateStatement {
        OpenConnection<BackendType>& connection;
        const Table* table = nullptr;
        std::vector<std::uint16_t> columns{};
        std::string sql{};

        void run(const Change& change) {
            if (change.columns.empty()) return;
            if (table != &change.tracked->table() || columns != change.columns) render(change);
            connection.log(sql);
            Lease statement{connection, connection.statements.acquire(connection.database, sql)};
            Sink sink{statement->statement};
            std::size_t at = 0;
            SnapshotCell cell = first_cell(change.snapshot);
            for (const std::uint16_t column : columns) {
                for (; at < column; ++at) cell = cell.next();
                cell.send(sink);
            }
            bind_key(*change.tracked, sink);
            statement->statement.step();
            if (connection.database.changes() == 0) throw_stale(*table, change.tracked->snapshot);
        }

        void render(const Change& change) {
            table = &change.tracked->table();
            columns = change.columns;
            sql = update_by_key(*table, columns);
        }
    };

    /// The next version, whatever the object says: it is the database's count, not the object's.
    static void plan_version(const Tracked& tracked, Change& change) {
        const auto column = static_cast<std::uint16_t>(tracked.table().version);
        set_integer(change.snapshot, column, cell_at(tracked.snapshot, column).integer() + 1);
        auto place = change.columns.begin();
        while (place != change.columns.end() && *place < column) ++place;
        if (place == change.columns.end() || *place != column) change.columns.insert(place, column);
    }

    static void undo_savepoint(OpenConnection<BackendType>& connection, int savepoint) noexcept {
        try {
            rollback_savepoint(connection, savepoint);
        } catch (...) {  // the failure that led here is the one to report; the next statement meets this one
        }
    }

    /// Makes a written change the state in memory. All memory it needs is reserved.
    void settle(Change&& change) noexcept {
        Tracked& tracked = *change.tracked;
        Undo undo{std::move(change.tracked), change.kind, std::move(tracked.snapshot), std::move(tracked.key)};
        tracked.snapshot = std::move(change.snapshot);
        switch (change.kind) {
            case ChangeKind::insert:
                tracked.key = std::move(change.key);
                tracked.has_generated_key = change.generated;
                tracked.state = TrackedState::persistent;
                map_.insert(tracked);
                break;
            case ChangeKind::update:
                tracked.key = undo.key;
                map_.rename(tracked, std::move(change.key));
                if (const int version = tracked.table().version; version >= 0) {
                    const SnapshotCell cell = cell_at(tracked.snapshot, static_cast<std::size_t>(version));
                    tracked.operations->set_version(tracked, cell.integer());
                }
                break;
            case ChangeKind::remove:
                tracked.key = undo.key;
                map_.erase(tracked);
                drop(tracked);
                break;
        }
        log_.push_back(std::move(undo));
    }

    void undo(Undo& undo) {
        Tracked& tracked = *undo.tracked;
        switch (undo.kind) {
            case ChangeKind::insert:
                map_.erase(tracked);
                drop(tracked);
                if (tracked.has_generated_key) tracked.operations->set_generated_key(tracked, 0);
                tracked.has_generated_key = false;
                break;
            case ChangeKind::update: map_.rename(tracked, std::move(undo.key)); break;
            case ChangeKind::remove:
                tracked.key = std::move(undo.key);
                watch(tracked);
                break;
        }
        tracked.snapshot = std::move(undo.snapshot);
    }

    IdentityMap map_;
    Tracked* first_ = nullptr;
    Tracked* last_ = nullptr;
    std::vector<Undo> log_;
};

}  // namespace mica::detail
