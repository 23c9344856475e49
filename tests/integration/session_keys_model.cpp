// SPDX-License-Identifier: BSL-1.0
// Random steps of a session whose keys change, are handed over and used again, by fields and by relations, with
// savepoints, set-based statements and SQL in between: each flush comes to what an oracle without SQL says or to
// nothing at all, and what is in memory is what is in the database.
#include "support/flush_oracle.hpp"
#include "support/keyed_world.hpp"

#include <gtest/gtest.h>

#include <sqlite3.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace session_keys_model {

using namespace mica;
using namespace mica::test;
using keyed::Thing;

using FragileEngine = BasicEngine<FragileLateBackend>;
using FragileSession = BasicSession<FragileLateBackend>;
using mica::detail::Tracked;
using mica::detail::TrackedState;

class Steps {
public:
    explicit Steps(std::uint64_t seed) : random_{std::mt19937_64{seed}} {
        keyed::World<FragileSession>::create(engine_);
        handle_ = engine_.connect().open().database.handle();
        const std::size_t most = world_.kinds.size();
        focus_.push_back(0);
        while (focus_.size() < 2 + random_.below(4)) focus_.push_back(random_.below(most));
        for (const std::size_t kind : std::vector<std::size_t>(focus_)) {
            for (const RandomReference& reference : world_.table(kind).references)
                focus_.push_back(reference.parent->number);
        }
    }

    std::size_t flushes = 0;
    std::size_t refused = 0;
    std::map<std::string, int> messages{};

    void run(int count) {
        for (int i = 0; i < count && !testing::Test::HasFailure(); ++i) {
            try {
                step();
            } catch (const Error& error) {
                ADD_FAILURE() << "not expected: " << error.what();
            }
        }
        if (testing::Test::HasFailure()) std::cout << log_.str();
    }

private:
    struct Mark {
        std::vector<Thing> things;
        State rows;
        std::optional<decltype(std::declval<FragileSession&>().begin_nested())> scope{};
    };

    // ---- what happens

    void step() {
        switch (random_.below(26)) {
            case 0:
            case 1:
            case 2:
            case 3: return add();
            case 4:
            case 5: return rename();
            case 6:
            case 7: return move();
            case 8:
            case 9:
            case 10: return relate();
            case 11:
            case 12: return remove();
            case 13:
                if (Thing* const thing = any()) set(*thing, world_.table(thing->table).columns.size() - 1, number());
                return;
            case 14:
            case 15: return load();
            case 16: return query();
            case 17:
            case 18: flush("flush", [&] { session_.flush(); }); return;
            case 19: return commit();
            case 20:
                if (random_.chance(50)) rollback();
                return;
            case 21: return begin_nested();
            case 22: return end_nested();
            case 23: return random_.chance(30) ? clear() : raw();
            case 24: return statement();
            default: return raw();
        }
    }

