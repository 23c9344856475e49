// SPDX-License-Identifier: BSL-1.0
// The order of a flush's statements: each row when all that it waits for has happened (Kahn's algorithm); where rows
// wait for each other, one of them gives something up in passing, at the cheapest place of the cycle.
#pragma once

#include <mica/session/flush/row_events.hpp>
#include <mica/session/flush/stored_rows.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

namespace mica::detail {

class RowOrder {
public:
    RowOrder(PlanRows& rows, RowGraph& graph, StoredRows& stored, PlanSteps& plan, bool can_check_late) noexcept
        : rows_(rows), graph_(graph), stored_(stored), plan_(plan), can_check_late_(can_check_late) {}

    /// Throws PlanRefusal where rows wait for each other and nothing can be given up.
    void write() {
        for (const std::uint32_t node : graph_.nodes) queue_.push_back(node);
        drain();
        for (std::size_t next = 0;;) {
            shorten_path();
            if (path_.empty()) {
                while (next < graph_.nodes.size() && rows_[graph_.nodes[next]].is_done) ++next;
                if (next == graph_.nodes.size()) return;
                walk_to(graph_.nodes[next]);
            }
            step_back();
        }
    }

private:
    /// A row, and the edge by which it waits for the next one of the path.
    struct Waiting {
        std::uint32_t row;
        std::uint32_t edge = no_row;
    };

    RowEdge& edge(std::uint32_t number) noexcept { return graph_.edges[number]; }
    const PlanReference& info(std::uint32_t reference) const noexcept { return rows_.schema.references[reference]; }

    void drain() {
        for (; next_ != queue_.size(); ++next_) try_to_write(queue_[next_]);
        queue_.clear();
        next_ = 0;
    }
    void wake(std::uint32_t row) { queue_.push_back(row); }

    void try_to_write(std::uint32_t number) {
        PlanRow& row = rows_[number];
        if (row.is_done) return;
        const bool may_go = row.need(Need::removal) == 0;
        switch (row.fate) {
            case Fate::keep: return;
            case Fate::barrier:
                if (may_go && row.soft_needs == 0) finish(number);
                return;
            case Fate::vanish:
                if (!may_go || row.soft_needs != 0) return;
                leave(number);
                if (rows_[number].need(Need::passing) == 0) finish(number);
                return;
            case Fate::remove:
                if (!may_go) return;
                leave(number);
                if (rows_[number].soft_needs != 0) return;
                rows_[number].is_done = true;
                stored_.remove(number);
                return finish(number);
            case Fate::insert:
            case Fate::update: break;
        }
        const bool waits = row.need(Need::leave_key) != 0 || row.need(Need::take_key) != 0 ||
                           row.need(Need::take_reference) != 0 || row.soft_needs != 0;
        if (waits) return;
        row.is_done = true;
        if (row.fate == Fate::insert && !row.has_keys) {
            stored_.insert(number, final_values(number));
        } else {
            write_keys_first(number);
            stored_.update(number, final_values(number), true, true);
        }
        finish(number);
    }
    void write_keys_first(std::uint32_t row) {
        List<PlanValue> values;
        rows_.for_references(row, [&](std::uint32_t reference) {
            if (!rows_.reference(row, reference).is_after_keys) return;
            if (values.empty()) values = final_values(row);
            for (const std::uint16_t slot : info(reference).slots) values[slot] = rows_.stored(row)[slot];
        });
        if (!values.empty()) stored_.update(row, values, true);
    }

    /// What a row is to be in the end, without what the database does by itself.
    List<PlanValue> final_values(std::uint32_t row) {
        List<PlanValue> values;
        const PlanValue* const last = rows_.last(row);
        for (std::size_t slot = 0; slot < rows_.table(row).width(); ++slot) values.push_back(last[slot]);
        rows_.for_references(row, [&](std::uint32_t reference) {
            if (!rows_.is_natural(row, reference)) return;
            for (const std::uint16_t slot : info(reference).slots) values[slot] = rows_.stored(row)[slot];
        });
        return values;
    }
    List<PlanValue> stored_values(std::uint32_t row) {
        List<PlanValue> values;
        for (std::size_t slot = 0; slot < rows_.table(row).width(); ++slot) values.push_back(rows_.stored(row)[slot]);
        return values;
    }

