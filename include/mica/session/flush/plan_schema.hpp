// SPDX-License-Identifier: BSL-1.0
// What the tables of a flush have to do with each other: their keys, who references which, and how far an action goes.
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/core/list.hpp>
#include <mica/schema/relation_key.hpp>
#include <mica/schema/table.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

namespace mica::detail {

/// Whether one of the columns of a key is what the database computes.
inline bool has_generated(const Table& table, const FieldList& fields) noexcept {
    for (const Column& column : table.columns) {
        if (column.is_generated && fields.contains(column.field)) return true;
    }
    return false;
}

/// Whether rows of a table exclude each other by more than equal values: by an index with a condition or over
/// expressions, a generated column or a collation. Which they are only the database knows.
template <class Lazy = void>
bool has_hidden_keys(const Table& table) noexcept {
    for (const OptionData& option : table.options) {
        const bool is_unique = option.kind == OptionKind::unique || option.is_unique;
        if (is_unique && (option.has_condition || option.has_expression)) return true;
        if (is_unique && has_generated(table, option.fields)) return true;
        for (const OptionData& other : table.options) {
            if (is_unique && other.kind == OptionKind::collate && option.fields.contains(other.fields.addresses[0]))
                return true;
        }
        if (option.kind != OptionKind::collate) continue;
        for (const std::size_t column : table.key) {
            if (option.fields.contains(table.columns[column].field)) return true;
        }
    }
    return false;
}

/// A set of small numbers.
template <class Lazy = void>
class NumberSet {
public:
    bool has(std::uint32_t number) const noexcept { return number < flags_.size() && flags_[number]; }
    /// False where it was there already.
    bool add(std::uint32_t number) {
        if (flags_.size() <= number) flags_.resize(number + 1);
        return !detail::exchange(flags_[number], true);
    }
    std::uint32_t limit() const noexcept { return static_cast<std::uint32_t>(flags_.size()); }

private:
    List<bool> flags_{};
};

/// A primary key, or columns that are unique together. What is said of "slots" counts only those columns of a table
/// that are in a key or in a foreign key: no others matter for the order.
template <class Lazy = void>
struct PlanKey {
    std::uint32_t table;
    List<std::uint16_t> slots{};
    List<TextFold> folds{};            ///< of each slot; none at all where its texts are compared byte by byte
    List<std::uint32_t> references{};  ///< the foreign keys that name it
    /// Nobody references it and it holds a foreign key, so it may be written after the row's other keys.
    bool is_late = false;
    /// Where it changes, all that may refer to it follows, and so on.
    bool is_pure = true;
    NumberSet<Lazy> dragged_by{};  ///< keys whose change may change this one by ON UPDATE CASCADE
};

/// A foreign key.
template <class Lazy = void>
struct PlanReference {
    std::uint32_t table;
    std::uint32_t key;  ///< that it names, the parent's
    Action on_delete;
    Action on_update;
    List<std::uint16_t> slots{};  ///< in the order of the key's
    List<std::uint32_t> keys{};   ///< of its own table, those that it shares a column with
    bool is_late = true;          ///< all of those are
    bool is_nullable = false;     ///< one of its columns is
    bool is_all_nullable = true;

    bool cascades_removal() const noexcept { return on_delete == Action::cascade; }
    bool follows_rename() const noexcept { return on_update == Action::cascade; }
    /// The database takes the reference away by itself.
    bool parts_removal() const noexcept { return on_delete == Action::set_null && is_all_nullable; }
    bool blocks_removal() const noexcept { return on_delete == Action::restrict || on_delete == Action::no_action; }
    bool shares(std::uint32_t own_key) const noexcept {
        for (const std::uint32_t key_of_child : keys) {
            if (key_of_child == own_key) return true;
        }
        return false;
    }
};

template <class Lazy = void>
struct PlanTable {
    const Table* table;
    List<std::uint16_t> columns{};  ///< of each slot
    std::uint32_t first_key = 0;    ///< the primary one
    std::uint32_t key_count = 0;
    std::uint32_t first_reference = 0;
    std::uint32_t reference_count = 0;
    bool has_hidden_keys = false;
    NumberSet<Lazy> removed_with{};  ///< tables whose removals may remove rows of this one

