// SPDX-License-Identifier: BSL-1.0
// Flushes of objects whose keys change: each comes to what an oracle without SQL says, or to nothing at all.
#pragma once

#include "flush_oracle.hpp"
#include "keyed_objects.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace mica::test::keyed {

class Flushes : protected Objects {
public:
    std::size_t flushes = 0;
    std::size_t refused = 0;
    std::map<std::string, int> messages{};

protected:
    using Objects::Objects;
    virtual ~Flushes() = default;

    virtual void rollback() = 0;

    /// Whether `action`, which flushes, has done so.
    template <class Action>
    bool flush(const std::string& what, const Action& action) {
        log(what);
        ++flushes;
        const State before = rows();
        std::vector<Row> wanted;
        for (const Thing& thing : things_) wanted.push_back(thing.now());
        std::vector<std::vector<bool>> follows;
        for (const Thing& thing : things_) follows.push_back(follows_of(thing));
        std::string complaint;
        Fragility::refused = 0;
        try {
            action();
        } catch (const Error& error) {
            complaint = error.what();
        }
        const State after = rows();
        if (complaint.empty()) {
            EXPECT_EQ(Fragility::refused, 0) << "a statement was refused in a flush that succeeded";
        }
        std::vector<RandomObject> objects = objects_of(before, wanted, follows, complaint.empty());
        FlushOracle oracle{world_.tables, objects};
        const Verdict verdict = is_loose_ ? Verdict{Verdict::unclear, {}, {}} : oracle.judge();
        if (!complaint.empty()) {
            ++refused;
            log("  refused: " + complaint);
            ++messages[complaint.substr(0, 40)];
            const bool is_by_chance = complaint.starts_with("UNIQUE constraint failed: ") && has_generated();
            if (verdict.kind == Verdict::state && !is_by_chance) ADD_FAILURE() << "refused wrongly: " << complaint;
            if (Fragility::refused != 0 || random_.chance(50)) {
                rollback();
            } else {
                EXPECT_EQ(after, before);
            }
            return false;
        }
        if (verdict.kind == Verdict::refuse) ADD_FAILURE() << "should be refused: " << *verdict.reasons.begin();
        if (verdict.kind == Verdict::state || verdict.kind == Verdict::may_refuse) {
            EXPECT_EQ(after, verdict.rows);
            settle(oracle);
        } else {
            settle_by_rows(after);
        }
        wishes_.clear();
        is_loose_ = false;
        log("  rows: " + text(after));
        EXPECT_TRUE(session_.plan().empty());
        compare();
        return true;
    }

    /// Rows that are gone, until a rollback.
    template <class IsGone>
    void part_if(const IsGone& is_gone) {
        std::vector<Thing> left;
        for (const Thing& thing : things_) (is_gone(thing) ? parted_ : left).push_back(thing);
        things_ = std::move(left);
    }

    std::vector<Thing> parted_{};  ///< whose rows have gone since the transaction began
    bool is_loose_ = false;        ///< only the rows tell what is right

private:
    /// Whether the database chooses a key, which may be the one that another new row brings.
    bool has_generated() const {
        return std::ranges::any_of(things_, [](const Thing& thing) { return thing.is_generated && !thing.stored; });
    }

    /// For each reference, whether a relation that is loaded says which row is meant.
    std::vector<bool> follows_of(const Thing& thing) {
        std::vector<bool> follows(table(thing).references.size());
        for (const keyed::RelationUse& use : world_.relations) {
            if (use.child != thing.table || thing.is_removed || !thing.stored) continue;
            if (wishes_.contains({thing.tracked, use.reference})) continue;
            const RandomReference& reference = table(thing).references[use.reference];
            const KeyOf key = key_of(*thing.stored, reference.columns);
            const auto parent = use.parent_of(thing);
            if (parent && *parent != nullptr) {
                const Thing* const known = find(*parent);
                follows[use.reference] =
                    known != nullptr && known->stored && key_of(*known->stored, reference.parent_columns()) == key;
            }
            for (const Thing& owner : things_) {
                if (owner.table != use.parent || !owner.stored) continue;
                const auto children = use.children_of(owner);
                if (!children || std::ranges::find(*children, thing.tracked) == children->end()) continue;
                if (key_of(*owner.stored, reference.parent_columns()) == key) follows[use.reference] = true;
            }
        }
        return follows;
    }

    std::vector<RandomObject> objects_of(const State& before, std::vector<Row> wanted,
                                         const std::vector<std::vector<bool>>& follows, bool is_written) {
        std::vector<RandomObject> objects;
        std::set<std::pair<std::size_t, Row>> tracked;
        for (std::size_t i = 0; i < things_.size(); ++i) {
            Thing& thing = things_[i];
            Row& now = wanted[i];
            const std::size_t key = table(thing).keys[0][0];
            if (table(thing).is_generated && now[key] == "0") {
                now[key] = is_written ? thing.now()[key] : std::to_string(100000 + i);
            }
        }
        for (int round = 0; round < 3; ++round) {
            for (std::size_t i = 0; i < things_.size(); ++i) {
                for (std::size_t number = 0; number < table(things_[i]).references.size(); ++number) {
                    const auto wish = wishes_.find({things_[i].tracked, number});
                    if (wish == wishes_.end()) continue;
                    const RandomReference& reference = table(things_[i]).references[number];
                    for (std::size_t c = 0; c < reference.columns.size(); ++c) {
                        Cell& cell = wanted[i][reference.columns[c]];
                        if (wish->second == nullptr) {
                            cell.reset();
                            continue;
                        }
                        const Thing* const parent = find(wish->second);
                        if (parent == nullptr) continue;
                        cell = wanted[static_cast<std::size_t>(parent - things_.data())][reference.parent_columns()[c]];
                    }
                }
            }
        }
        for (std::size_t i = 0; i < things_.size(); ++i) {
            const Thing& thing = things_[i];
            RandomObject object{.table = &world_.table(thing.table), .old = thing.stored, .now = wanted[i]};
            object.is_removed = thing.is_removed;
            if (thing.is_removed) object.now = *thing.stored;
            object.follows = follows[i];
            if (thing.stored) tracked.insert({thing.table, *thing.stored});
            objects.push_back(std::move(object));
        }
        for (std::size_t kind = 0; kind < before.size(); ++kind) {
            for (const Row& row : before[kind]) {
                if (tracked.erase({kind, row}) != 0) continue;
                RandomObject object{.table = &world_.table(kind), .old = row, .now = row, .is_tracked = false};
                object.follows.resize(object.table->references.size());
                objects.push_back(std::move(object));
            }
        }
        EXPECT_TRUE(tracked.empty()) << "rows that are not there";
        return objects;
    }

    void settle(FlushOracle& oracle) {
        std::vector<Thing> left;
        for (std::size_t i = 0; i < things_.size(); ++i) {
            if (oracle.is_gone(i)) {
                parted_.push_back(things_[i]);
                continue;
            }
            EXPECT_EQ(text(things_[i].now()), text(oracle.last(i))) << "in memory";
            things_[i].stored = things_[i].now();
            left.push_back(things_[i]);
        }
        things_ = std::move(left);
    }
    void settle_by_rows(const State& after) {
        part_if([&](const Thing& thing) {
            if (thing.is_removed || !after[thing.table].contains(thing.now())) return true;
            return get(thing.table, thing.now()).tracked != thing.tracked;
        });
        for (Thing& thing : things_) thing.stored = thing.now();
    }
};

}  // namespace mica::test::keyed
