// SPDX-License-Identifier: BSL-1.0
// Which event of one row has to come before which write of another.
#pragma once

#include <mica/session/flush/removal_groups.hpp>

#include <cstddef>
#include <cstdint>

namespace mica::detail {

template <class Lazy = void>
class RowEvents {
public:
    RowEvents(PlanRows<Lazy>& rows, RowGraph<Lazy>& graph) noexcept
        : rows_(rows), graph_(graph), unknown_(rows, graph) {}

    [[gnu::cold]] void find() {
        row_count_ = rows_.size();
        for (std::uint32_t row = 0; row < row_count_; ++row) classify(row);
        spread_displaced();
        graph_.stable.resize(rows_.schema.tables.size());
        for (std::uint32_t& row : graph_.stable) row = no_row;
        for (std::uint32_t row = row_count_; row-- > 0;) {
            const PlanRow<Lazy>& of = rows_[row];
            if (of.fate == Fate::keep && !of.is_doubtful) graph_.stable[of.table] = row;
        }
        RemovalGroups<Lazy>{rows_, graph_}.join();
        const std::size_t count = graph_.nodes.size();
        for (std::size_t i = 0; i < count; ++i) {
            if (rows_[graph_.nodes[i]].existed) leave(graph_.nodes[i]);
        }
        for (std::size_t i = 0; i < count; ++i) {
            if (rows_[graph_.nodes[i]].is_written()) take(graph_.nodes[i]);
        }
        for (const std::uint32_t barrier : unknown_.barriers()) graph_.nodes.push_back(barrier);
    }

private:
    /// Chains of cascades longer than this are cut: SQLite follows no more than a thousand.
    static constexpr std::uint32_t longest_cascade = 500;

    const PlanReference<Lazy>& info(std::uint32_t reference) const noexcept {
        return rows_.schema.references[reference];
    }

    [[gnu::cold]] void classify(std::uint32_t row) {
        if (rows_[row].is_gone && !rows_[row].existed) return;
        if (rows_[row].is_gone) {
            rows_[row].fate = must_delete(row) ? Fate::remove : Fate::vanish;
        } else if (!rows_[row].existed) {
            rows_[row].fate = Fate::insert;
        } else {
            bool is_written = rows_[row].has_more || !rows_.same(row, rows_.last(row), rows_.old(row));
            for (const std::uint32_t reference : rows_.references_of(row)) {
                const PlanKeyValue value = rows_.reference_value(reference, rows_.last(row));
                if (value == 0 || value != rows_.reference_value(reference, rows_.old(row))) continue;
                if (rows_.old_holder(value) == rows_.holder(value)) continue;
                is_written = rows_.reference(row, reference).is_forced = true;
            }
            rows_[row].fate = is_written ? Fate::update : Fate::keep;
        }
        if (rows_[row].existed) {
            for (const std::uint32_t reference : rows_.references_of(row)) {
                rows_.add_stored_child(rows_.reference_value(reference, rows_.old(row)), row, reference);
            }
        }
        const Fate fate = rows_[row].fate;
        if (fate != Fate::keep) graph_.nodes.push_back(row);
        if (fate == Fate::remove) unknown_.note_removal(row);
        if (fate != Fate::update) return;
        for (const std::uint32_t key : rows_.keys_of(row)) {
            const PlanKeyValue value = rows_.key_value(key, rows_.old(row));
            if (value != 0 && value != rows_.key_value(key, rows_.last(row))) unknown_.note_rename(row, key);
        }
    }

