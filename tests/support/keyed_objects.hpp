// SPDX-License-Identifier: BSL-1.0
// What a random test knows of a session's objects whose keys change: which there are, what relations have been told,
// and whether memory and rows agree.
#pragma once

#include "fragile_backend.hpp"
#include "keyed_world.hpp"

#include <gtest/gtest.h>

#include <sqlite3.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace mica::test::keyed {

using FragileEngine = BasicEngine<FragileLateBackend>;
using FragileSession = BasicSession<FragileLateBackend>;
using mica::detail::Tracked;
using mica::detail::TrackedState;

class Objects {
protected:
    explicit Objects(std::uint64_t seed) : random_{std::mt19937_64{seed}} {
        World<FragileSession>::create(engine_);
        handle_ = engine_.connect().open().database.handle();
    }

    Thing* any(std::optional<std::size_t> kind = {}, const Thing* but = nullptr) {
        std::vector<Thing*> found;
        for (Thing& thing : things_) {
            if (!thing.is_removed && &thing != but && (!kind || thing.table == *kind)) found.push_back(&thing);
        }
        return found.empty() ? nullptr : random_.pick(found);
    }
    const RandomTable& table(const Thing& thing) { return world_.table(thing.table); }
    std::size_t reference_number(const Thing& thing, const RandomReference& reference) {
        std::size_t number = 0;
        while (&world_.table(thing.table).references[number] != &reference) ++number;
        return number;
    }
    /// Whether the program has changed the field of a reference itself.
    bool moves(const Thing& thing, const RandomReference& reference) {
        return thing.stored && key_of(*thing.stored, reference.columns) != key_of(thing.now(), reference.columns);
    }
    Thing* find(const Tracked* tracked) {
        for (Thing& thing : things_) {
            if (thing.tracked == tracked) return &thing;
        }
        return nullptr;
    }
    Thing get(std::size_t kind, const Row& row) {
        return world_.kinds[kind].get(*key_of(row, world_.table(kind).keys[0]));
    }

    // ---- what is compared

    void compare() {
        const State all = rows();
        std::set<const Tracked*> met;
        for (const Thing& thing : things_) {
            if (!thing.stored || thing.is_removed || thing.now() != *thing.stored) continue;
            EXPECT_TRUE(all[thing.table].contains(*thing.stored)) << name(thing) << " has no such row";
            EXPECT_TRUE(met.insert(thing.tracked).second);
            const Thing found = get(thing.table, *thing.stored);
            EXPECT_TRUE(found.tracked == thing.tracked) << "one object for each row: " << name(thing);
            EXPECT_EQ(text(thing.now()), text(*thing.stored)) << "read again";
        }
        if (!wishes_.empty()) return;
        for (const keyed::RelationUse& use : world_.relations) {
            for (const Thing& thing : things_) {
                if (thing.table == use.child) compare_parent(use, thing);
                if (thing.table == use.parent) compare_children(use, thing);
            }
        }
    }
    void compare_parent(const keyed::RelationUse& use, const Thing& child) {
        const RandomReference& reference = table(child).references[use.reference];
        const auto parent = use.parent_of(child);
        if (!parent || moves(child, reference) || child.is_removed || !child.stored) return;
        const KeyOf key = key_of(*child.stored, reference.columns);
        EXPECT_EQ(key.has_value(), *parent != nullptr) << name(child) << " leads to " << (*parent != nullptr);
        const Thing* const known = *parent != nullptr ? find(*parent) : nullptr;
        if (known == nullptr || !known->stored) return;
        EXPECT_EQ(key, key_of(*known->stored, reference.parent_columns()))
            << name(child) << " leads to " << name(*known);
    }
    void compare_children(const keyed::RelationUse& use, const Thing& parent) {
        const auto children = use.children_of(parent);
        if (!children || parent.is_removed || !parent.stored) return;
        for (const Tracked* const each : *children) {
            const Thing* const known = find(each);
            EXPECT_TRUE(known != nullptr) << text(keyed::row_of(each->table(), mica::detail::current_snapshot(*each)))
                                          << " is a stranger in " << name(parent);
            if (known == nullptr || !known->stored || known->is_removed) continue;
            const RandomReference& reference = table(*known).references[use.reference];
            if (moves(*known, reference)) continue;
            EXPECT_EQ(key_of(*known->stored, reference.columns), key_of(*parent.stored, reference.parent_columns()))
                << name(*known) << " is in the collection of " << name(parent);
        }
        if (is_touched_) return;
        for (const Thing& child : things_) {
            if (child.table != use.child || !child.stored || child.is_removed) continue;
            const RandomReference& reference = table(child).references[use.reference];
            const KeyOf key = key_of(*child.stored, reference.columns);
            if (!key || key != key_of(*parent.stored, reference.parent_columns())) continue;
            EXPECT_TRUE(std::ranges::find(*children, child.tracked) != children->end())
                << name(child) << " is not in the collection of " << name(parent);
        }
    }

    State rows() {
        State state;
        for (const RandomTable& table : world_.tables.tables) {
            std::set<Row> found;
            sqlite3_stmt* statement = nullptr;
            const std::string sql = "SELECT * FROM \"" + table.name + "\"";
            EXPECT_EQ(sqlite3_prepare_v2(handle_, sql.c_str(), -1, &statement, nullptr), SQLITE_OK);
            while (sqlite3_step(statement) == SQLITE_ROW) {
                Row row;
                for (int i = 0; i < sqlite3_column_count(statement); ++i) {
                    const auto* const value = sqlite3_column_text(statement, i);
                    row.push_back(value == nullptr ? Cell{} : Cell{reinterpret_cast<const char*>(value)});
                }
                found.insert(row);
            }
            sqlite3_finalize(statement);
            state.push_back(std::move(found));
        }
        return state;
    }

    static std::string text(const Row& row) {
        std::string made = "(";
        for (const Cell& cell : row) made += (made.size() > 1 ? " " : "") + cell.value_or("-");
        return made + ")";
    }
    std::string text(const State& state) {
        std::string made;
        for (std::size_t i = 0; i < state.size(); ++i) {
            for (const Row& row : state[i]) made += world_.table(i).name + text(row) + " ";
        }
        return made;
    }
    std::string name(const Thing& thing) { return world_.table(thing.table).name + text(thing.now()); }
    void log(const std::string& what) { log_ << what << '\n'; }

    Random random_;
    FragileEngine engine_{"sqlite://"};
    FragileSession session_{engine_};
    World<FragileSession> world_{session_};
    sqlite3* handle_ = nullptr;
    std::vector<Thing> things_{};
    std::map<std::pair<const Tracked*, std::size_t>, const Tracked*> wishes_{};  ///< what relations have been told
    bool is_touched_ = false;  ///< SQL may have added rows that a loaded collection does not know
    std::ostringstream log_{};
};

}  // namespace mica::test::keyed
