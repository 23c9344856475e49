// SPDX-License-Identifier: BSL-1.0
// The order in which a flush writes its rows: parents before children, removals the other way round, and what is still
// in another row's way after that one.
#pragma once

#include <mica/engine/transaction.hpp>
#include <mica/schema/entity.hpp>
#include <mica/session/flush/flush_failure.hpp>
#include <mica/session/flush/row_writer.hpp>
#include <mica/session/flush/taken_keys.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <string>
#include <utility>
#include <vector>

namespace mica::detail {

inline bool has_foreign_key_to(const Table& child, const Table& parent) {
    for (const OptionData& option : child.options) {
        if (option.kind == OptionKind::foreign_key && &option.target() == &parent) return true;
    }
    return false;
}

/// Parents before children. Tables that reference each other stand as they came; the flush copes with any order.
inline void sort_parents_first(List<const Table*>& tables) {
    for (std::size_t placed = 0; placed < tables.size(); ++placed) {
        // Upwards from table to table ends at one that needs none of the others, or goes round in a cycle.
        std::size_t next = placed;
        for (std::size_t steps = placed; steps < tables.size(); ++steps) {
            std::size_t parent = placed;
            while (parent < tables.size() && (parent == next || !has_foreign_key_to(*tables[next], *tables[parent])))
                ++parent;
            if (parent == tables.size()) break;
            next = parent;
        }
        const Table* const first = tables[next];
        for (; next > placed; --next) tables[next] = tables[next - 1];
        tables[placed] = first;
    }
}

/// The changes of one table. Those of each kind are chained by Change::next, in the order in which they are to be
/// written.
struct TableChanges {
    const Table* table;
    std::uint32_t first[3]{};  ///< for each kind, counted from 1
    std::uint32_t last[3]{};

    void add(List<Change>& changes, std::uint32_t number) {
        Change& change = changes[number - 1];
        const auto kind = static_cast<std::size_t>(change.kind);
        // The last removal first: a row that references another of its own table usually came after it.
        change.next = change.kind == ChangeKind::remove ? first[kind] : 0;
        if (change.kind != ChangeKind::remove && last[kind] != 0) {
            changes[last[kind] - 1].next = number;
        } else {
            first[kind] = number;
        }
        last[kind] = number;
    }
};

/// Sorts changes by their tables, parents first.
inline List<TableChanges> group_by_table(List<Change>& changes) {
    List<TableChanges> groups;
    std::size_t at = 0;
    for (std::uint32_t number = 1; number <= changes.size(); ++number) {
        const Table* const table = &changes[number - 1].tracked->table();
        if (at == groups.size() || groups[at].table != table) {
            for (at = 0; at < groups.size() && groups[at].table != table;) ++at;
            if (at == groups.size()) groups.push_back({.table = table});
        }
        groups[at].add(changes, number);
    }
    if (groups.size() < 2) return groups;
    List<const Table*> tables;
    for (const TableChanges& group : groups) tables.push_back(group.table);
    sort_parents_first(tables);
    List<TableChanges> sorted;
    for (const Table* table : tables) {
        for (const TableChanges& group : groups) {
            if (group.table == table) sorted.push_back(group);
        }
    }
    return sorted;
}

/// Writes a list of changes in a good order. A row that a constraint refuses is tried again after the others, because
/// one of them may free the value or insert the parent that it needs; where those that are left wait for each other,
/// as when two swap a unique value, they give their values up in passing; where they reference each other, foreign keys
/// are checked when all of them are there.
/// Cost: one statement for each row where nothing is refused.
template <class BackendType>
class Flush {
public:
    Flush(OpenConnection<BackendType>& connection, List<Change>& changes, RelationFlush& relations)
        : writer_(connection), changes_(changes), relations_(relations) {}