    void meet(std::uint32_t number) {
        RowEdge& met = edge(number);
        if (std::exchange(met.is_met, true)) return;
        PlanRow& target = rows_[met.to];
        if (met.is_soft) {
            --target.soft_needs;
        } else {
            --target.need(met.need);
        }
        wake(met.to);
    }
    void happen(std::uint32_t row, RowEvent event) {
        for (std::uint32_t i = rows_[row].first_out; i != no_row; i = edge(i).next_out) {
            if (edge(i).event == event) meet(i);
        }
    }
    void happen_all(std::uint32_t row, RowEventKind kind) {
        for (std::uint32_t i = rows_[row].first_out; i != no_row; i = edge(i).next_out) {
            if (edge(i).event.kind == kind) meet(i);
        }
    }
    void leave(std::uint32_t row) {
        if (!std::exchange(rows_[row].has_left, true)) happen(row, {RowEventKind::left});
    }
    void finish(std::uint32_t row) {
        rows_[row].is_done = true;
        for (std::uint32_t i = rows_[row].first_out; i != no_row; i = edge(i).next_out) meet(i);
    }

    void walk_to(std::uint32_t row) {
        path_.push_back({row});
        rows_[row].on_path = static_cast<std::uint32_t>(path_.size());
    }
    void cut_path(std::size_t length) {
        while (path_.size() > length) {
            rows_[path_.back().row].on_path = 0;
            path_.pop_back();
        }
        if (!path_.empty()) path_.back().edge = no_row;
    }
    /// Takes off what has been solved meanwhile.
    void shorten_path() {
        constexpr std::size_t looks_back = 64;
        while (!path_.empty() && rows_[path_.back().row].is_done) {
            rows_[path_.back().row].on_path = 0;
            path_.pop_back();
        }
        const std::size_t length = path_.size();
        for (std::size_t i = length; i-- > 0;) {
            if (path_[i].edge != no_row && edge(path_[i].edge).is_met) {
                cut_path(i + 1);
            } else if (rows_[path_[i].row].is_done) {
                cut_path(i);
            } else if (i + looks_back < length) {
                break;
            }
        }
    }

    /// Follows what holds up the last row of the path, until a row comes again.
    void step_back() {
        const std::uint32_t row = path_.back().row;
        PlanRow& waiting = rows_[row];
        while (waiting.first_in != no_row && edge(waiting.first_in).is_met)
            waiting.first_in = edge(waiting.first_in).next_in;
        if (waiting.first_in == no_row) {
            wake(row);
            drain();
            if (!rows_[row].is_done) throw PlanRefusal{PlanFlaw::no_order, row};
            return;
        }
        const std::uint32_t number = cause(row);
        path_.back().edge = number;
        const std::uint32_t from = edge(number).from;
        if (rows_[from].is_done) throw PlanRefusal{PlanFlaw::no_order, row};
        if (rows_[from].on_path == 0) return walk_to(from);
        const std::size_t start = rows_[from].on_path - 1;
        const bool other_way = edge(number).event.kind == RowEventKind::left && !rows_[from].seeks_removal &&
                               edge(path_[start].edge).need != Need::removal;
        if (other_way) {
            rows_[from].seeks_removal = true;
            cut_path(start + 1);
        } else {
            break_cycle(start);
            drain();
        }
    }
    std::uint32_t cause(std::uint32_t row) {
        const std::uint32_t first = rows_[row].first_in;
        const bool by_removal = path_.size() > 1 && edge(path_[path_.size() - 2].edge).event.kind == RowEventKind::left;
        if (!rows_[row].seeks_removal && !by_removal) return first;
        for (std::uint32_t i = first; i != no_row; i = edge(i).next_in) {
            if (!edge(i).is_met && edge(i).need == Need::removal) return i;
        }
        return first;
    }

