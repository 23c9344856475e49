// SPDX-License-Identifier: BSL-1.0
// What a program may do with objects whose keys change before it flushes: by their fields and by their relations.
#pragma once

#include "keyed_flushes.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace mica::test::keyed {

class Changes : public Flushes {
protected:
    explicit Changes(std::uint64_t seed) : Flushes(seed) {
        const std::size_t most = world_.kinds.size();
        focus_.push_back(0);
        while (focus_.size() < 2 + random_.below(4)) focus_.push_back(random_.below(most));
        for (const std::size_t kind : std::vector<std::size_t>(focus_)) {
            for (const RandomReference& reference : world_.table(kind).references)
                focus_.push_back(reference.parent->number);
        }
    }

    std::string number() { return std::to_string(1 + random_.below(5)); }
    std::size_t some_kind() { return random_.pick(focus_); }

    void set(Thing& thing, std::size_t column, const Cell& cell) {
        Row row = thing.now();
        row[column] = cell;
        set(thing, row);
    }
    void set(Thing& thing, const Row& row) {
        log("set " + name(thing) + " -> " + text(row));
        thing.tracked->note_seen();  // as a handle that is used does
        thing.tracked->operations->assign(*thing.tracked, keyed::snapshot_of(thing.tracked->table(), row));
    }

    Row values(std::size_t kind) {
        const RandomTable& table = world_.table(kind);
        Row row(table.columns.size());
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (table.is_in_reference(i) || (table.columns[i].is_nullable && random_.chance(30))) continue;
            row[i] = random_.value(table.columns[i].is_text);
        }
        return row;
    }
    /// The key of something that is there, or was.
    void point(std::size_t kind, Row& row, const RandomReference& reference) {
        const bool is_nullable = world_.table(kind).columns[reference.columns[0]].is_nullable;
        const Thing* const parent = any(reference.parent->number);
        KeyOf key = parent != nullptr ? key_of(parent->now(), reference.parent_columns()) : std::nullopt;
        if (key && (*key)[0] == "0") key.reset();
        if (is_nullable && (!key || random_.chance(20))) {
            for (const std::size_t column : reference.columns) row[column].reset();
            return;
        }
        for (std::size_t i = 0; i < reference.columns.size(); ++i) {
            const bool is_text = world_.table(kind).columns[reference.columns[i]].is_text;
            row[reference.columns[i]] = key ? (*key)[i] : random_.value(is_text);
        }
    }
    void add() {
        const std::size_t kind = some_kind();
        const RandomTable& table = world_.table(kind);
        Row row = values(kind);
        for (const RandomReference& reference : table.references) point(kind, row, reference);
        bool is_generated = false;
        if (table.is_generated && random_.chance(50)) {
            row[table.keys[0][0]] = "0";
            is_generated = true;
        }
        Thing thing = world_.kinds[kind].add(row);
        thing.is_generated = is_generated;
        things_.push_back(std::move(thing));
        log("add " + name(things_.back()));
    }
    void rename() {
        Thing* const thing = any();
        if (thing == nullptr) return;
        const RandomTable& of = table(*thing);
        const Columns& key = of.keys[random_.below(of.keys.size())];
        Row row = thing->now();
        if (row[of.keys[0][0]] == "0") return;
        Thing* const other = any(thing->table, thing);
        const bool swaps = other != nullptr && other->now()[of.keys[0][0]] != "0" && random_.chance(50);
        Row others = swaps ? other->now() : Row{};
        for (const std::size_t column : key) {
            if (of.is_in_reference(column)) continue;
            if (swaps) {
                std::swap(row[column], others[column]);
            } else {
                row[column] = random_.value(of.columns[column].is_text);
            }
        }
        set(*thing, row);
        if (swaps) set(*other, others);
    }
    void move() {
        Thing* const thing = any();
        if (thing == nullptr || table(*thing).references.empty()) return;
        Row row = thing->now();
        const RandomReference& reference = random_.pick(table(*thing).references);
        if (wishes_.contains({thing->tracked, reference_number(*thing, reference)})) return;
        point(thing->table, row, reference);
        set(*thing, row);
    }

    void relate() {
        const keyed::RelationUse& use = random_.pick(world_.relations);
        Thing* const child = any(use.child);
        Thing* const parent = any(use.parent, child);
        if (child == nullptr || parent == nullptr) return;
        const RandomReference& reference = table(*child).references[use.reference];
        const std::pair<const Tracked*, std::size_t> wish{child->tracked, use.reference};
        if (wishes_.contains(wish) || moves(*child, reference)) return;
        const bool is_nullable = table(*child).columns[reference.columns[0]].is_nullable;
        if (random_.chance(50)) {
            const bool resets = is_nullable && random_.chance(20);
            log("assign " + name(*child) + " of = " + (resets ? "none" : name(*parent)));
            Tracked* const target = resets ? nullptr : parent->tracked;
            const bool is_change = use.parent_of(*child) != std::optional{target};
            use.assign(*child, resets ? nullptr : parent);
            if (is_change) wishes_[wish] = target;
            return;
        }
        const auto members = use.children_of(*parent);
        if (!members) return;
        const bool has = std::ranges::find(*members, child->tracked) != members->end();
        if (!has) {
            log("add " + name(*child) + " to the collection of " + name(*parent));
            use.add(*parent, *child);
            wishes_[wish] = parent->tracked;
        } else if (is_nullable) {
            log("take " + name(*child) + " from the collection of " + name(*parent));
            use.take(*parent, *child);
            wishes_[wish] = nullptr;
        }
    }

    void remove() {
        Thing* const thing = any();
        if (thing == nullptr) return;
        log("remove " + name(*thing));
        world_.kinds[thing->table].remove(*thing);
        if (std::ranges::any_of(wishes_, [&](const auto& wish) { return wish.second == thing->tracked; }))
            is_loose_ = true;
        if (thing->stored) {
            thing->is_removed = true;
        } else {
            if (std::ranges::any_of(world_.relations, [&](const auto& use) {
                    return use.parent == thing->table && !use.children_of(*thing)->empty();
                }))
                is_loose_ = true;
            std::erase_if(wishes_, [&](const auto& wish) { return wish.first.first == thing->tracked; });
            things_.erase(things_.begin() + (thing - things_.data()));
        }
    }

    std::vector<std::size_t> focus_{};  ///< kinds that take part
};

}  // namespace mica::test::keyed
