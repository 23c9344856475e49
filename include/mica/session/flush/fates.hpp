// SPDX-License-Identifier: BSL-1.0
// What becomes of each row in the end, before any order is thought of: which go by ON DELETE, which keys follow.
#pragma once

#include <mica/session/flush/plan_rows.hpp>

#include <cstddef>
#include <cstdint>

namespace mica::detail {

/// A foreign key's value in a stored row means the row that has that key before the flush. One that is not written is
/// kept where another row takes that key, and else shares the fate of the row that it means.
template <class Lazy = void>
class Fates {
public:
    explicit Fates(PlanRows<Lazy>& rows) noexcept : rows_(rows) {}

    /// Throws PlanRefusal.
    [[gnu::cold]] void decide() {
        // Known rows first: a doubtful one has no key that a known one has.
        for (const bool is_doubtful : {false, true}) {
            for (std::uint32_t row = 0; row < rows_.size(); ++row) {
                if (rows_[row].is_doubtful == is_doubtful) enter(row);
            }
        }
        for (std::uint32_t row = 0; row < rows_.size(); ++row) {
            if (!rows_[row].is_gone) open_.push_back(row);
        }
        for (std::size_t budget = 40 * open_.size() + 1000; next_ != open_.size(); --budget) {
            if (budget == 0) throw PlanRefusal{PlanFlaw::no_order, open_[next_]};
            visit(open_[next_++]);
        }
        for (const PlanRefusal& blocked : blocked_) judge(blocked);
        for (std::uint32_t row = 0; row < rows_.size(); ++row) {
            if (!rows_[row].is_gone) check(row);
        }
    }

private:
    [[gnu::cold]] void enter(std::uint32_t row) {
        PlanRow<Lazy>& of = rows_[row];
        of.is_stored = of.existed;
        PlanValue* const old = rows_.old(row);
        PlanValue* const wanted = rows_.wanted(row);
        rows_.copy(row, wanted, rows_.last(row));
        rows_.copy(row, old, rows_.stored(row));
        for (const std::uint32_t key : rows_.keys_of(row)) {
            const PlanKeyValue before = of.existed ? rows_.key_value(key, old) : 0;
            const PlanKeyValue after = of.is_gone ? 0 : rows_.key_value(key, wanted);
            const bool is_other = before != 0 && of.is_doubtful && rows_.old_holder(before) != no_row;
            if (before != 0 && !is_other) rows_.set_old_holder(before, row);
            if (!is_other || after != before) rows_.add_holder(row, key, after);
        }
        for (const std::uint32_t reference : rows_.references_of(row)) {
            const PlanKeyValue before = of.existed ? rows_.reference_value(reference, old) : 0;
            const PlanKeyValue after = of.is_gone ? 0 : rows_.reference_value(reference, wanted);
            if (before != 0) rows_.add_child(before, row, reference);
            if (after != 0 && after != before) rows_.add_child(after, row, reference);
        }
    }

    [[gnu::cold]] void visit(std::uint32_t row) {
        const PlanTable<Lazy>& table = rows_.table(row);
        const bool means_what_it_says = !rows_[row].existed;
        for (std::uint32_t i = 0; i < table.reference_count && !rows_[row].is_gone; ++i) {
            const std::uint32_t number = table.first_reference + i;
            const std::uint32_t meant = rows_.reference(row, number).row;
            if (meant != no_row) {
                rows_[meant].is_gone ? lose_parent(row, number) : take_key(row, number, meant);
                continue;
            }
            const PlanKeyValue value = rows_.reference_value(number, rows_.wanted(row));
            if (value == 0 || means_what_it_says || rows_.reference_value(number, rows_.old(row)) != value) continue;
            follow(row, number, value);
        }
    }