    /// Throws what refused a row in the end. Undoes nothing: the caller's savepoint does.
    void run() {
        const List<TableChanges> tables = group_by_table(changes_);
        for (const TableChanges& table : tables) {
            write_all(table, ChangeKind::insert);
            write_all(table, ChangeKind::update);
        }
        // Before removals, for they may cascade to rows that wait to be moved elsewhere.
        while (retry_most()) {
        }
        for (std::size_t i = tables.size(); i-- > 0;) {
            write_all(tables[i], ChangeKind::remove);
            retry_most();
        }
        while (!waiting_.empty()) {
            const std::size_t before = waiting_.size();
            if (!retry_most() && !park_all() && waiting_.size() == before && !postpone_keys() && !write_unchecked()) {
                throw_refusal();
            }
        }
        for (Change* change : incomplete_) complete(*change);
    }

private:
    /// A row that was refused, and the columns that it may give up to break a cycle; or one that was not tried yet,
    /// because it needs the key of another.
    struct Waiting {
        Change* change;
        std::vector<std::uint16_t> columns{};
        bool is_foreign_key = false;
        bool was_refused = false;
    };

    void write_all(const TableChanges& table, ChangeKind kind) {
        for (std::uint32_t i = table.first[static_cast<std::size_t>(kind)]; i != 0; i = changes_[i - 1].next) {
            write(changes_[i - 1]);
        }
    }

    void write(Change& change) {
        if (!relations_.resolve(change) || taken_keys_.are_referenced_by(change)) {
            waiting_.push_back({.change = &change});
            return;
        }
        try {
            writer_.write(change);
            if (change.kind == ChangeKind::insert) {
                relations_.note_written(change);
                taken_keys_.erase(change);
            }
        } catch (const IntegrityError& error) {
            if (!may_wait(error)) rethrow_with_row(writer_.connection(), change);
            const bool is_foreign_key = error.kind() == ConstraintKind::foreign_key;
            if (change.kind == ChangeKind::insert && !is_foreign_key) taken_keys_.add(change);
            if (!std::exchange(has_refusal_, true)) {
                refusal_ = std::current_exception();
                refused_ = &change;
            }
            waiting_.push_back({&change, columns_in_the_way(change, error), is_foreign_key, true});
        } catch (const DatabaseError&) {
            rethrow_with_row(writer_.connection(), change);
        }
    }

    /// Throws what refused a row last; where none was, those that are left need each other's keys.
    [[noreturn]] void throw_refusal() const {
        bool was_refused = waiting_.empty();
        for (const Waiting& waiting : waiting_) was_refused = was_refused || waiting.was_refused;
        if (!was_refused) throw_key_cycle(*waiting_.front().change);
        try {
            std::rethrow_exception(refusal_);
        } catch (const DatabaseError&) {
            rethrow_with_row(writer_.connection(), *refused_);
        }
    }

    /// Rows that need each other's keys: those that can are written without them, for the time being.
    bool postpone_keys() {
        List<Waiting> again;
        again.swap(waiting_);
        bool postponed = false;
        relations_.find_awaited();
        for (const Waiting& waiting : again) {
            if (!postponed && !waiting.was_refused && relations_.postpone(*waiting.change)) {
                postponed = true;
                incomplete_.push_back(waiting.change);
                write(*waiting.change);
            } else {
                waiting_.push_back(waiting);
            }
        }
        return postponed;
    }

    /// A row that was written without some keys gets them.
    void complete(Change& change) {
        const Snapshot written = change.snapshot;
        relations_.resolve(change);
        const ColumnSet columns = find_changes(change.tracked->table(), written, change.snapshot);
        if (columns.empty()) return;
        try {
            writer_.complete(change, columns);
        } catch (const DatabaseError&) {
            rethrow_with_row(writer_.connection(), change);
        }
    }

    bool may_wait(const IntegrityError& error) const {
        const bool depends_on_others = error.kind() == ConstraintKind::unique ||
                                       error.kind() == ConstraintKind::primary_key ||
                                       error.kind() == ConstraintKind::foreign_key;
        return depends_on_others && changes_.size() > 1 && writer_.connection().in_transaction();
    }

