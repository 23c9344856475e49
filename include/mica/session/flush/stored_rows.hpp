// SPDX-License-Identifier: BSL-1.0
// The statements of a flush, and what each makes of the rows that the session knows: actions of foreign keys included.
#pragma once

#include <mica/core/exchange.hpp>
#include <mica/session/flush/plan_rows.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

namespace mica::detail {

enum class PlanVerb : std::uint8_t { insert, update, remove };

/// A part of a list.
struct PlanRange {
    std::uint32_t first = 0;
    std::uint32_t count = 0;
};

/// One statement. Its lists are in the plan.
template <class Lazy = void>
struct PlanStep {
    PlanVerb verb;
    std::uint32_t row;
    bool has_rest = false;    ///< it also writes what is in no key
    bool must_exist = false;  ///< of a removal: the row cannot have gone along with another
    PlanRange key{};          ///< values: those of the primary key that the row has by then; of no insert
    PlanRange columns{};      ///< assignments: of an insert those of all keys
    PlanRange guards{};       ///< where foreign keys are checked late: nobody may refer to these
};
template <class Lazy = void>
struct PlanAssignment {
    std::uint16_t column;
    PlanValue value;
};
template <class Lazy = void>
struct PlanGuard {
    std::uint32_t reference;
    PlanKeyValue value;
};

template <class Lazy = void>
struct PlanSteps {
    List<PlanStep<Lazy>> steps{};
    List<PlanValue> values{};
    List<PlanAssignment<Lazy>> assignments{};
    List<PlanGuard<Lazy>> guards{};
    bool are_checked_late = false;  ///< foreign keys, at the end
};

template <class Lazy = void>
class StoredRows {
public:
    StoredRows(PlanRows<Lazy>& rows, PlanSteps<Lazy>& steps) noexcept : rows_(rows), plan_(steps) {}

    [[gnu::cold]] void insert(std::uint32_t row, const List<PlanValue>& values) {
        PlanStep<Lazy> step{PlanVerb::insert, row, true};
        step.columns.first = count(plan_.assignments);
        for (std::uint16_t slot = 0; slot < values.size(); ++slot) assign(step, row, slot, values[slot]);
        step.guards.first = count(plan_.guards);
        guard(row, nullptr, values.data());
        step.guards.count = count(plan_.guards) - step.guards.first;
        plan_.steps.push_back(step);
        rows_[row].has_rest = rows_[row].is_stored = true;
        rows_.copy(row, values.data(), rows_.stored(row));
        for (const std::uint32_t reference : rows_.references_of(row)) {
            rows_.add_stored_child(rows_.reference_value(reference, values.data()), row, reference);
        }
    }

    /// Writes what differs, and what else there is of a row that is to be written whole. `is_last`: also what is only
    /// to be repeated.
    [[gnu::cold]] void update(std::uint32_t row, const List<PlanValue>& values, bool is_whole, bool is_last = false) {
        if (!rows_[row].is_stored) throw PlanRefusal{PlanFlaw::no_order, row};
        PlanStep<Lazy> step{PlanVerb::update, row, is_whole && rows_[row].has_more && !rows_[row].has_rest};
        step.columns.first = count(plan_.assignments);
        for (std::uint16_t slot = 0; slot < values.size(); ++slot) {
            const bool is_written = rows_.stored(row)[slot] != values[slot] || (is_last && must_write(row, slot));
            if (is_written) assign(step, row, slot, values[slot]);
        }
        if (step.columns.count == 0 && !step.has_rest) return change(row, values);  // of what is computed at most
        if (is_whole) rows_[row].has_rest = true;
        step.key = key_of(row);
        step.guards.first = count(plan_.guards);
        change(row, values);
        step.guards.count = count(plan_.guards) - step.guards.first;
        plan_.steps.push_back(step);
    }

    void remove(std::uint32_t row) {
        if (!rows_[row].is_stored) return;
        PlanStep<Lazy> step{PlanVerb::remove, row};
        step.must_exist = rows_[row].must_exist;
        step.key = key_of(row);
        step.guards.first = count(plan_.guards);
        drop(row);
        step.guards.count = count(plan_.guards) - step.guards.first;
        plan_.steps.push_back(step);
    }

private:
    /// A reference that an action of the database has changed.
    struct Dragged {
        std::uint32_t row;
        std::uint32_t reference;
        List<PlanValue> key{};
    };

    template <class Element>
    static std::uint32_t count(const List<Element>& list) noexcept {
        return static_cast<std::uint32_t>(list.size());
    }
    void assign(PlanStep<Lazy>& step, std::uint32_t row, std::uint16_t slot, PlanValue value) {
        if (rows_.table(row).is_generated(slot)) return;
        plan_.assignments.push_back({rows_.table(row).columns[slot], value});
        ++step.columns.count;
    }
    PlanRange key_of(std::uint32_t row) {
        const PlanRange range{count(plan_.values), count(primary_key(row).slots)};
        for (const std::uint16_t slot : primary_key(row).slots) plan_.values.push_back(rows_.stored(row)[slot]);
        return range;
    }
    const PlanKey<Lazy>& primary_key(std::uint32_t row) const noexcept {
        return rows_.schema.keys[rows_.table(row).first_key];
    }
    bool must_write(std::uint32_t row, std::uint16_t slot) {
        bool must = false;
        for (const std::uint32_t reference : rows_.references_of(row)) {
            if (!rows_.reference(row, reference).must_write) continue;
            for (const std::uint16_t own : rows_.schema.references[reference].slots) must = must || own == slot;
        }
        return must;
    }