    /// A relation has led to a row that goes in the same flush: what is written shares its fate.
    void lose_parent(std::uint32_t row, std::uint32_t number) {
        const PlanReference<Lazy>& reference = rows_.schema.references[number];
        if (reference.on_delete == Action::set_null) return set_null(row, number);
        if (!reference.cascades_removal()) throw PlanRefusal{PlanFlaw::missing_parent, row, number};
        rows_[row].is_doomed = true;
        remove(row);
    }

    [[gnu::cold]] void follow(std::uint32_t row, std::uint32_t number, PlanKeyValue value) {
        const PlanReference<Lazy>& reference = rows_.schema.references[number];
        const bool follows_row = rows_.reference(row, number).follows_row;
        const std::uint32_t parent = rows_.old_holder(value);
        const bool is_kept = !follows_row && rows_.holder(value) != no_row;
        if (is_kept || parent == no_row) return set(row, reference, rows_.wanted(row));
        if (rows_[parent].is_gone) {
            if (reference.cascades_removal()) {
                rows_[row].depth = rows_[parent].depth + 1;
                return remove(row);
            }
            if (reference.on_delete == Action::set_null) return set_null(row, number);
            if (reference.blocks_removal()) blocked_.push_back({PlanFlaw::restricted_removal, row, number});
            return;
        }
        // Another of its keys may have changed.
        if (rows_.key_value(reference.key, rows_.last(parent)) == value) return set(row, reference, rows_.wanted(row));
        if (reference.on_update == Action::set_null) return set_null(row, number);
        if (reference.follows_rename() || follows_row) return take_key(row, number, parent);
        if (reference.on_update != Action::set_default) {
            blocked_.push_back({PlanFlaw::restricted_rename, row, number});
        }
    }

    /// A reference is to this row, whatever its key will be.
    [[gnu::cold]] void take_key(std::uint32_t row, std::uint32_t number, std::uint32_t parent) {
        const PlanReference<Lazy>& reference = rows_.schema.references[number];
        const List<std::uint16_t>& key = rows_.schema.keys[reference.key].slots;
        const PlanValue* const taken = rows_.last(parent);
        bool changed = false;
        for (std::size_t i = 0; i < key.size(); ++i) {
            if (taken[key[i]] == 0 && !rows_.table(row).is_nullable(reference.slots[i])) {
                throw PlanRefusal{PlanFlaw::null_reference, row, number};
            }
            changed = changed || rows_.last(row)[reference.slots[i]] != taken[key[i]];
        }
        if (!changed) return;
        set_last(row, [&](PlanValue* last) {
            for (std::size_t i = 0; i < key.size(); ++i) last[reference.slots[i]] = taken[key[i]];
        });
        const PlanKeyValue value = key_of(parent, number);
        if (value != 0) rows_.add_child(value, row, number);  // it may become another once more
    }

    [[gnu::cold]] void set_null(std::uint32_t row, std::uint32_t number) {
        const PlanReference<Lazy>& reference = rows_.schema.references[number];
        bool changed = false;
        for (const std::uint16_t slot : reference.slots) {
            if (!rows_.table(row).is_nullable(slot)) throw PlanRefusal{PlanFlaw::null_reference, row, number};
            changed = changed || rows_.last(row)[slot] != 0;
        }
        if (changed)
            set_last(row, [&](PlanValue* last) {
                for (const std::uint16_t slot : reference.slots) last[slot] = 0;
            });
    }

    /// A reference is as the program says.
    [[gnu::cold]] void set(std::uint32_t row, const PlanReference<Lazy>& reference, const PlanValue* wanted) {
        bool changed = false;
        for (const std::uint16_t slot : reference.slots) changed = changed || rows_.last(row)[slot] != wanted[slot];
        if (changed)
            set_last(row, [&](PlanValue* last) {
                for (const std::uint16_t slot : reference.slots) last[slot] = wanted[slot];
            });
    }