    enum class Way : std::uint8_t { none, soft, reference, key, early };
    /// What it costs to give something up; 0 where that cannot be.
    using Cost = int;
    static constexpr Cost soft_edge = 1;
    static constexpr Cost park_key = 10;
    static constexpr Cost park_null = 11;
    static constexpr Cost park_stable = 12;
    static constexpr Cost check_late = 15;
    static constexpr Cost break_key = 16;

    void break_cycle(std::size_t start) {
        Way way = Way::none;
        Cost cost = 0;
        std::uint32_t row = no_row;
        std::uint32_t number = 0;
        for (std::size_t i = start; i < path_.size(); ++i) {
            const Waiting& each = path_[i];
            const RowEdge in = edge(each.edge);
            const RowEvent event = edge(path_[i == start ? path_.size() - 1 : i - 1].edge).event;
            const auto [next_way, next_cost] = way_of(each.row, in, event);
            if (next_cost == 0 || (way != Way::none && next_cost >= cost)) continue;
            way = next_way;
            cost = next_cost;
            row = each.row;
            number = way == Way::soft ? each.edge : event.number;
        }
        switch (way) {
            case Way::none: throw PlanRefusal{PlanFlaw::no_order, path_[start].row};
            case Way::soft: return meet(number);
            case Way::reference: return give_up_reference(row, number);
            case Way::key: return give_up_key(row, number);
            case Way::early: return write_early(row);
        }
    }

    struct Offer {
        Way way = Way::none;
        Cost cost = 0;
    };
    Offer way_of(std::uint32_t number, const RowEdge& in, RowEvent event) {
        if (in.is_soft) return {Way::soft, soft_edge};
        PlanRow& row = rows_[number];
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

    bool can_leave(std::uint32_t number, std::uint32_t reference, const RowEdge& in) {
        bool is_referenced = false;
        bool is_pure = true;
        for (const std::uint32_t key : info(reference).keys) {
            is_referenced = is_referenced || !rows_.schema.keys[key].references.empty();
            is_pure = is_pure && rows_.schema.keys[key].is_pure;
        }
        if (!is_referenced || is_pure) return true;
        PlanRow& row = rows_[number];
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
        const PlanKey& of = rows_.schema.keys[key];
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
            rows_.for_references(
                row, [&](std::uint32_t reference) { is_free = is_free && !has(info(reference).slots, slot); });
            if (is_free) return slot;
        }
        return no_slot;
    }
    /// A column of a key that can be NULL, and is in a foreign key.
    std::uint16_t nullable_slot(std::uint32_t row, std::uint32_t key) {
        std::uint16_t found = no_slot;
        rows_.for_references(row, [&](std::uint32_t reference) {
            for (const std::uint16_t slot : info(reference).slots) {
                if (found == no_slot && has(rows_.schema.keys[key].slots, slot) && rows_.table(row).is_nullable(slot)) {
                    found = slot;
                }
            }
        });
        return found;
    }
    static bool has(const List<std::uint16_t>& slots, std::uint16_t slot) noexcept {
        for (const std::uint16_t each : slots) {
            if (each == slot) return true;
        }
        return false;
    }

    /// The references of a row whose parents or keys are not free yet.
    List<std::uint32_t> missing_references(std::uint32_t row) {
        List<std::uint32_t> missing;
        const auto add = [&](std::uint32_t reference) {
            for (const std::uint32_t known : missing) {
                if (known == reference) return;
            }
            missing.push_back(reference);
        };
        for (std::uint32_t i = rows_[row].first_in; i != no_row; i = edge(i).next_in) {
            const RowEdge& in = edge(i);
            if (in.is_met || in.is_soft || in.need != Need::take_reference) continue;
            rows_.for_references(row, [&](std::uint32_t reference) {
                if (!info(reference).is_late) return;
                const PlanKeyValue value = rows_.reference_value(reference, rows_.last(row));
                if (value == 0) return;
                if (in.event.kind == RowEventKind::leaves_key) {
                    if (!info(reference).shares(in.event.number)) return;
                    rows_.reference(row, reference).is_unsettled = true;
                    add(reference);
                } else if (in.event == RowEvent{RowEventKind::takes_key, info(reference).key} &&
                           value == rows_.key_value(info(reference).key, rows_.last(in.from))) {
                    add(reference);
                }
            });
        }
        return missing;
    }

