// SPDX-License-Identifier: BSL-1.0
// What a flush must come to, found without SQL by one who knows every row: a foreign key's value in a stored row means
// the row that has that key before, what the program says holds in the end.
#pragma once

#include "planned_flush.hpp"

#include <cstddef>
#include <iterator>
#include <list>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace mica::test {

struct Verdict {
    enum Kind { state, may_refuse, refuse, unclear } kind = state;
    State rows{};
    std::set<std::string> reasons{};
};

class FlushOracle {
public:
    FlushOracle(const RandomTables& tables, const std::vector<RandomObject>& objects) : tables_(tables) {
        for (const RandomObject& object : objects) rows_.push_back({object, object.is_removed, object.now, {}});
    }

    Verdict judge() {
        find_parents();
        for (int round = 0; round < 60; ++round) {
            find_holders();
            bool changed = false;
            blocked_.clear();
            for (Fate& row : rows_) {
                if (!row.is_gone) changed = follow(row) || changed;
            }
            if (!changed) return finish();
        }
        return {Verdict::unclear, {}, {"no fixpoint"}};
    }

    // What becomes of an object, by its place; after judge().
    bool is_gone(std::size_t object) const { return fate(object).is_gone; }
    const Row& last(std::size_t object) const { return fate(object).last; }

private:
    struct Fate {
        const RandomObject& object;
        bool is_gone;
        Row last;
        std::vector<Fate*> parents;  ///< for each reference, before the flush

        bool is_written() const { return object.is_tracked; }
        const RandomTable& table() const { return *object.table; }
    };
    const Fate& fate(std::size_t object) const {
        return *std::next(rows_.begin(), static_cast<std::ptrdiff_t>(object));
    }

    using Key = std::tuple<std::size_t, std::size_t, std::vector<std::string>>;
    using Holders = std::map<Key, Fate*>;

    static Fate* find(const Holders& holders, const RandomReference& reference, const KeyOf& key) {
        if (!key) return nullptr;
        const auto found = holders.find({reference.parent->number, reference.key, *key});
        return found == holders.end() ? nullptr : found->second;
    }
    template <class Use>
    static void for_keys(const Fate& row, const Row& values, const Use& use) {
        for (std::size_t i = 0; i < row.table().keys.size(); ++i) {
            if (const KeyOf key = key_of(values, row.table().keys[i])) use(Key{row.table().number, i, *key});
        }
    }

    void find_parents() {
        for (Fate& row : rows_) {
            if (row.object.old) for_keys(row, *row.object.old, [&](const Key& key) { old_[key] = &row; });
        }
        for (Fate& row : rows_) {
            for (const RandomReference& reference : row.table().references) {
                row.parents.push_back(row.object.old ? find(old_, reference, key_of(*row.object.old, reference.columns))
                                                     : nullptr);
            }
        }
    }
    void find_holders() {
        new_.clear();
        vanished_.clear();
        for (Fate& row : rows_) {
            if (row.is_gone && row.object.is_removed) continue;
            for_keys(row, row.last, [&](const Key& key) { (row.is_gone ? vanished_ : new_).insert({key, &row}); });
        }
    }
    static bool vanishes(const Fate* row) { return row != nullptr && row->is_gone && !row->object.is_removed; }

