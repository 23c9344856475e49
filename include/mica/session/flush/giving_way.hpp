// SPDX-License-Identifier: BSL-1.0
// What a row that others wait for can give up in passing: the value of a key or of a reference, and what that costs.
#pragma once

#include <mica/session/flush/row_schedule.hpp>

#include <cstddef>
#include <cstdint>

namespace mica::detail {

template <class Lazy = void>
class GivingWay {
public:
    GivingWay(PlanRows<Lazy>& rows, RowGraph<Lazy>& graph, RowSchedule<Lazy>& schedule, StoredRows<Lazy>& stored,
              PlanSteps<Lazy>& plan, bool can_check_late) noexcept
        : rows_(rows),
          graph_(graph),
          schedule_(schedule),
          stored_(stored),
          plan_(plan),
          can_check_late_(can_check_late) {}

    enum class Way : std::uint8_t { none, soft, reference, key, early };
    /// What it costs to give something up; 0 where that cannot be.
    using Cost = int;
    static constexpr Cost soft_edge = 1;
    static constexpr Cost park_key = 10;
    static constexpr Cost park_null = 11;
    static constexpr Cost park_stable = 12;
    static constexpr Cost check_late = 15;
    static constexpr Cost break_key = 16;

    struct Offer {
        Way way = Way::none;
        Cost cost = 0;
    };
    /// How the cycle could be broken at a row that waits by `in` and holds others up by an event.
    Offer way_of(std::uint32_t number, const RowEdge<Lazy>& in, RowEvent<Lazy> event) {
        if (in.is_soft) return {Way::soft, soft_edge};
        PlanRow<Lazy>& row = rows_[number];
        const bool may_leave = row.is_stored && (row.fate == Fate::update || row.fate == Fate::remove);
        switch (event.kind) {
            case RowEventKind::leaves_reference:
                if (!may_leave || !can_leave(number, event.number, in)) return {};
                return {Way::reference, reference_cost(event.number)};
            case RowEventKind::leaves_key:
                if (!may_leave || in.need == Need::leave_key || row.need(Need::leave_key) != 0) return {};
                return {Way::key, key_cost(number, event.number)};
            case RowEventKind::takes_key: {
                const bool may_take = row.is_written() && in.need == Need::take_reference && !row.has_keys &&
                                      row.need(Need::leave_key) == 0 && row.need(Need::take_key) == 0;
                return may_take ? Offer{Way::early, early_cost(number)} : Offer{};
            }
            case RowEventKind::takes_reference:
            case RowEventKind::left:
            case RowEventKind::gone: break;
        }
        return {};
    }

    void give_up_reference(std::uint32_t row, std::uint32_t reference) {
        List<PlanValue> values = rows_.stored_values(row);
        park(row, reference, values, false);
        rows_.reference(row, reference).is_parked = true;
        move_own_references(row, values);
        update(row, values);
        schedule_.happen(row, {RowEventKind::leaves_reference, reference});
        schedule_.wake(row);
    }

    [[gnu::cold]] void give_up_key(std::uint32_t row, std::uint32_t key) {
        List<PlanValue> values = rows_.stored_values(row);
        const bool is_referenced = !rows_.schema.keys[key].references.empty();
        std::uint16_t slot = free_slot(row, key);
        if (slot != no_slot) {
            const bool may_be_null = rows_.table(row).is_nullable(slot) && !is_referenced;
            values[slot] = may_be_null ? 0 : rows_.values.unused(rows_.table(row).storage(slot));
            move_own_references(row, values);
            update(row, values);
            schedule_.wake(row);
            return;
        }
        slot = is_referenced ? no_slot : nullable_slot(row, key);
        PlanValue value = 0;
        const PlanTable<Lazy>& table = rows_.table(row);
        for (std::uint32_t i = 0; slot == no_slot && i < table.reference_count; ++i) {
            const std::uint32_t reference = table.first_reference + i;
            for (const std::uint16_t own : info(reference).slots) {
                if (slot == no_slot && has(rows_.schema.keys[key].slots, own)) slot = own;
            }
        }
        if (is_referenced || !table.is_nullable(slot)) {
            plan_.are_checked_late = true;
            value = rows_.values.unused(table.storage(slot));
        }
        values[slot] = value;
        for (const std::uint32_t reference : rows_.references_of(row)) {
            if (has(info(reference).slots, slot)) rows_.reference(row, reference).is_parked = true;
        }
        update(row, values);
        schedule_.wake(row);
    }

