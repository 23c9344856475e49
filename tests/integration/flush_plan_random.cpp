// SPDX-License-Identifier: BSL-1.0
// Random tables, rows and changes: what the planned statements make of a real database is what an oracle without SQL
// says, or nothing at all where that must or may be refused.
#include "support/flush_oracle.hpp"
#include "support/planned_flush.hpp"
#include "support/random_changes.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <map>
#include <string>
#include <vector>

namespace flush_plan_random {

using namespace mica::test;

enum class Outcome {
    right,
    refused,
    unknown_rows,
    unclear,
    miscounted,  ///< SQLite could not be trusted
    wrong_refusal,
    wrong_state,
    not_refused,
    changed,
    broken_key
};

/// One flush of one world.
class Trial {
public:
    Trial(RandomTables& tables, const std::vector<RandomObject>& objects, bool checks_late)
        : flush(tables, objects, checks_late), verdict_(FlushOracle{tables, objects}.judge()) {}

    PlannedFlush flush;

    Outcome run() {
        if (verdict_.kind == Verdict::unclear) return Outcome::unclear;
        const State before = flush.rows();
        flush.run();
        const State after = flush.rows();
        if (flush.has_broken_keys()) return Outcome::broken_key;
        if (!flush.complaint.empty()) {
            if (after != before) return Outcome::changed;
            if (verdict_.kind == Verdict::refuse) return Outcome::refused;
            if (flush.flaw == mica::detail::PlanFlaw::unsafe_check) return Outcome::miscounted;
            return verdict_.kind == Verdict::may_refuse ? Outcome::unknown_rows : Outcome::wrong_refusal;
        }
        if (verdict_.kind == Verdict::refuse) return Outcome::not_refused;
        return after == verdict_.rows ? Outcome::right : Outcome::wrong_state;
    }

    std::string describe() const {
        std::string text = flush.describe();
        for (const std::string& reason : verdict_.reasons) text += "\nthe oracle: " + reason;
        return text;
    }

private:
    Verdict verdict_;
};

bool is_wrong(Outcome outcome) { return outcome > Outcome::wrong_refusal; }

/// The smallest world that comes to the same.
std::vector<RandomObject> shrunk(RandomTables& tables, std::vector<RandomObject> objects, bool checks_late,
                                 Outcome outcome) {
    const auto is_sound = [](const std::vector<RandomObject>& all) {
        for (const RandomObject& object : all) {
            for (const RandomReference& reference : object.table->references) {
                if (!object.old) break;
                const KeyOf key = key_of(*object.old, reference.columns);
                bool found = !key;
                for (const RandomObject& parent : all) {
                    found = found || (parent.table == reference.parent && parent.old &&
                                      key_of(*parent.old, reference.parent_columns()) == key);
                }
                if (!found) return false;
            }
        }
        return true;
    };
    const auto same = [&](const std::vector<RandomObject>& all) {
        return is_sound(all) && Trial{tables, all, checks_late}.run() == outcome;
    };
    for (bool changed = true; changed;) {
        changed = false;
        const auto attempt = [&](std::vector<RandomObject> next) {
            if (!same(next)) return;
            objects = std::move(next);
            changed = true;
        };
        for (std::size_t i = objects.size(); i-- > 0;) {
            std::vector<RandomObject> next = objects;
            next.erase(next.begin() + static_cast<std::ptrdiff_t>(i));
            attempt(next);
        }
        for (std::size_t i = 0; i < objects.size(); ++i) {
            if (!objects[i].old || !objects[i].is_tracked) continue;
            if (objects[i].is_removed || objects[i].now != *objects[i].old) {
                std::vector<RandomObject> next = objects;
                next[i].is_removed = false;
                next[i].now = *next[i].old;
                attempt(next);
            }
            for (std::size_t c = 0; c < objects[i].now.size(); ++c) {
                if (objects[i].now[c] == (*objects[i].old)[c]) continue;
                std::vector<RandomObject> next = objects;
                next[i].now[c] = (*next[i].old)[c];
                attempt(next);
            }
            for (std::size_t f = 0; f < objects[i].follows.size(); ++f) {
                if (!objects[i].follows[f]) continue;
                std::vector<RandomObject> next = objects;
                next[i].follows[f] = false;
                attempt(next);
            }
        }
        for (std::size_t i = 0; i < objects.size(); ++i) {
            for (std::size_t c = 0; c < objects[i].now.size(); ++c) {
                const bool is_set = objects[i].now[c].has_value() && objects[i].table->columns[c].is_nullable;
                if (!is_set || (objects[i].old && (*objects[i].old)[c] != objects[i].now[c])) continue;
                std::vector<RandomObject> next = objects;
                next[i].now[c].reset();
                if (next[i].old) (*next[i].old)[c].reset();
                attempt(next);
            }
        }
    }
    return objects;
}

struct Count {
    std::map<Outcome, std::size_t> outcomes{};
    std::size_t changes = 0;
    std::size_t statements = 0;
};

/// The worlds of one seed.
void run_seed(std::uint64_t seed, bool checks_late, Count& count) {
    Random random{std::mt19937_64{seed}};
    RandomTables tables = random_tables(random);
    for (int i = 0; i < 8; ++i) {
        RandomWorld world{random, tables};
        world.fill();
        world.change();
        Trial trial{tables, world.objects, checks_late};
        const Outcome outcome = trial.run();
        ++count.outcomes[outcome];
        if (outcome == Outcome::right) {
            count.changes += trial.flush.changes;
            count.statements += trial.flush.steps;
        }
        const bool shows_all = std::getenv("MICA_SHOW_REFUSALS") != nullptr;
        if (!is_wrong(outcome) && !(shows_all && outcome == Outcome::wrong_refusal)) continue;
        const std::vector<RandomObject> smallest = shrunk(tables, world.objects, checks_late, outcome);
        Trial again{tables, smallest, checks_late};
        static_cast<void>(again.run());
        ADD_FAILURE() << "seed " << seed << ", world " << i << ", outcome " << static_cast<int>(outcome) << '\n'
                      << again.describe();
    }
}

std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
    const char* const wanted = std::getenv(name);
    return wanted != nullptr ? std::strtoull(wanted, nullptr, 10) : otherwise;
}

void run_seeds(bool checks_late) {
    Count count;
    const std::uint64_t first = number_from("MICA_FIRST_SEED", 1);
    const std::uint64_t end = first + number_from("MICA_SEEDS", 200);
    for (std::uint64_t seed = first; seed < end && !testing::Test::HasFailure(); ++seed)
        run_seed(seed, checks_late, count);
    std::cout << "right " << count.outcomes[Outcome::right] << ", refused " << count.outcomes[Outcome::refused]
              << ", refused for want of knowledge " << count.outcomes[Outcome::unknown_rows] << ", refused wrongly "
              << count.outcomes[Outcome::wrong_refusal] << ", unclear " << count.outcomes[Outcome::unclear]
              << ", changes " << count.changes << ", statements " << count.statements << '\n';
}

TEST(FlushPlan, makes_of_random_changes_what_the_oracle_says_or_nothing) { run_seeds(true); }

TEST(FlushPlan, makes_it_or_nothing_where_foreign_keys_are_always_checked_at_once) { run_seeds(false); }

}  // namespace flush_plan_random