    /// A row that goes along with one parent while another key of it keeps a second one from going; or far down a
    /// chain.
    bool must_delete(std::uint32_t row) {
        if (rows_[row].is_removed || rows_[row].is_doomed) return true;
        bool must = rows_[row].depth % longest_cascade == longest_cascade - 1;
        for (const std::uint32_t reference : rows_.references_of(row)) {
            const PlanKeyValue value = rows_.reference_value(reference, rows_.old(row));
            const std::uint32_t parent = rows_.old_holder(value);
            if (parent == no_row || parent == row || !info(reference).blocks_removal()) continue;
            const std::uint32_t key = info(reference).key;
            must = must || rows_[parent].is_gone ||
                   (!info(reference).follows_rename() && rows_.key_value(key, rows_.last(parent)) != value);
        }
        return must;
    }

    void displace(List<RowPart<Lazy>>& open, std::uint32_t row, std::uint32_t key) {
        if (rows_.displace(row, key)) open.push_back({row, key});
    }

    [[gnu::cold]] void spread_displaced() {
        List<RowPart<Lazy>> open;
        for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
            const std::uint32_t row = graph_.nodes[i];
            if (rows_[row].fate != Fate::update) continue;
            for (const std::uint32_t key : rows_.keys_of(row)) {
                bool moves = rows_.key_value(key, rows_.last(row)) != rows_.key_value(key, rows_.old(row));
                for (const std::uint32_t reference : rows_.references_of(row)) {
                    moves = moves || (rows_.reference(row, reference).is_forced && info(reference).shares(key));
                }
                if (moves) displace(open, row, key);
            }
        }
        for (std::size_t next = 0; next < open.size(); ++next) {
            const RowPart<Lazy> parent = open[next];
            const PlanKeyValue value = rows_.key_value(parent.number, rows_.old(parent.row));
            rows_.for_children(value, [&](std::uint32_t child, std::uint32_t reference) {
                displace_child(open, parent, value, child, reference);
            });
        }
    }
    [[gnu::cold]] void displace_child(List<RowPart<Lazy>>& open, const RowPart<Lazy>& parent, PlanKeyValue value,
                                      std::uint32_t child, std::uint32_t reference) {
        const PlanReference<Lazy>& of = info(reference);
        if (of.follows_rename() && of.keys.empty()) return;
        const Fate fate = rows_[child].fate;
        if (fate == Fate::insert || fate == Fate::vanish) return;
        if (rows_.reference_value(reference, rows_.old(child)) != value) return;
        if (fate == Fate::remove) {
            if (!of.follows_rename()) return;
            for (const std::uint32_t key : of.keys) displace(open, child, key);
            return;
        }
        if (!of.follows_rename()) {
            const PlanKeyValue last = rows_.reference_value(reference, rows_.last(child));
            if (last == 0 || rows_.holder(last) != parent.row) return;
            if (last == value) rows_.reference(child, reference).is_forced = true;
        }
        if (fate == Fate::keep) {
            rows_[child].fate = Fate::update;
            graph_.nodes.push_back(child);
        }
        for (const std::uint32_t key : of.keys) displace(open, child, key);
    }

    /// The rows whose change makes a key change: the row's own, and those that drag it.
    template <class Use>
    [[gnu::cold]] void for_movers(std::uint32_t row, std::uint32_t key, const Use& use) {
        List<RowPart<Lazy>> met;
        met.push_back({row, key});
        for (std::size_t next = 0; next < met.size(); ++next) {
            const RowPart<Lazy> each = met[next];
            use(each.row);
            if (!rows_[each.row].existed) continue;
            for (const std::uint32_t reference : rows_.references_of(each.row)) {
                if (!info(reference).shares(each.number) || !info(reference).follows_rename()) continue;
                const std::uint32_t of = rows_.old_holder(rows_.reference_value(reference, rows_.old(each.row)));
                if (of == no_row || rows_[of].fate != Fate::update || !rows_.is_displaced(of, info(reference).key)) {
                    continue;
                }
                bool is_met = false;
                for (const RowPart<Lazy>& known : met) is_met = is_met || known.row == of;
                if (!is_met) met.push_back({of, info(reference).key});
            }
        }
    }
    [[gnu::cold]] void leave_before_moves(std::uint32_t row, std::uint32_t reference, std::uint32_t parent) {
        for_movers(parent, info(reference).key, [&](std::uint32_t mover) {
            graph_.add(rows_, row, {RowEventKind::leaves_reference, reference}, mover, Need::leave_key);
        });
    }