    std::size_t width() const noexcept { return columns.size(); }
    bool is_nullable(std::uint16_t slot) const noexcept { return table->columns[columns[slot]].nullable; }
    StorageClass storage(std::uint16_t slot) const noexcept { return table->columns[columns[slot]].storage; }
    bool is_generated(std::uint16_t slot) const noexcept { return table->columns[columns[slot]].is_generated; }
    /// width() where the column has none.
    std::uint16_t slot_of(std::uint16_t column) const noexcept {
        std::uint16_t slot = 0;
        while (slot < columns.size() && columns[slot] != column) ++slot;
        return slot;
    }
};

template <class Lazy = void>
class PlanSchema {
public:
    PlanSchema() = default;
    /// Of these tables and all that they reference.
    explicit PlanSchema(ListView<const Table*> known) {
        for (const Table* table : known) add(*table);
        for (std::uint32_t i = 0; i < tables.size(); ++i) add_keys(i);
        for (std::uint32_t i = 0; i < tables.size(); ++i) add_references(i);
        find_late();
        find_removed_with();
        for (std::uint32_t i = 0; i < keys.size(); ++i) follow_key(i);
    }

    List<PlanTable<Lazy>> tables{};
    List<PlanKey<Lazy>> keys{};
    List<PlanReference<Lazy>> references{};

    /// tables.size() where it is not known.
    std::uint32_t find(const Table& table) const noexcept {
        std::uint32_t i = 0;
        while (i < tables.size() && tables[i].table != &table) ++i;
        return i;
    }
    const PlanTable<Lazy>& parent(const PlanReference<Lazy>& reference) const noexcept {
        return tables[keys[reference.key].table];
    }

    /// Whether only the database knows what a row that is written will hold there. Where others refer to it, it is
    /// taken to stay as it is.
    bool is_computed(std::uint32_t table, std::uint16_t slot) const noexcept {
        const PlanTable<Lazy>& of = tables[table];
        bool is_named = false;
        for (std::uint32_t key = of.first_key; key < of.first_key + of.key_count; ++key) {
            for (const std::uint16_t part : keys[key].slots) {
                is_named = is_named || (part == slot && !keys[key].references.empty());
            }
        }
        return of.is_generated(slot) && !is_named;
    }

private:
    void add(const Table& table) {
        if (find(table) != tables.size()) return;
        tables.push_back({&table});
        for (const OptionData& option : table.options) {
            if (option.kind == OptionKind::foreign_key) add(option.target());
        }
    }

    std::uint16_t slot(PlanTable<Lazy>& table, std::uint16_t column) {
        const std::uint16_t known = table.slot_of(column);
        if (known == table.width()) table.columns.push_back(column);
        return known;
    }

    [[gnu::cold]] void add_key(std::uint32_t number, const List<std::uint16_t>& columns) {
        PlanKey<Lazy> key{.table = number};
        bool is_folded = false;
        for (const std::uint16_t column : columns) {
            key.slots.push_back(slot(tables[number], column));
            key.folds.push_back(fold_of(*tables[number].table, column));
            is_folded = is_folded || key.folds.back() != TextFold::none;
        }
        if (!is_folded) key.folds.clear();
        keys.push_back(std::move(key));
        ++tables[number].key_count;
    }

    /// Also what a foreign key names without its being declared unique: the database wants it to be.
    [[gnu::cold]] void add_keys(std::uint32_t number) {
        tables[number].first_key = static_cast<std::uint32_t>(keys.size());
        const Table& table = *tables[number].table;
        tables[number].has_hidden_keys = detail::has_hidden_keys<Lazy>(table);
        List<std::uint16_t> columns;
        for (const std::size_t column : table.key) columns.push_back(static_cast<std::uint16_t>(column));
        add_key(number, columns);
        for (const OptionData& option : table.options) {
            const bool is_index = option.kind == OptionKind::index && option.is_unique;
            if (option.kind != OptionKind::unique && !is_index) continue;
            if (option.has_condition || option.has_expression || option.is_misplaced) continue;
            add_unique(number, columns_of(table, option.fields));
        }
        for (const PlanTable<Lazy>& child : tables) {
            for (const OptionData& option : child.table->options) {
                if (option.kind != OptionKind::foreign_key || &option.target() != &table) continue;
                add_unique(number, columns_of(table, option.target_fields));
            }
        }
    }
    void add_unique(std::uint32_t number, const List<std::uint16_t>& columns) {
        if (!columns.empty() && find_key(number, columns) == keys.size()) add_key(number, columns);
    }

    static List<std::uint16_t> columns_of(const Table& table, const FieldList& fields) {
        List<std::uint16_t> columns;
        for (std::size_t i = 0; i < fields.count; ++i) {
            for (std::size_t column = table.column_of(fields.addresses[i]);
                 column < table.columns.size() && table.columns[column].field == fields.addresses[i]; ++column) {
                columns.push_back(static_cast<std::uint16_t>(column));
            }
        }
        return columns;
    }