    std::string number() { return std::to_string(1 + random_.below(5)); }
    std::size_t some_kind() { return random_.pick(focus_); }
    Thing* any(std::optional<std::size_t> kind = {}, const Thing* but = nullptr) {
        std::vector<Thing*> found;
        for (Thing& thing : things_) {
            if (!thing.is_removed && &thing != but && (!kind || thing.table == *kind)) found.push_back(&thing);
        }
        return found.empty() ? nullptr : random_.pick(found);
    }
    const RandomTable& table(const Thing& thing) { return world_.table(thing.table); }

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
    std::size_t reference_number(const Thing& thing, const RandomReference& reference) {
        std::size_t number = 0;
        while (&world_.table(thing.table).references[number] != &reference) ++number;
        return number;
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
    /// Whether the program has changed the field of a reference itself.
    bool moves(const Thing& thing, const RandomReference& reference) {
        return thing.stored && key_of(*thing.stored, reference.columns) != key_of(thing.now(), reference.columns);
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

    void load() {
        const keyed::RelationUse& use = random_.pick(world_.relations);
        if (!flush("flush before load", [&] { session_.flush(); })) return;
        if (random_.chance(40)) {
            if (Thing* const child = any(use.child)) {
                log("load parent of " + name(*child));
                use.load_parent(*child);
                meet(world_.kinds[use.parent].all());
            }
        } else if (Thing* const parent = any(use.parent)) {
            log("load children of " + name(*parent));
            meet(use.load_children(*parent));
        }
        compare();
    }
    void query() {
        if (!flush("flush before query", [&] { session_.flush(); })) return;
        const std::size_t kind = some_kind();
        log("query " + world_.table(kind).name);
        meet(world_.kinds[kind].all());
        compare();
    }
    /// Objects that the session has read.
    void meet(std::vector<Thing> met) {
        for (Thing& thing : met) {
            if (find(thing.tracked) != nullptr) continue;
            thing.stored = thing.now();
            things_.push_back(std::move(thing));
        }
    }
    Thing* find(const Tracked* tracked) {
        for (Thing& thing : things_) {
            if (thing.tracked == tracked) return &thing;
        }
        return nullptr;
    }

    void commit() {
        if (!flush("commit", [&] { session_.commit(); })) return;
        EXPECT_FALSE(session_.in_transaction());
        marks_.clear();
        parted_.clear();
        committed_ = mark();
    }
    Mark mark() {
        Mark made{things_, rows()};
        for (Thing& thing : made.things) thing.is_generated = false;
        return made;
    }
    void rollback() {
        log("rollback");
        session_.rollback();
        marks_.clear();
        return_to(committed_);
        parted_.clear();
    }
    void return_to(const Mark& mark) {
        for (const Thing& thing : things_) {
            const bool is_known =
                std::ranges::any_of(mark.things, [&](const Thing& each) { return each.tracked == thing.tracked; });
            if (!is_known && thing.is_generated && thing.table != 4) {
                // A key that the database had chosen is nobody's now.
                EXPECT_EQ(thing.now()[table(thing).keys[0][0]], "0") << name(thing);
            }
        }
        const std::vector<Thing> since = std::exchange(things_, mark.things);
        wishes_.clear();
        is_loose_ = false;
        EXPECT_EQ(rows(), mark.rows);
        for (const Thing& thing : since) keep_known(thing);
        for (const Thing& thing : std::vector<Thing>(parted_)) keep_known(thing);
        compare();
    }
    /// What has been read since stays tracked where its row is there, and what has gone since comes back.
    void keep_known(Thing thing) {
        if (find(thing.tracked) != nullptr || thing.tracked->state != TrackedState::persistent) return;
        if (get(thing.table, thing.now()).tracked != thing.tracked) return;
        thing.stored = thing.now();  // as it has just been read
        thing.is_removed = false;
        things_.push_back(std::move(thing));
    }
    void begin_nested() {
        if (marks_.size() == 3) return;
        std::optional<decltype(std::declval<FragileSession&>().begin_nested())> scope;
        if (!flush("begin_nested", [&] { scope.emplace(session_.begin_nested()); })) return;
        marks_.push_back(mark());
        marks_.back().scope = std::move(scope);
    }
    void end_nested() {
        if (marks_.empty()) return;
        if (random_.chance(40)) {
            if (!flush("commit_nested", [&] { marks_.back().scope->commit(); })) return;
            if (!marks_.empty()) marks_.pop_back();
            return;
        }
        log("rollback_nested");
        Mark mark = std::move(marks_.back());
        marks_.pop_back();
        mark.scope->rollback();
        return_to(mark);
    }
    void clear() {
        if (!flush("flush before clear", [&] { session_.flush(); })) return;
        log("clear");
        session_.clear();
        things_.clear();
        // What the marks hold is not tracked any more.
        if (!marks_.empty() || session_.in_transaction()) commit();
        things_.clear();
        committed_.things.clear();
    }

    // ---- SQL and set-based statements

    void raw() {
        if (!flush("flush before SQL", [&] { session_.flush(); })) return;
        const std::size_t kind = some_kind();
        const RandomTable& of = world_.table(kind);
        const State before = rows();
        std::string sql;
        const std::size_t which = random_.below(4);
        if (which == 0) {
            Row row = values(kind);
            for (const RandomReference& reference : of.references) point(kind, row, reference);
            sql = "INSERT OR IGNORE INTO " + of.name + " VALUES (";
            for (std::size_t i = 0; i < row.size(); ++i) sql += (i > 0 ? ", " : "") + literal(of, i, row[i]);
            sql += ")";
        } else if (before[kind].empty()) {
            return;
        } else {
            const Row row = *std::next(before[kind].begin(), static_cast<long>(random_.below(before[kind].size())));
            std::string where = " WHERE ";
            for (const std::size_t column : of.keys[0]) {
                where += (column != of.keys[0][0] ? " AND " : "") + of.columns[column].name + " = " +
                         literal(of, column, row[column]);
            }
            const std::size_t column = which == 1 ? of.columns.size() - 1 : of.keys[0][of.keys[0].size() - 1];
            sql = which == 3 ? "DELETE FROM " + of.name + where
                             : "UPDATE OR IGNORE " + of.name + " SET " + of.columns[column].name + " = " +
                                   literal(of, column, random_.value(of.columns[column].is_text)) + where;
        }
        run_statement(sql, [&] { session_.execute(sql); });
    }
    void statement() {
        if (!flush("flush before statement", [&] { session_.flush(); })) return;
        const std::size_t kind = some_kind();
        const auto limit = static_cast<std::int64_t>(random_.below(4));
        if (random_.chance(50)) {
            run_statement("remove below of " + world_.table(kind).name,
                          [&] { world_.kinds[kind].remove_below(limit); });
        } else {
            run_statement("count up of " + world_.table(kind).name, [&] { world_.kinds[kind].count_up(limit); });
        }
    }
    template <class Action>
    void run_statement(const std::string& what, const Action& action) {
        log(what);
        try {
            action();
        } catch (const IntegrityError&) {
            return rollback();
        }
        is_touched_ = true;
        meet_all();
    }
    /// Everything is read again; what is not found is gone.
    void meet_all() {
        std::vector<Thing> all;
        for (const keyed::Kind& kind : world_.kinds) {
            for (Thing& thing : kind.all()) all.push_back(std::move(thing));
        }
        for (Thing& thing : things_) static_cast<void>(get(thing.table, *thing.stored));
        part_if([&](const Thing& thing) {
            return std::ranges::none_of(all, [&](const Thing& each) { return each.tracked == thing.tracked; });
        });
        meet(std::move(all));
        for (Thing& thing : things_) thing.stored = thing.now();
        compare();
    }
    Thing get(std::size_t kind, const Row& row) {
        return world_.kinds[kind].get(*key_of(row, world_.table(kind).keys[0]));
    }

    // ---- flushes

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
    /// Rows that are gone, until a rollback.
    template <class IsGone>
    void part_if(const IsGone& is_gone) {
        std::vector<Thing> left;
        for (const Thing& thing : things_) (is_gone(thing) ? parted_ : left).push_back(thing);
        things_ = std::move(left);
    }
    void settle_by_rows(const State& after) {
        part_if([&](const Thing& thing) {
            if (thing.is_removed || !after[thing.table].contains(thing.now())) return true;
            return get(thing.table, thing.now()).tracked != thing.tracked;
        });
        for (Thing& thing : things_) thing.stored = thing.now();
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
    keyed::World<FragileSession> world_{session_};
    sqlite3* handle_ = nullptr;
    std::vector<std::size_t> focus_{};
    std::vector<Thing> things_{};
    std::vector<Thing> parted_{};  ///< whose rows have gone since the transaction began
    std::map<std::pair<const Tracked*, std::size_t>, const Tracked*> wishes_{};  ///< what relations have been told
    std::vector<Mark> marks_{};
    Mark committed_{{}, State(10)};
    bool is_loose_ = false;    ///< only the rows tell what is right
    bool is_touched_ = false;  ///< SQL may have added rows that a loaded collection does not know
    std::ostringstream log_{};
};

std::uint64_t seed_from(const char* name, std::uint64_t otherwise) {
    const char* const wanted = std::getenv(name);
    return wanted != nullptr ? std::strtoull(wanted, nullptr, 10) : otherwise;
}

TEST(SessionKeysModel, a_flush_comes_to_what_the_oracle_says_and_memory_to_what_the_rows_are) {
    std::size_t flushes = 0;
    std::size_t refused = 0;
    const std::uint64_t first = seed_from("MICA_FIRST_SEED", 1);
    for (std::uint64_t seed = first; seed < first + seed_from("MICA_SEEDS", 200) && !HasFailure(); ++seed) {
        SCOPED_TRACE(seed);
        Steps steps{seed};
        steps.run(60);
        flushes += steps.flushes;
        refused += steps.refused;
    }
    std::cout << flushes << " flushes, " << refused << " refused\n";
}

}  // namespace session_keys_model