    /// What has to wait until a row has left its old parents.
    [[gnu::cold]] void leave(std::uint32_t row) {
        dragging_.clear();
        for (const std::uint32_t reference : rows_.references_of(row)) {
            const PlanKeyValue before = rows_.reference_value(reference, rows_.old(row));
            if (before == 0) continue;
            const std::uint32_t parent = rows_.old_holder(before);
            const PlanKeyValue after = rows_[row].is_gone ? 0 : rows_.reference_value(reference, rows_.last(row));
            if (parent == row) {
                leave_itself(row, reference);
            } else if (parent == no_row || rows_[parent].fate == Fate::keep) {
                leave_unchanged(row, reference, parent, before, after);
            } else {
                leave(row, reference, parent, before, after);
            }
        }
        if (!dragging_.empty()) note_dragged(row);
    }

    [[gnu::cold]] void leave_itself(std::uint32_t row, std::uint32_t reference) {
        const std::uint32_t key = info(reference).key;
        if (info(reference).follows_rename() || rows_[row].fate != Fate::update || !rows_.is_displaced(row, key))
            return;
        for_movers(row, key, [&](std::uint32_t mover) {
            if (mover == row) return;
            graph_.add(rows_, row, {RowEventKind::leaves_reference, reference}, mover, Need::leave_key);
            rows_.reference(row, reference).is_forced = true;
        });
    }

    [[gnu::cold]] void leave_unchanged(std::uint32_t row, std::uint32_t reference, std::uint32_t parent,
                                       PlanKeyValue before, PlanKeyValue after) {
        const PlanReference<Lazy>& of = info(reference);
        const bool is_update = rows_[row].fate == Fate::update;
        const bool is_removal = rows_[row].fate == Fate::remove;
        const bool is_unknown = parent == no_row;
        ReferenceState<Lazy>& state = rows_.reference(row, reference);
        const bool leaves = is_removal || (is_update && (after != before || (is_unknown && state.is_forced)));
        if (is_unknown && is_update && after == before && state.is_forced) state.must_write = true;
        const std::uint32_t parents = rows_.schema.keys[of.key].table;
        const RowEvent<Lazy> left{RowEventKind::leaves_reference, reference};
        if (is_update && after == before && of.cascades_removal() && !state.is_forced) {
            // While it is there: its removal may be on the way.
            add_before(unknown_.before_removals(parents), row, {RowEventKind::takes_reference}, true);
        }
        if (is_unknown && leaves && !of.follows_rename())
            add_before(unknown_.before_renames(of.key), row, left, is_removal);
        if (is_unknown && of.follows_rename() && shares_primary_key(row, of)) {
            const std::uint32_t barrier = unknown_.before_renames(of.key);
            if (barrier != no_row) rows_[row].must_exist = true;
            add_before(barrier, row, {RowEventKind::takes_reference}, true);
        }
        if (leaves && !of.parts_removal()) {
            add_before(unknown_.before_removals(parents), row, left, is_removal);
        }
    }
    void add_before(std::uint32_t barrier, std::uint32_t row, RowEvent<Lazy> event, bool is_soft) {
        if (barrier != no_row) graph_.add(rows_, row, event, barrier, Need::removal, is_soft);
    }
    bool shares_primary_key(std::uint32_t row, const PlanReference<Lazy>& reference) const noexcept {
        return reference.shares(rows_.table(row).first_key);
    }