    /// Writes a row without the references that it waits for.
    [[gnu::cold]] void write_early(std::uint32_t row) {
        List<PlanValue> values = schedule_.final_values(row);
        for (const std::uint32_t reference : missing_references(row)) park(row, reference, values, true);
        rows_[row].has_keys = true;
        if (rows_[row].fate == Fate::insert) {
            stored_.insert(row, values);
        } else {
            stored_.update(row, values, true);
        }
        schedule_.happen_all(row, RowEventKind::leaves_reference);
        schedule_.happen_all(row, RowEventKind::leaves_key);
        schedule_.happen_all(row, RowEventKind::takes_key);
        schedule_.wake(row);
    }

private:
    RowEdge<Lazy>& edge(std::uint32_t number) noexcept { return graph_.edges[number]; }
    const PlanReference<Lazy>& info(std::uint32_t reference) const noexcept {
        return rows_.schema.references[reference];
    }

    bool can_leave(std::uint32_t number, std::uint32_t reference, const RowEdge<Lazy>& in) {
        bool is_referenced = false;
        bool is_pure = true;
        for (const std::uint32_t key : info(reference).keys) {
            is_referenced = is_referenced || !rows_.schema.keys[key].references.empty();
            is_pure = is_pure && rows_.schema.keys[key].is_pure;
        }
        if (!is_referenced || is_pure) return true;
        PlanRow<Lazy>& row = rows_[number];
        return row.fate != Fate::remove && in.need != Need::leave_key && row.need(Need::leave_key) == 0;
    }
    Cost reference_cost(std::uint32_t reference) {
        if (info(reference).is_nullable) return park_null;
        if (stable_parent(reference) != no_row) return park_stable;
        return can_check_late_ ? check_late : 0;
    }
    /// A row that stays as it is, for a reference to hold in passing.
    std::uint32_t stable_parent(std::uint32_t reference) {
        if (!info(reference).keys.empty()) return no_row;
        const std::uint32_t row = graph_.stable[rows_.schema.keys[info(reference).key].table];
        if (row == no_row || rows_.key_value(info(reference).key, rows_.old(row)) == 0) return no_row;
        return row;
    }
    Cost key_cost(std::uint32_t row, std::uint32_t key) {
        const PlanKey<Lazy>& of = rows_.schema.keys[key];
        if (rows_[row].fate == Fate::remove && !of.is_pure) return 0;
        if (free_slot(row, key) != no_slot) return park_key;
        if (of.references.empty() && nullable_slot(row, key) != no_slot) return park_null;
        return can_check_late_ ? break_key : 0;
    }
    Cost early_cost(std::uint32_t row) {
        Cost most = 0;
        for (const std::uint32_t reference : missing_references(row)) {
            const Cost cost = reference_cost(reference);
            if (cost == 0) return 0;
            if (cost > most) most = cost;
        }
        return most;
    }

    static constexpr std::uint16_t no_slot = 0xffffU;

    /// A column of a key that is in no foreign key.
    std::uint16_t free_slot(std::uint32_t row, std::uint32_t key) {
        for (const std::uint16_t slot : rows_.schema.keys[key].slots) {
            bool is_free = true;
            for (const std::uint32_t reference : rows_.references_of(row)) {
                is_free = is_free && !has(info(reference).slots, slot);
            }
            if (is_free) return slot;
        }
        return no_slot;
    }
    /// A column of a key that can be NULL, and is in a foreign key.
    std::uint16_t nullable_slot(std::uint32_t row, std::uint32_t key) {
        std::uint16_t found = no_slot;
        for (const std::uint32_t reference : rows_.references_of(row)) {
            for (const std::uint16_t slot : info(reference).slots) {
                if (found == no_slot && has(rows_.schema.keys[key].slots, slot) && rows_.table(row).is_nullable(slot)) {
                    found = slot;
                }
            }
        }
        return found;
    }
    static bool has(const List<std::uint16_t>& slots, std::uint16_t slot) noexcept {
        for (const std::uint16_t each : slots) {
            if (each == slot) return true;
        }
        return false;
    }

    /// The references of a row whose parents or keys are not free yet.
    [[gnu::cold]] List<std::uint32_t> missing_references(std::uint32_t row) {
        List<std::uint32_t> missing;
        const auto add = [&](std::uint32_t reference) {
            for (const std::uint32_t known : missing) {
                if (known == reference) return;
            }
            missing.push_back(reference);
        };
        for (std::uint32_t i = rows_[row].first_in; i != no_row; i = edge(i).next_in) {
            const RowEdge<Lazy>& in = edge(i);
            if (in.is_met || in.is_soft || in.need != Need::take_reference) continue;
            for (const std::uint32_t reference : rows_.references_of(row)) {
                if (!info(reference).is_late) continue;
                const PlanKeyValue value = rows_.reference_value(reference, rows_.last(row));
                if (value == 0) continue;
                if (in.event.kind == RowEventKind::leaves_key) {
                    if (!info(reference).shares(in.event.number)) continue;
                    rows_.reference(row, reference).is_unsettled = true;
                    add(reference);
                } else if (in.event == RowEvent<Lazy>{RowEventKind::takes_key, info(reference).key} &&
                           value == rows_.key_value(info(reference).key, rows_.last(in.from))) {
                    add(reference);
                }
            }
        }
        return missing;
    }