    /// The key of the same columns in any order, keys.size() where there is none.
    std::uint32_t find_key(std::uint32_t number, const List<std::uint16_t>& columns) const {
        const PlanTable<Lazy>& table = tables[number];
        for (std::uint32_t i = table.first_key; i < table.first_key + table.key_count; ++i) {
            if (keys[i].slots.size() != columns.size()) continue;
            std::size_t found = 0;
            for (const std::uint16_t own : keys[i].slots) {
                for (const std::uint16_t column : columns) found += table.columns[own] == column ? 1U : 0U;
            }
            if (found == columns.size()) return i;
        }
        return static_cast<std::uint32_t>(keys.size());
    }

    [[gnu::cold]] void add_references(std::uint32_t number) {
        tables[number].first_reference = static_cast<std::uint32_t>(references.size());
        const Table& table = *tables[number].table;
        for (const OptionData& option : table.options) {
            if (option.kind != OptionKind::foreign_key) continue;
            const std::uint32_t parent = find(option.target());
            const ForeignKey columns = columns_of_key(option, table, option.target());
            List<std::uint16_t> named;
            for (std::size_t i = 0; i < columns.count; ++i) named.push_back(columns.parent[i]);
            const std::uint32_t key = find_key(parent, named);
            if (columns.count == 0 || key == keys.size()) continue;
            PlanReference<Lazy> reference{number, key, option.delete_action, option.update_action};
            for (const std::uint16_t of_parent : keys[key].slots) {
                std::size_t i = 0;
                while (columns.parent[i] != tables[parent].columns[of_parent]) ++i;
                reference.slots.push_back(slot(tables[number], columns.child[i]));
                const bool is_nullable = table.columns[columns.child[i]].nullable;
                reference.is_nullable = reference.is_nullable || is_nullable;
                reference.is_all_nullable = reference.is_all_nullable && is_nullable;
            }
            keys[key].references.push_back(static_cast<std::uint32_t>(references.size()));
            references.push_back(std::move(reference));
            ++tables[number].reference_count;
        }
    }

    static bool overlap(const List<std::uint16_t>& left, const List<std::uint16_t>& right) noexcept {
        for (const std::uint16_t one : left) {
            for (const std::uint16_t other : right) {
                if (one == other) return true;
            }
        }
        return false;
    }

    [[gnu::cold]] void find_late() {
        for (PlanReference<Lazy>& reference : references) {
            const PlanTable<Lazy>& table = tables[reference.table];
            for (std::uint32_t key = table.first_key; key < table.first_key + table.key_count; ++key) {
                if (!overlap(keys[key].slots, reference.slots)) continue;
                reference.keys.push_back(key);
                keys[key].is_late = key != table.first_key && keys[key].references.empty();
            }
        }
        for (PlanReference<Lazy>& reference : references) {
            for (const std::uint32_t key : reference.keys) reference.is_late = reference.is_late && keys[key].is_late;
        }
    }

    [[gnu::cold]] void find_removed_with() {
        for (PlanTable<Lazy>& table : tables) {
            List<const PlanTable<Lazy>*> open;
            open.push_back(&table);
            while (!open.empty()) {
                const PlanTable<Lazy>& each = *open.back();
                open.pop_back();
                for (std::uint32_t i = 0; i < each.reference_count; ++i) {
                    const PlanReference<Lazy>& reference = references[each.first_reference + i];
                    const std::uint32_t parent = keys[reference.key].table;
                    if (reference.cascades_removal() && table.removed_with.add(parent)) open.push_back(&tables[parent]);
                }
            }
        }
    }

    /// Downwards for is_pure, upwards for dragged_by.
    [[gnu::cold]] void follow_key(std::uint32_t start) {
        NumberSet<Lazy> met;
        met.add(start);
        List<std::uint32_t> open;
        open.push_back(start);
        while (!open.empty()) {
            const std::uint32_t key = open.back();
            open.pop_back();
            for (const std::uint32_t number : keys[key].references) {
                const PlanReference<Lazy>& reference = references[number];
                keys[start].is_pure = keys[start].is_pure && reference.follows_rename();
                for (const std::uint32_t next : reference.keys) {
                    if (met.add(next)) open.push_back(next);
                }
            }
        }
        open.push_back(start);
        while (!open.empty()) {
            const std::uint32_t key = open.back();
            open.pop_back();
            const PlanTable<Lazy>& table = tables[keys[key].table];
            for (std::uint32_t i = 0; i < table.reference_count; ++i) {
                const PlanReference<Lazy>& reference = references[table.first_reference + i];
                if (!reference.follows_rename() || !reference.shares(key)) continue;
                if (keys[start].dragged_by.add(reference.key)) open.push_back(reference.key);
            }
        }
    }
};

}  // namespace mica::detail