    [[gnu::cold]] void leave(std::uint32_t row, std::uint32_t reference, std::uint32_t parent, PlanKeyValue before,
                             PlanKeyValue after) {
        const PlanReference<Lazy>& of = info(reference);
        const RowEvent<Lazy> left{RowEventKind::leaves_reference, reference};
        const bool is_update = rows_[row].fate == Fate::update;
        const Fate parent_fate = rows_[parent].fate;
        if (is_update && after != 0 && rows_.holder(after) == parent) {
            if (!rows_.is_displaced(parent, of.key)) return;
            if (of.follows_rename()) {
                if (!of.keys.empty() && parent_fate == Fate::update) dragging_.push_back({parent, reference});
            } else {
                leave_before_moves(row, reference, parent);
                if (rows_.key_value(of.key, rows_.last(parent)) == before)
                    rows_.reference(row, reference).is_forced = true;
            }
            return;
        }
        if (parent_fate == Fate::remove && !of.follows_rename() && rows_.was_displaced(parent, of.key)) {
            for_movers(parent, of.key, [&](std::uint32_t mover) {
                if (mover != parent && mover != row) graph_.add(rows_, row, left, mover, Need::leave_key);
            });
        }
        if (rows_[parent].is_gone) return leave_gone(row, reference, parent);
        if (parent_fate != Fate::update) return;
        if (rows_.is_displaced(parent, of.key)) {
            const bool becomes_null = rows_.key_value(of.key, rows_.last(parent)) == 0;
            if (!of.follows_rename() || (becomes_null && !of.is_all_nullable)) {
                leave_before_moves(row, reference, parent);
            } else if (!of.keys.empty()) {
                dragging_.push_back({parent, reference});
            }
        } else if ((rows_[row].fate == Fate::remove || is_update) && of.on_delete != Action::set_null) {
            add_before(unknown_.before_removals(rows_.schema.keys[of.key].table), row, left,
                       rows_[row].fate == Fate::remove);
        }
    }

    [[gnu::cold]] void leave_gone(std::uint32_t row, std::uint32_t reference, std::uint32_t parent) {
        const PlanReference<Lazy>& of = info(reference);
        const PlanRow<Lazy> child = rows_[row];
        const PlanRow<Lazy> gone = rows_[parent];
        const std::uint32_t after = gone.group != no_row ? gone.group : parent;
        if (child.is_gone && of.cascades_removal()) {
            const bool is_apart = child.group == no_row || child.group != gone.group;
            if (is_apart) {
                graph_.add(rows_, child.group != no_row ? child.group : row, {RowEventKind::left}, after,
                           Need::removal);
                if (child.fate == Fate::remove && gone.fate == Fate::remove) {
                    graph_.add(rows_, row, {RowEventKind::gone}, parent, Need::removal, true);
                }
            }
            if (child.fate == Fate::vanish && is_apart) {
                const bool in_group = child.group != no_row;
                graph_.add(rows_, parent, {RowEventKind::gone}, in_group ? rows_[child.group].after_group : row,
                           in_group ? Need::removal : Need::passing);
            }
            return;
        }
        if (of.parts_removal()) return;
        graph_.add(rows_, row, {RowEventKind::leaves_reference, reference}, after, Need::removal);
    }

    /// The keys that a row has for a moment, while parents drag it along before it is written itself.
    [[gnu::cold]] void note_dragged(std::uint32_t row) {
        List<PlanValue> dragged;
        for (std::size_t slot = 0; slot < rows_.table(row).width(); ++slot) dragged.push_back(rows_.old(row)[slot]);
        for (const RowPart<Lazy>& each : dragging_) {
            const PlanReference<Lazy>& of = info(each.number);
            const List<std::uint16_t>& key = rows_.schema.keys[of.key].slots;
            for (std::size_t i = 0; i < key.size(); ++i) dragged[of.slots[i]] = rows_.last(each.row)[key[i]];
        }
        for (const std::uint32_t key : rows_.keys_of(row)) {
            const PlanKeyValue value = rows_.key_value(key, dragged.data());
            if (value != 0 && value != rows_.key_value(key, rows_.old(row))) rows_.set_dragged_holder(value, row);
        }
    }