    /// What a reference holds in passing.
    [[gnu::cold]] void park(std::uint32_t row, std::uint32_t reference, List<PlanValue>& values, bool is_early) {
        const PlanReference<Lazy>& of = info(reference);
        for (const std::uint16_t slot : of.slots) {
            if (!rows_.table(row).is_nullable(slot)) continue;
            values[slot] = 0;
            return;
        }
        if (const std::uint32_t parent = stable_parent(reference); parent != no_row) {
            const List<std::uint16_t>& key = rows_.schema.keys[of.key].slots;
            for (std::size_t i = 0; i < key.size(); ++i) values[of.slots[i]] = rows_.old(parent)[key[i]];
            return;
        }
        if (!can_check_late_) throw PlanRefusal{PlanFlaw::no_order, row, reference};
        plan_.are_checked_late = true;
        if (is_early) {
            const PlanKeyValue value = rows_.reference_value(reference, rows_.last(row));
            const bool is_free = rows_.old_holder(value) == no_row && !rows_.reference(row, reference).is_unsettled;
            if (is_free && is_known(row, reference)) return stored_.note_early(reference, value);
        }
        std::uint16_t slot = of.slots[0];
        for (const std::uint16_t each : of.slots) {
            if (is_in_key(row, each)) continue;
            slot = each;
            break;
        }
        values[slot] = rows_.values.unused(rows_.table(row).storage(slot));
    }
    /// Whether the final value can be written before its parent: not where the database has still to choose it.
    bool is_known(std::uint32_t row, std::uint32_t reference) {
        for (const std::uint16_t slot : info(reference).slots) {
            if (rows_.values.kind(rows_.last(row)[slot]) == PlanValueKind::generated) return false;
        }
        return true;
    }
    bool is_in_key(std::uint32_t row, std::uint16_t slot) {
        bool is_in = false;
        for (const std::uint32_t key : rows_.keys_of(row)) {
            is_in = is_in || has(rows_.schema.keys[key].slots, slot);
        }
        return is_in;
    }

    /// A row that refers to its own key moves both in one statement, for in between neither would be right.
    [[gnu::cold]] void move_own_references(std::uint32_t row, List<PlanValue>& values) {
        for (const std::uint32_t reference : rows_.references_of(row)) {
            const PlanReference<Lazy>& of = info(reference);
            if (rows_.schema.keys[of.key].table != rows_[row].table || of.follows_rename()) continue;
            const PlanValue* const stored = rows_.stored(row);
            const PlanKeyValue value = rows_.reference_value(reference, stored);
            if (value == 0 || value != rows_.key_value(of.key, stored)) continue;
            if (rows_.key_value(of.key, values.data()) == value) continue;
            if (rows_.reference_value(reference, values.data()) != value) continue;
            const List<std::uint16_t>& key = rows_.schema.keys[of.key].slots;
            for (std::size_t i = 0; i < key.size(); ++i) values[of.slots[i]] = values[key[i]];
            rows_.reference(row, reference).is_parked = true;
        }
    }

    /// Writes values in passing; keys that the row has left are free then.
    [[gnu::cold]] void update(std::uint32_t row, const List<PlanValue>& values) {
        const List<PlanValue> before = rows_.stored_values(row);
        stored_.update(row, values, false);
        for (const std::uint32_t key : rows_.keys_of(row)) {
            if (differ(rows_.schema.keys[key].slots, before, values))
                schedule_.happen(row, {RowEventKind::leaves_key, key});
        }
        for (const std::uint32_t reference : rows_.references_of(row)) {
            if (differ(info(reference).slots, before, values))
                schedule_.happen(row, {RowEventKind::leaves_reference, reference});
        }
    }
    static bool differ(const List<std::uint16_t>& slots, const List<PlanValue>& left,
                       const List<PlanValue>& right) noexcept {
        for (const std::uint16_t slot : slots) {
            if (left[slot] != right[slot]) return true;
        }
        return false;
    }

    PlanRows<Lazy>& rows_;
    RowGraph<Lazy>& graph_;
    RowSchedule<Lazy>& schedule_;
    StoredRows<Lazy>& stored_;
    PlanSteps<Lazy>& plan_;
    bool can_check_late_;
};

}  // namespace mica::detail