    /// Whether anything has changed.
    bool follow(Fate& row) {
        bool changed = false;
        for (std::size_t i = 0; i < row.table().references.size(); ++i) {
            const RandomReference& reference = row.table().references[i];
            Fate* parent = row.parents[i];
            Row wanted = row.last;
            const auto set = [&](const auto& value) {
                for (std::size_t c = 0; c < reference.columns.size(); ++c) wanted[reference.columns[c]] = value(c);
            };
            if (row.is_written()) {
                const KeyOf now = key_of(row.object.now, reference.columns);
                if (!now) continue;
                const bool is_same = row.object.old && key_of(*row.object.old, reference.columns) == now;
                Fate* const vanished = find(vanished_, reference, now);
                Fate* const holder = find(new_, reference, now);
                const bool follows = is_same && row.object.follows[i];
                if (!is_same) {
                    parent = find(old_, reference, now);
                    if (!vanishes(parent)) parent = vanished;
                    if (!vanishes(parent)) continue;
                    if (holder == nullptr) reasons_.insert("new reference to a row that goes by cascade");
                }
                if (parent == nullptr) continue;
                if (is_same && holder == nullptr && vanished != nullptr && vanished != parent) is_unclear_ = true;
                if (holder != nullptr && !follows && (holder->is_written() || holder == parent || !is_same)) {
                    set([&](std::size_t c) { return row.object.now[reference.columns[c]]; });
                    parent = nullptr;
                } else if (follows && !parent->is_gone) {
                    set([&](std::size_t c) { return parent->last[reference.parent_columns()[c]]; });
                    parent = nullptr;
                }
            } else if (parent == nullptr) {
                continue;
            }
            if (parent != nullptr && parent->is_gone) {
                if (reference.on_delete == cascade) {
                    row.is_gone = true;
                    return true;
                }
                if (reference.on_delete != set_null) {
                    blocked_.push_back({&row, "restrict"});
                    continue;
                }
                set([](std::size_t) { return Cell{}; });
            } else if (parent != nullptr) {
                set([&](std::size_t c) { return parent->last[reference.parent_columns()[c]]; });
                const Row& old = *row.object.old;
                bool is_renamed = false;
                bool is_null = false;
                for (const std::size_t column : reference.columns) {
                    is_renamed = is_renamed || wanted[column] != old[column];
                    is_null = is_null || !wanted[column];
                }
                if (is_renamed && reference.on_update != cascade) {
                    blocked_.push_back({&row, "no action on update"});
                    continue;
                }
                if (is_null) reasons_.insert("a parent's key became NULL");
            }
            if (wanted == row.last) continue;
            row.last = wanted;
            changed = true;
        }
        return changed;
    }

    Verdict finish() {
        if (is_unclear_) return {Verdict::unclear, {}, {}};
        for (const auto& [row, reason] : blocked_) {
            if (!row->is_gone) return {Verdict::refuse, {}, {reason}};
        }
        Holders all;
        for (Fate& row : rows_) {
            if (row.is_gone) continue;
            for (std::size_t i = 0; i < row.last.size(); ++i) {
                if (!row.last[i] && !row.table().columns[i].is_nullable) return {Verdict::refuse, {}, {"not null"}};
            }
            bool is_twice = false;
            for_keys(row, row.last, [&](const Key& key) { is_twice = !all.insert({key, &row}).second || is_twice; });
            if (is_twice) return {Verdict::refuse, {}, {"unique"}};
        }
        for (const Fate& row : rows_) {
            if (row.is_gone) continue;
            for (const RandomReference& reference : row.table().references) {
                const KeyOf key = key_of(row.last, reference.columns);
                if (key && find(all, reference, key) == nullptr) return {Verdict::refuse, {}, {"dangling"}};
            }
        }
        find_tolerated(all);
        Verdict verdict{reasons_.empty() ? Verdict::state : Verdict::may_refuse, {}, reasons_};
        verdict.rows.resize(tables_.tables.size());
        for (const Fate& row : rows_) {
            if (!row.is_gone) verdict.rows[row.table().number].insert(row.last);
        }
        return verdict;
    }

    /// Whether a row's key changes for a time because of what it refers to.
    static bool is_displaced(const Fate& row, const Columns& key, bool or_gone) {
        for (std::size_t i = 0; i < row.table().references.size(); ++i) {
            const RandomReference& reference = row.table().references[i];
            const Fate* const parent = row.parents[i];
            bool shares = false;
            for (const std::size_t column : key) {
                for (const std::size_t own : reference.columns) shares = shares || own == column;
            }
            if (!shares || parent == nullptr) continue;
            if (parent->is_gone
                    ? or_gone
                    : key_of(parent->last, reference.parent_columns()) != key_of(*row.object.old, reference.columns))
                return true;
        }
        return false;
    }