    /// Tries those that were refused once more, the last one first. True where it pays to do so again: at least half of
    /// them went through, so that all such rounds together are at most two for each row.
    bool retry_most() {
        List<Waiting> again;
        again.swap(waiting_);
        has_refusal_ = false;
        for (std::size_t i = again.size(); i-- > 0;) write(*again[i].change);
        return !waiting_.empty() && waiting_.size() <= again.size() / 2;
    }

    /// Parks all that can be. False where none can.
    bool park_all() {
        bool parked = false;
        for (const Waiting& waiting : waiting_) {
            for (const std::uint16_t column : waiting.columns) {
                if (!park(*waiting.change, column)) continue;
                parked = true;
                break;
            }
        }
        return parked;
    }
    bool park(Change& change, std::uint16_t column) {
        try {
            writer_.park(change, column);
        } catch (const IntegrityError&) {  // a CHECK, a trigger or a foreign key forbids it; another column may do
            return false;
        }
        change.columns.add(column);
        return true;
    }

    /// Of the columns that were refused together those that may hold another value for a moment, first those that are
    /// to change anyway.
    static std::vector<std::uint16_t> columns_in_the_way(const Change& change, const IntegrityError& error) {
        std::vector<std::uint16_t> columns;
        if (change.kind != ChangeKind::update || change.is_parked) return columns;
        const Table& table = change.tracked->table();
        std::size_t changed = 0;
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            if (table.columns[i].is_key || table.columns[i].is_generated || !names(error, table.columns[i])) continue;
            const auto column = static_cast<std::uint16_t>(i);
            const std::size_t place = change.columns.has(i) ? changed++ : columns.size();
            columns.insert(columns.begin() + static_cast<std::ptrdiff_t>(place), column);
        }
        return columns;
    }
    static bool names(const IntegrityError& error, const Column& column) {
        for (const std::string& name : error.columns()) {
            if (same_name(name, column.name)) return true;
        }
        return false;
    }

    /// Writes what a foreign key has refused while none is checked, and asks then whether all of them hold. False where
    /// the backend cannot tell, or could not tell these rows from others that wait for the COMMIT.
    bool write_unchecked() {
        if constexpr (ForetellsForeignKeys<BackendType>) {
            OpenConnection<BackendType>& connection = writer_.connection();
            if (is_unchecked_ || !waits_for_parents() || connection.database.has_unresolved_foreign_keys())
                return false;
            is_unchecked_ = true;
            connection.run(Verb::defer_foreign_keys);
            const CheckedAgain checked_again{connection};
            while (retry_most()) {
            }
            if (connection.database.has_unresolved_foreign_keys()) throw_broken_key();
            return true;
        } else {
            return false;
        }
    }
    /// Throws what refused a row whose parent is missing in the end.
    [[noreturn]] void throw_broken_key() const {
        for (const Change& change : changes_) throw_if_broken(writer_.connection(), change);
        throw_refusal();
    }
    bool waits_for_parents() const noexcept {
        for (const Waiting& waiting : waiting_) {
            if (waiting.is_foreign_key) return true;
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

    RowWriter<BackendType> writer_;
    List<Change>& changes_;
    RelationFlush& relations_;
    TakenKeys taken_keys_{};
    List<Waiting> waiting_{};
    List<Change*> incomplete_{};
    std::exception_ptr refusal_{};     ///< of the first that was refused in the last round in which any was
    const Change* refused_ = nullptr;  ///< that one
    bool has_refusal_ = false;         ///< in this round
    bool is_unchecked_ = false;
};

template <class BackendType>
void undo_savepoint(OpenConnection<BackendType>& connection, int savepoint) noexcept {
    try {
        rollback_savepoint(connection, savepoint);
    } catch (...) {  // the failure that led here is the one to report; the next statement meets this one
    }
}

}  // namespace mica::detail
