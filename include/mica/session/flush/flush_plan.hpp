// SPDX-License-Identifier: BSL-1.0
// From rows as they were and as they are to be to the statements that make them so, or to the one reason why none can.
// Data in, data out: it knows no object and no database.
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/session/flush/stored_rows.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mica::detail {

template <class Lazy>
struct RowGraph;

template <class Lazy = void>
class FlushPlan {
public:
    /// `can_check_late`: whether the database can check foreign keys at the end of what is written.
    FlushPlan(const PlanSchema<Lazy>& schema, bool can_check_late) noexcept
        : rows_(schema), can_check_late_(can_check_late) {}
    FlushPlan(const FlushPlan&) = delete;
    FlushPlan& operator=(const FlushPlan&) = delete;

    /// Adds a row of one of the schema's tables by its snapshots, which must stay: `before` is empty of a new one,
    /// `after` of one to be removed. `has_more`: it also differs in columns of no key.
    std::uint32_t add(std::uint32_t table, std::string_view before, std::string_view after, bool has_more) {
        return rows_.add(table, before, after, has_more);
    }
    /// A row may have gone, or have other values by now.
    void doubt(std::uint32_t row) noexcept { rows_[row].is_doubtful = true; }
    bool is_doubtful(std::uint32_t row) const noexcept { return rows_.rows[row].is_doubtful; }
    /// A row's foreign key is to hold the key of another, known or not; with no_row to be NULL where it can. Whether
    /// that is a change.
    bool refer(std::uint32_t row, const ForeignKey& key, std::uint32_t parent) {
        const PlanTable<Lazy>& table = rows_.table(row);
        bool changed = false;
        for (std::size_t i = 0; i < key.count; ++i) {
            const std::uint16_t slot = table.slot_of(key.child[i]);
            PlanValue value = 0;
            if (parent == no_row) {
                if (!parts_at(*table.table, key, i)) continue;
            } else {
                value = rows_.wanted(parent)[rows_.table(parent).slot_of(key.parent[i])];
            }
            changed = detail::exchange(rows_.wanted(row)[slot], value) != value || changed;
        }
        for (const std::uint32_t number : rows_.references_of(row)) {
            if (has_columns(number, key)) rows_.reference(row, number).row = parent;
        }
        return changed;
    }
    /// A row's foreign key means the row that has that key now, whoever takes the key.
    void follow(std::uint32_t row, const ForeignKey& key, std::uint32_t parent) {
        if (!rows_.rows[parent].existed) return;
        for (const std::uint32_t number : rows_.references_of(row)) {
            if (!has_columns(number, key)) continue;
            const PlanKeyValue value = rows_.reference_value(number, rows_.wanted(row));
            const std::uint32_t named = rows_.schema.references[number].key;
            if (value == 0 || value != rows_.key_value(named, rows_.old(parent))) continue;
            ReferenceState<Lazy>& state = rows_.reference(row, number);
            if (rows_.rows[row].existed && value == rows_.reference_value(number, rows_.old(row))) {
                state.follows_row = true;
            } else {
                state.row = parent;
            }
        }
    }

    /// Once, when all rows are there. False where it cannot be; refusal() says why.
    /// Its body is in impl/flush_plan.ipp, as if it were MICA_DECL.
    [[gnu::cold]] bool make();

    const PlanRefusal& refusal() const noexcept { return refusal_; }
    const PlanSteps<Lazy>& steps() const noexcept { return steps_; }
    const PlanSchema<Lazy>& schema() const noexcept { return rows_.schema; }
    const PlanValues<Lazy>& values() const noexcept { return rows_.values; }
    const PlanKeyValues<Lazy>& key_values() const noexcept { return rows_.key_values; }
    Fate fate(std::uint32_t row) const noexcept { return rows_.rows[row].fate; }
    bool is_gone(std::uint32_t row) const noexcept { return rows_.rows[row].is_gone; }
    /// What a row's key columns are in the end, by slot; of one that stays.
    const PlanValue* last(std::uint32_t row) noexcept { return rows_.last(row); }
    /// Whether they are what was wanted.
    bool ends_as_wanted(std::uint32_t row) noexcept { return rows_.same(row, rows_.last(row), rows_.wanted(row)); }
    /// The row that a foreign key of another meant before the flush.
    std::uint32_t parent_before(std::uint32_t row, std::uint32_t reference) {
        return rows_.old_holder(rows_.reference_value(reference, rows_.old(row)));
    }
    /// Whether a row is given to another one that has taken its parent's key, or is written for another reason.
    [[gnu::cold]] bool is_taken_over(std::uint32_t row) {
        bool is_taken = false;
        for (const std::uint32_t reference : rows_.references_of(row)) {
            const PlanKeyValue value = rows_.reference_value(reference, rows_.last(row));
            is_taken = is_taken || (value != 0 && value == rows_.reference_value(reference, rows_.old(row)) &&
                                    rows_.old_holder(value) != rows_.holder(value));
        }
        return is_taken;
    }
    const PlanTable<Lazy>& table(std::uint32_t row) const noexcept { return rows_.table(row); }
    std::uint32_t table_of(std::uint32_t row) const noexcept { return rows_.rows[row].table; }
    /// The row that had the key of a new one and is removed, no_row where there is none.
    std::uint32_t former(std::uint32_t row) {
        const std::uint32_t before = rows_.old_holder(rows_.key_value(rows_.table(row).first_key, rows_.last(row)));
        return before != no_row && rows_[before].is_removed ? before : no_row;
    }

private:
    /// Whether a foreign key is that of these columns.
    bool has_columns(std::uint32_t number, const ForeignKey& key) const noexcept {
        const PlanReference<Lazy>& reference = rows_.schema.references[number];
        if (reference.slots.size() != key.count) return false;
        for (const std::uint16_t slot : reference.slots) {
            bool is_in = false;
            for (std::size_t i = 0; i < key.count; ++i) {
                is_in = is_in || rows_.schema.tables[reference.table].columns[slot] == key.child[i];
            }
            if (!is_in) return false;
        }
        return true;
    }

    /// Parents first and what goes last, the other way round: where nothing else decides, statements come in this
    /// order.
    [[gnu::cold]] void sort(List<std::uint32_t>& nodes) {
        const std::uint32_t tables = static_cast<std::uint32_t>(rows_.schema.tables.size());
        List<std::uint32_t> ranks;
        ranks.resize(tables);
        rank_tables(ranks);
        List<List<std::uint32_t>> groups;
        groups.resize(3 * tables + 1);
        for (const std::uint32_t node : nodes) {
            const PlanRow<Lazy>& row = rows_[node];
            std::uint32_t group = 3 * tables;
            // What may give up a value that only the database knows to be unique comes before what may take it.
            const bool is_later = (row.fate == Fate::update) != (row.is_written() && rows_.table(node).has_hidden_keys);
            if (row.is_written()) group = 2 * ranks[row.table] + (is_later ? 1U : 0U);
            if (row.is_gone && row.fate != Fate::barrier) group = 3 * tables - 1 - ranks[row.table];
            groups[group].push_back(node);
        }
        nodes.clear();
        for (std::uint32_t i = 0; i < groups.size(); ++i) {
            const List<std::uint32_t>& group = groups[i];
            const bool is_turned = i >= 2 * tables && i < 3 * tables;
            for (std::size_t at = 0; at < group.size(); ++at) {
                nodes.push_back(group[is_turned ? group.size() - 1 - at : at]);
            }
        }
    }
    void rank_tables(List<std::uint32_t>& ranks) const {
        List<bool> met;
        met.resize(ranks.size());
        std::uint32_t next = 0;
        for (std::uint32_t table = 0; table < ranks.size(); ++table) rank(table, met, ranks, next);
    }
    /// After its parents; tables in a cycle as they come.
    void rank(std::uint32_t table, List<bool>& met, List<std::uint32_t>& ranks, std::uint32_t& next) const {
        if (met[table]) return;
        met[table] = true;
        const PlanTable<Lazy>& of = rows_.schema.tables[table];
        for (std::uint32_t i = 0; i < of.reference_count; ++i) {
            rank(rows_.schema.keys[rows_.schema.references[of.first_reference + i].key].table, met, ranks, next);
        }
        ranks[table] = next++;
    }

    /// What has been simulated must end as it is wanted.
    [[gnu::cold]] void check(const RowGraph<Lazy>& graph);
    /// SQLite counts the broken keys of a row that refers to itself by several columns wrong while it moves.
    [[gnu::cold]] void check_counting() {
        for (const PlanStep<Lazy>& step : steps_.steps) {
            if (step.verb != PlanVerb::update) continue;
            const PlanTable<Lazy>& table = rows_.table(step.row);
            for (std::uint32_t i = 0; i < table.reference_count; ++i) {
                const PlanReference<Lazy>& reference = rows_.schema.references[table.first_reference + i];
                if (reference.slots.size() < 2 || rows_.schema.keys[reference.key].table != rows_[step.row].table)
                    continue;
                if (refers_to_itself(step.row, table.first_reference + i)) {
                    throw PlanRefusal{PlanFlaw::unsafe_check, step.row, table.first_reference + i};
                }
            }
        }
    }

    bool refers_to_itself(std::uint32_t row, std::uint32_t reference) {
        const std::uint32_t key = rows_.schema.references[reference].key;
        for (const PlanValue* const values : {rows_.old(row), rows_.last(row)}) {
            const PlanKeyValue value = rows_.reference_value(reference, values);
            if (value != 0 && value == rows_.key_value(key, values)) return true;
        }
        return false;
    }

    PlanRows<Lazy> rows_;
    PlanSteps<Lazy> steps_{};
    PlanRefusal refusal_{};
    bool can_check_late_;
};

}  // namespace mica::detail

#if !defined(MICA_SEPARATE_COMPILATION)
#include <mica/session/flush/impl/flush_plan.ipp>
#endif