    /// What a row has to wait for before it takes its keys and references.
    [[gnu::cold]] void take(std::uint32_t row) {
        const bool is_update = rows_[row].fate == Fate::update;
        for (const std::uint32_t key : rows_.keys_of(row)) {
            const PlanKeyValue value = rows_.key_value(key, rows_.last(row));
            if (value == 0) continue;
            const bool stays = is_update && value == rows_.key_value(key, rows_.old(row));
            if (stays && !rows_.is_displaced(row, key)) continue;
            const Need need = rows_.schema.keys[key].is_late ? Need::take_reference : Need::take_key;
            const std::uint32_t before = rows_.old_holder(value);
            if (before != no_row) {
                if (rows_[before].fate != Fate::keep)
                    graph_.add(rows_, before, {RowEventKind::leaves_key, key}, row, need);
            } else {
                add_after(unknown_.after_removals(rows_[row].table), row, need);
            }
            const std::uint32_t dragged = rows_.dragged_holder(value);
            if (dragged != no_row) graph_.add(rows_, dragged, {RowEventKind::leaves_key, key}, row, need);
        }
        if (rows_.table(row).has_hidden_keys) {
            add_after(unknown_.after_own_removals(rows_[row].table), row, Need::take_key);
        }
        for (const std::uint32_t reference : rows_.references_of(row)) {
            take_reference(row, reference);
        }
    }
    [[gnu::cold]] void take_reference(std::uint32_t row, std::uint32_t reference) {
        const PlanReference<Lazy>& of = info(reference);
        const PlanKeyValue value = rows_.reference_value(reference, rows_.last(row));
        if (value == 0) return;
        const bool stays = rows_[row].fate == Fate::update && value == rows_.reference_value(reference, rows_.old(row));
        if (stays && of.is_late && !rows_.reference(row, reference).is_forced) return;
        if (of.is_late && rows_.is_natural(row, reference)) return;
        const Need need = of.is_late ? Need::take_reference : Need::take_key;
        const std::uint32_t parent = rows_.holder(value);
        if (parent == no_row) {
            if (!stays && may_drag(row, of.key)) {
                if (!of.is_late) throw PlanRefusal{PlanFlaw::no_order, row, reference};
                ReferenceState<Lazy>& state = rows_.reference(row, reference);
                state.is_after_keys = state.must_write = true;
            }
            return add_after(unknown_.after_renames(of.key), row, need);
        }
        if (parent == row) {
            if (rows_.is_generated(row, of.key) && of.is_late) {
                graph_.connect(rows_, row, {RowEventKind::takes_key, of.key}, row, need, false);
            }
            return;
        }
        const Fate fate = rows_[parent].fate;
        if (fate != Fate::insert && (fate != Fate::update || !rows_.is_displaced(parent, of.key))) return;
        graph_.add(rows_, parent, {RowEventKind::takes_key, of.key}, row, need);
    }
    /// Whether a row changes a key of its own from which a key of rows that are not known may follow.
    bool may_drag(std::uint32_t row, std::uint32_t key) {
        bool may = false;
        if (rows_[row].fate != Fate::update) return may;
        for (const std::uint32_t own : rows_.keys_of(row)) {
            may = may || (rows_.schema.keys[key].dragged_by.has(own) && rows_.was_displaced(row, own));
        }
        return may;
    }
    void add_after(std::uint32_t barrier, std::uint32_t row, Need need) {
        if (barrier != no_row) graph_.add(rows_, barrier, {RowEventKind::left}, row, need, true);
    }

    PlanRows<Lazy>& rows_;
    RowGraph<Lazy>& graph_;
    UnknownRows<Lazy> unknown_;
    std::uint32_t row_count_ = 0;
    List<RowPart<Lazy>> dragging_{};  ///< the parents that drag a row along, and by which foreign key
};

}  // namespace mica::detail
