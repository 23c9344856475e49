// SPDX-License-Identifier: BSL-1.0
// Random steps of a session whose keys change, are handed over and used again, by fields and by relations, with
// savepoints, set-based statements and SQL in between: each flush comes to what an oracle without SQL says or to
// nothing at all, and what is in memory is what is in the database.
#include "support/keyed_changes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace session_keys_model {

using namespace mica;
using namespace mica::test;
using keyed::FragileSession;
using keyed::Thing;
using keyed::Tracked;
using keyed::TrackedState;

class Steps final : public keyed::Changes {
public:
    explicit Steps(std::uint64_t seed) : Changes(seed) {}

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

    // ---- transactions

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
    void rollback() override {
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

    std::vector<Mark> marks_{};
    Mark committed_{{}, State(10)};
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