    /// Who would belong to a row that takes these keys now, unseen where keys are checked late.
    [[gnu::cold]] void guard(std::uint32_t row, const PlanValue* before, const PlanValue* after) {
        for (const std::uint32_t key : rows_.keys_of(row)) {
            const List<std::uint32_t>& references = rows_.schema.keys[key].references;
            if (references.empty()) continue;
            const PlanKeyValue value = rows_.key_value(key, after);
            if (value == 0 || (before != nullptr && rows_.key_value(key, before) == value)) continue;
            if (!is_known(rows_.schema.keys[key], after)) continue;
            for (const std::uint32_t reference : references) {
                const PlanReference<Lazy>& of = rows_.schema.references[reference];
                const bool acts = of.cascades_removal() || of.on_delete == Action::set_null;
                if ((of.follows_rename() && acts) || is_early(reference, value)) continue;
                plan_.guards.push_back({reference, value});
            }
        }
    }
    bool is_known(const PlanKey<Lazy>& key, const PlanValue* row) const noexcept {
        for (const std::uint16_t slot : key.slots) {
            if (rows_.values.kind(row[slot]) != PlanValueKind::known) return false;
        }
        return true;
    }

public:
    /// A reference that stands there before what it refers to.
    void note_early(std::uint32_t reference, PlanKeyValue value) { early_.push_back({reference, value}); }

private:
    bool is_early(std::uint32_t reference, PlanKeyValue value) const noexcept {
        for (const PlanGuard<Lazy>& each : early_) {
            if (each.reference == reference && each.value == value) return true;
        }
        return false;
    }

    /// Gives a stored row other keys; ON UPDATE follows.
    [[gnu::cold]] void change(std::uint32_t row, const List<PlanValue>& values) {
        List<Dragged> open;
        apply(row, values.data(), open);
        while (!open.empty()) {
            const Dragged each = std::move(open.back());
            open.pop_back();
            List<PlanValue> dragged = rows_.stored_values(each.row);
            const List<std::uint16_t>& slots = rows_.schema.references[each.reference].slots;
            for (std::size_t i = 0; i < slots.size(); ++i) dragged[slots[i]] = each.key[i];
            apply(each.row, dragged.data(), open);
        }
    }
    [[gnu::cold]] void apply(std::uint32_t row, const PlanValue* values, List<Dragged>& open) {
        PlanValue* const stored = rows_.stored(row);
        if (rows_.same(row, stored, values)) return;
        guard(row, stored, values);
        for (const std::uint32_t reference : rows_.references_of(row)) {
            const PlanKeyValue before = rows_.reference_value(reference, stored);
            const PlanKeyValue after = rows_.reference_value(reference, values);
            if (before == after) continue;
            rows_.drop_stored_child(before, row, reference);
            rows_.add_stored_child(after, row, reference);
        }
        List<PlanKeyValue> former;
        for (const std::uint32_t key : rows_.keys_of(row)) {
            former.push_back(rows_.key_value(key, stored));
        }
        rows_.copy(row, values, stored);
        std::size_t at = 0;
        for (const std::uint32_t key : rows_.keys_of(row)) {
            const PlanKeyValue before = former[at++];
            if (before == 0 || before == rows_.key_value(key, values)) continue;
            rows_.for_stored_children(before, [&](std::uint32_t child, std::uint32_t reference) {
                const PlanReference<Lazy>& of = rows_.schema.references[reference];
                if (!of.follows_rename() && of.on_update != Action::set_null) return;
                Dragged dragged{child, reference};
                for (const std::uint16_t slot : rows_.schema.keys[key].slots) {
                    dragged.key.push_back(of.follows_rename() ? values[slot] : 0);
                }
                open.push_back(std::move(dragged));
            });
        }
    }
    /// A stored row goes; ON DELETE follows.
    [[gnu::cold]] void drop(std::uint32_t row) {
        List<std::uint32_t> open;
        open.push_back(row);
        while (!open.empty()) {
            const std::uint32_t each = open.back();
            open.pop_back();
            if (!detail::exchange(rows_[each].is_stored, false)) continue;
            for (const std::uint32_t reference : rows_.references_of(each)) {
                rows_.drop_stored_child(rows_.reference_value(reference, rows_.stored(each)), each, reference);
            }
            List<Dragged> parted;
            for (const std::uint32_t key : rows_.keys_of(each)) {
                const PlanKeyValue value = rows_.key_value(key, rows_.stored(each));
                rows_.for_stored_children(value, [&](std::uint32_t child, std::uint32_t reference) {
                    const PlanReference<Lazy>& of = rows_.schema.references[reference];
                    if (of.cascades_removal()) open.push_back(child);
                    if (of.on_delete != Action::set_null) return;
                    parted.push_back({child, reference});
                });
            }
            for (const Dragged& child : parted) part(child.row, rows_.schema.references[child.reference]);
        }
    }

    void part(std::uint32_t row, const PlanReference<Lazy>& reference) {
        List<PlanValue> values = rows_.stored_values(row);
        for (const std::uint16_t slot : reference.slots) values[slot] = 0;
        change(row, values);
    }

    PlanRows<Lazy>& rows_;
    PlanSteps<Lazy>& plan_;
    List<PlanGuard<Lazy>> early_{};
};

}  // namespace mica::detail