    template <class Change>
    [[gnu::cold]] void set_last(std::uint32_t row, const Change& change) {
        PlanValue* const last = rows_.last(row);
        List<PlanKeyValue> before;
        for (const std::uint32_t key : rows_.keys_of(row)) {
            before.push_back(rows_.key_value(key, last));
        }
        change(last);
        std::size_t at = 0;
        for (const std::uint32_t key : rows_.keys_of(row)) {
            const PlanKeyValue former = before[at++];
            const PlanKeyValue value = rows_.key_value(key, last);
            if (value == former) continue;
            rows_.drop_holder(row, key, former);
            rows_.add_holder(row, key, value);
            wake(former);
            wake(value);
            if (rows_[row].existed) wake(rows_.key_value(key, rows_.old(row)));
        }
    }

    [[gnu::cold]] void remove(std::uint32_t row) {
        rows_[row].is_gone = true;
        for (const std::uint32_t key : rows_.keys_of(row)) {
            const PlanKeyValue value = rows_.key_value(key, rows_.last(row));
            rows_.drop_holder(row, key, value);
            wake(value);
            const PlanKeyValue old = rows_[row].existed ? rows_.key_value(key, rows_.old(row)) : 0;
            if (old != value) wake(old);
        }
    }

    /// What refers to a key is to be looked at again.
    void wake(PlanKeyValue value) {
        rows_.for_children(value, [&](std::uint32_t child, std::uint32_t) {
            if (!rows_[child].is_gone) open_.push_back(child);
        });
    }

    /// It may have gone by another key meanwhile, or its key may have been taken.
    void judge(const PlanRefusal& blocked) {
        const PlanRow<Lazy>& row = rows_[blocked.row];
        const PlanKeyValue value = rows_.reference_value(blocked.number, rows_.old(blocked.row));
        const bool follows_row = rows_.reference(blocked.row, blocked.number).follows_row;
        if (row.is_gone || (!follows_row && rows_.holder(value) != no_row)) return;
        if (!row.is_doubtful) throw blocked;  // else the database knows whether it is there
    }

    [[gnu::cold]] void check(std::uint32_t row) {
        PlanValue* const last = rows_.last(row);
        for (const std::uint32_t number : rows_.references_of(row)) {
            const PlanKeyValue value = rows_.reference_value(number, last);
            const std::uint32_t meant = rows_.reference(row, number).row;
            const bool means_another = meant != no_row && !rows_[meant].is_gone && value != key_of(meant, number);
            if (means_another) throw PlanRefusal{PlanFlaw::missing_parent, row, number};
            if (value == 0 || rows_.holder(value) != no_row || rows_.old_holder(value) == no_row) continue;
            if (rows_[row].is_doubtful && value == rows_.reference_value(number, rows_.old(row))) continue;
            if (rows_.schema.references[number].on_delete == Action::set_default) continue;
            throw PlanRefusal{PlanFlaw::missing_parent, row, number};
        }
        for (const std::uint32_t key : rows_.keys_of(row)) {
            const PlanKeyValue value = rows_.key_value(key, last);
            if (value == 0 || is_untouched(row, key, value)) continue;
            // Where the other is not written, the database knows better whether it is still there.
            for (std::uint32_t other = rows_.holder(value); other != no_row;) {
                const std::uint32_t next = rows_.next_holder(other, key);
                if (other != row && !is_untouched(other, key, value)) throw PlanRefusal{PlanFlaw::duplicate, row, key};
                if (other != row) rows_.drop_holder(other, key, value);
                other = next;
            }
        }
    }
    /// What a reference to a row holds in the end.
    PlanKeyValue key_of(std::uint32_t parent, std::uint32_t number) {
        return rows_.key_value(rows_.schema.references[number].key, rows_.last(parent));
    }
    bool is_untouched(std::uint32_t row, std::uint32_t key, PlanKeyValue value) {
        return rows_[row].existed && rows_.key_value(key, rows_.old(row)) == value;
    }

    PlanRows<Lazy>& rows_;
    List<std::uint32_t> open_{};
    std::size_t next_ = 0;
    List<PlanRefusal> blocked_{};  ///< judged when all fates are known
};

}  // namespace mica::detail