    /// Whether a row's key has another value at any time: what it is made of changes hands.
    bool is_moved(const Fate& row, const Columns& key) const {
        if (row.is_written() && key_of(row.last, key) != key_of(*row.object.old, key)) return true;
        for (std::size_t i = 0; i < row.table().references.size(); ++i) {
            const RandomReference& reference = row.table().references[i];
            const Fate* const parent = row.parents[i];
            bool shares = false;
            for (const std::size_t column : key) {
                for (const std::size_t own : reference.columns) shares = shares || own == column;
            }
            if (shares && parent != nullptr && !parent->is_gone && is_moved(*parent, reference.parent_columns()))
                return true;
        }
        return false;
    }

    /// Where nobody can know enough about the rows that are not tracked.
    void find_tolerated(const Holders& all) {
        for (const Fate& row : rows_) {
            if (row.is_written() && row.is_gone && !row.object.is_removed && row.object.old &&
                row.object.now != row.object.old)
                reasons_.insert("a changed row goes by cascade");
            bool goes_unseen = !row.is_written();
            for (std::size_t i = 0; i < row.parents.size(); ++i) {
                const RandomReference& reference = row.table().references[i];
                const Fate* const parent = row.parents[i];
                if (parent == nullptr) continue;
                if (!row.object.is_removed && reference.on_delete == cascade && parent->is_gone &&
                    !parent->is_written())
                    goes_unseen = true;
                if (!row.is_written() && !row.is_gone && reference.on_update == no_action && parent->is_written() &&
                    !parent->is_gone && is_displaced(*parent, reference.parent_columns(), true))
                    reasons_.insert("the key of an untracked row's parent is displaced for a time");
            }
            for (std::size_t i = 0; goes_unseen && row.is_gone && i < row.parents.size(); ++i) {
                const RandomReference& reference = row.table().references[i];
                const Fate* const parent = row.parents[i];
                if (parent == nullptr) continue;
                const bool blocks = reference.on_delete == restrict || reference.on_delete == no_action;
                if (parent->is_gone && blocks) reasons_.insert("an untracked row goes and restricts");
                if (reference.on_update != no_action) continue;
                const bool is_renamed = !parent->is_gone && key_of(parent->last, reference.parent_columns()) !=
                                                                key_of(*row.object.old, reference.columns);
                if (is_renamed || (parent->is_gone && is_displaced(*parent, reference.parent_columns(), false)))
                    reasons_.insert("an untracked row goes and blocks a rename");
            }
            if (row.is_gone || !row.is_written()) continue;
            for_keys(row, row.last, [&](const Key& key) {
                const auto former = old_.find(key);
                const bool is_taken = !row.object.old || key_of(*row.object.old, row.table().keys[std::get<1>(key)]) !=
                                                             KeyOf{std::get<2>(key)};
                if (is_taken && former != old_.end() && !former->second->is_written() && former->second != &row)
                    reasons_.insert("takes a value that an untracked row frees only by cascade");
            });
            for (const RandomReference& reference : row.table().references) {
                const KeyOf key = key_of(row.last, reference.columns);
                if (!key || (row.object.old && key_of(*row.object.old, reference.columns) == key)) continue;
                const Fate* const holder = find(all, reference, key);
                if (holder->is_written()) continue;
                if (key != key_of(*holder->object.old, reference.parent_columns()))
                    reasons_.insert("refers to an untracked row by a key it only gets by cascade");
                if (is_moved(*holder, reference.parent_columns()))
                    reasons_.insert("refers to an untracked row whose key is displaced for a time");
            }
        }
    }

    const RandomTables& tables_;
    std::list<Fate> rows_{};
    Holders old_{};
    Holders new_{};
    Holders vanished_{};
    std::vector<std::pair<Fate*, std::string>> blocked_{};
    std::set<std::string> reasons_{};
    bool is_unclear_ = false;
};

}  // namespace mica::test
