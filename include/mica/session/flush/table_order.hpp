// SPDX-License-Identifier: BSL-1.0
// Changes by their tables, parents before children: all that is to be thought of where no key changes hands.
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/session/flush/change.hpp>
#include <mica/session/flush/flush_tables.hpp>
#include <mica/session/flush/plan_schema.hpp>

#include <cstddef>
#include <cstdint>

namespace mica::detail {

template <class Lazy = void>
bool has_foreign_key_to(const Table& child, const Table& parent) {
    for (const OptionData& option : child.options) {
        if (option.kind == OptionKind::foreign_key && &option.target() == &parent) return true;
    }
    return false;
}

/// Parents before children. Tables that reference each other stand as they came; the flush copes with any order.
template <class Lazy = void>
void sort_parents_first(List<const Table*>& tables) {
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
template <class Lazy = void>
struct TableChanges {
    const Table* table;
    std::uint32_t first[3]{};  ///< for each kind, counted from 1
    std::uint32_t last[3]{};
    std::uint32_t count[3]{};
    List<std::uint32_t> alike{};  ///< for each set of columns, the last update of them

    void add(List<Change>& changes, std::uint32_t number) {
        Change& change = changes[number - 1];
        const auto kind = static_cast<std::size_t>(change.kind);
        if (change.kind == ChangeKind::update && follow_alike(changes, number)) return;
        // The last removal first: a row that references another of its own table usually came after it.
        change.next = change.kind == ChangeKind::remove ? first[kind] : 0;
        if (change.kind != ChangeKind::remove && last[kind] != 0) {
            changes[last[kind] - 1].next = number;
        } else {
            first[kind] = number;
        }
        last[kind] = number;
        ++count[kind];
    }

private:
    static constexpr std::size_t most_alike = 8;

    /// Updates of the same columns follow each other, for they are one statement; those of further sets of columns come
    /// as they came. Where only the database knows which rows exclude each other, all of them do.
    bool follow_alike(List<Change>& changes, std::uint32_t number) {
        constexpr auto kind = static_cast<std::size_t>(ChangeKind::update);
        Change& change = changes[number - 1];
        for (std::uint32_t& before : alike) {
            if (changes[before - 1].columns != change.columns) continue;
            if (before == last[kind]) last[kind] = number;
            change.next = detail::exchange(changes[before - 1].next, number);
            before = number;
            ++count[kind];
            return true;
        }
        if (alike.size() < most_alike && !has_hidden_keys<Lazy>(*table)) alike.push_back(number);
        return false;
    }
};

/// Changes of one table and one kind that are written one after the other.
template <class Lazy = void>
struct ChangeRun {
    const Table& table;
    ChangeKind kind;
    std::uint32_t first;  ///< counted from 1, then follow Change::next
    std::uint32_t count;

    /// Calls `use` with the place of each change.
    template <class Use>
    void for_each(const List<Change>& changes, const Use& use) const {
        for (std::uint32_t i = first; i != 0; i = changes[i - 1].next) use(i - 1);
    }
};

/// Sorts changes by their tables, parents first.
template <class Lazy = void>
List<TableChanges<Lazy>> group_by_table(List<Change>& changes) {
    List<TableChanges<Lazy>> groups;
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
    for (const TableChanges<Lazy>& group : groups) tables.push_back(group.table);
    sort_parents_first(tables);
    List<TableChanges<Lazy>> sorted;
    for (const Table* table : tables) {
        for (const TableChanges<Lazy>& group : groups) {
            if (group.table == table) sorted.push_back(group);
        }
    }
    return sorted;
}

/// The columns of a table's keys, and of all that is unique in it.
template <class Lazy = void>
ColumnSet unique_columns(const Table& table) {
    ColumnSet columns;
    for (const std::size_t column : table.key) columns.add(column);
    for (const OptionData& option : table.options) {
        const bool is_index = option.kind == OptionKind::index && option.is_unique;
        if (option.kind != OptionKind::unique && !is_index) continue;
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            if (option.fields.contains(table.columns[i].field)) columns.add(i);
        }
    }
    return columns;
}

/// Whether the order of the tables is enough: no key or unique value is given up, nothing that is removed can be
/// referred to, and a new row is referred to from tables behind its own only.
template <class Lazy = void>
class TableOrder {
public:
    TableOrder(const FlushTables<Lazy>& known, List<Change>& changes)
        : known_(known), changes_(changes), groups_(group_by_table(changes)) {}

    bool is_enough() const {
        for (std::size_t i = 0; i < groups_.size(); ++i) {
            if (!is_calm(groups_[i]) || refers_ahead(i)) return false;
        }
        return true;
    }

    /// Calls `use` with all changes in the order in which they are to be written, as runs.
    template <class Use>
    void for_each_run(const Use& use) const {
        for (const TableChanges<Lazy>& group : groups_) {
            use_run(group, ChangeKind::insert, use);
            use_run(group, ChangeKind::update, use);
        }
        for (std::size_t i = groups_.size(); i-- > 0;) use_run(groups_[i], ChangeKind::remove, use);
    }
    /// The same, one by one: calls `use` with the place of each change.
    template <class Use>
    void for_each(const Use& use) const {
        for_each_run([&](const ChangeRun<Lazy>& run) { run.for_each(changes_, use); });
    }

private:
    template <class Use>
    static void use_run(const TableChanges<Lazy>& group, ChangeKind kind, const Use& use) {
        const auto at = static_cast<std::size_t>(kind);
        if (group.count[at] != 0) use(ChangeRun<Lazy>{*group.table, kind, group.first[at], group.count[at]});
    }
    static bool has(const TableChanges<Lazy>& group, ChangeKind kind) noexcept {
        return group.first[static_cast<std::size_t>(kind)] != 0;
    }

    bool is_calm(const TableChanges<Lazy>& group) const {
        const bool has_removals = has(group, ChangeKind::remove);
        const int kinds = int{has_removals} + int{has(group, ChangeKind::insert)} + int{has(group, ChangeKind::update)};
        if (kinds > 1 && has_hidden_keys<Lazy>(*group.table)) return false;
        if (has_removals && (has(group, ChangeKind::insert) || known_.is_referenced(*group.table))) return false;
        if (!has(group, ChangeKind::update)) return true;
        const ColumnSet unique = unique_columns(*group.table);
        for (std::uint32_t i = group.first[static_cast<std::size_t>(ChangeKind::update)]; i != 0;) {
            const Change& change = changes_[i - 1];
            if (change.columns.overlaps(unique)) return false;
            i = change.next;
        }
        return true;
    }

    bool refers_ahead(std::size_t index) const {
        const TableChanges<Lazy>& group = groups_[index];
        if (!has(group, ChangeKind::insert) && !has(group, ChangeKind::update)) return false;
        for (const OptionData& option : group.table->options) {
            if (option.kind != OptionKind::foreign_key) continue;
            for (std::size_t i = index; i < groups_.size(); ++i) {
                if (groups_[i].table == &option.target() && has(groups_[i], ChangeKind::insert)) return true;
            }
        }
        return false;
    }

    const FlushTables<Lazy>& known_;
    const List<Change>& changes_;
    List<TableChanges<Lazy>> groups_;
};

}  // namespace mica::detail