    /// What a reference holds in passing.
    void park(std::uint32_t row, std::uint32_t reference, List<PlanValue>& values, bool is_early) {
        const PlanReference& of = info(reference);
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
        rows_.for_keys(row, [&](std::uint32_t key) { is_in = is_in || has(rows_.schema.keys[key].slots, slot); });
        return is_in;
    }

    void give_up_reference(std::uint32_t row, std::uint32_t reference) {
        List<PlanValue> values = stored_values(row);
        park(row, reference, values, false);
        rows_.reference(row, reference).is_parked = true;
        move_own_references(row, values);
        update(row, values);
        happen(row, {RowEventKind::leaves_reference, reference});
        wake(row);
    }

    void give_up_key(std::uint32_t row, std::uint32_t key) {
        List<PlanValue> values = stored_values(row);
        const bool is_referenced = !rows_.schema.keys[key].references.empty();
        std::uint16_t slot = free_slot(row, key);
        if (slot != no_slot) {
            const bool may_be_null = rows_.table(row).is_nullable(slot) && !is_referenced;
            values[slot] = may_be_null ? 0 : rows_.values.unused(rows_.table(row).storage(slot));
            move_own_references(row, values);
            update(row, values);
            wake(row);
            return;
        }
        slot = is_referenced ? no_slot : nullable_slot(row, key);
        PlanValue value = 0;
        const PlanTable& table = rows_.table(row);
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
        rows_.for_references(row, [&](std::uint32_t reference) {
            if (has(info(reference).slots, slot)) rows_.reference(row, reference).is_parked = true;
        });
        update(row, values);
        wake(row);
    }

    /// A row that refers to its own key moves both in one statement, for in between neither would be right.
    void move_own_references(std::uint32_t row, List<PlanValue>& values) {
        rows_.for_references(row, [&](std::uint32_t reference) {
            const PlanReference& of = info(reference);
            if (rows_.schema.keys[of.key].table != rows_[row].table || of.follows_rename()) return;
            const PlanValue* const stored = rows_.stored(row);
            const PlanKeyValue value = rows_.reference_value(reference, stored);
            if (value == 0 || value != rows_.key_value(of.key, stored)) return;
            if (rows_.key_value(of.key, values.data()) == value) return;
            if (rows_.reference_value(reference, values.data()) != value) return;
            const List<std::uint16_t>& key = rows_.schema.keys[of.key].slots;
            for (std::size_t i = 0; i < key.size(); ++i) values[of.slots[i]] = values[key[i]];
            rows_.reference(row, reference).is_parked = true;
        });
    }

    /// Writes values in passing; keys that the row has left are free then.
    void update(std::uint32_t row, const List<PlanValue>& values) {
        const List<PlanValue> before = stored_values(row);
        stored_.update(row, values, false);
        rows_.for_keys(row, [&](std::uint32_t key) {
            for (const std::uint16_t slot : rows_.schema.keys[key].slots) {
                if (before[slot] != values[slot]) return happen(row, {RowEventKind::leaves_key, key});
            }
        });
        rows_.for_references(row, [&](std::uint32_t reference) {
            for (const std::uint16_t slot : info(reference).slots) {
                if (before[slot] != values[slot]) return happen(row, {RowEventKind::leaves_reference, reference});
            }
        });
    }

    void write_early(std::uint32_t row) {
        List<PlanValue> values = final_values(row);
        for (const std::uint32_t reference : missing_references(row)) park(row, reference, values, true);
        rows_[row].has_keys = true;
        if (rows_[row].fate == Fate::insert) {
            stored_.insert(row, values);
        } else {
            stored_.update(row, values, true);
        }
        happen_all(row, RowEventKind::leaves_reference);
        happen_all(row, RowEventKind::leaves_key);
        happen_all(row, RowEventKind::takes_key);
        wake(row);
    }

    PlanRows& rows_;
    RowGraph& graph_;
    StoredRows& stored_;
    PlanSteps& plan_;
    bool can_check_late_;
    List<std::uint32_t> queue_{};
    std::size_t next_ = 0;
    List<Waiting> path_{};
};

}  // namespace mica::detail
