// SPDX-License-Identifier: BSL-1.0
// Keys that change hands, one case each: what the rows are afterwards, how many statements it took, what is refused.
#include "support/planned_flush.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace flush_plan_cases {

using namespace mica;
using namespace mica::test;

constexpr bool nullable = true;
constexpr bool not_null = false;

/// Values of a row as they are written: numbers as text, "" for NULL.
Row row(const std::vector<std::string>& values) {
    Row made;
    for (const std::string& value : values) made.push_back(value.empty() ? Cell{} : Cell{value});
    return made;
}

/// Tables, objects and a flush of them.
class World {
public:
    RandomTables tables{};
    bool checks_late = true;

    /// A table with a number as its key.
    RandomTable& add_table() {
        RandomTable& table = tables.add();
        table.keys.push_back({table.add("id", false, false)});
        return table;
    }
    /// What is in the database; `now` is empty where it is to be removed.
    void tracked(RandomTable& table, const std::vector<std::string>& old, const std::vector<std::string>& now) {
        RandomObject& object = add({.table = &table, .old = row(old), .now = row(now.empty() ? old : now)});
        object.is_removed = now.empty();
    }
    void removed(RandomTable& table, const std::vector<std::string>& old) { tracked(table, old, {}); }
    void clean(RandomTable& table, const std::vector<std::string>& old) { tracked(table, old, old); }
    void added(RandomTable& table, const std::vector<std::string>& now) { add({.table = &table, .now = row(now)}); }
    void untracked(RandomTable& table, const std::vector<std::string>& old) {
        add({.table = &table, .old = row(old), .now = row(old), .is_tracked = false});
    }

    /// "" where it was carried out.
    std::string flush() {
        tables.describe();
        flush_.emplace(tables, objects_, checks_late);
        flush_->run();
        return flush_->complaint;
    }
    std::set<Row> rows(const RandomTable& table) { return flush_->rows()[table.number]; }
    std::string describe() const { return flush_->describe(); }
    std::size_t statements() const { return flush_->steps; }
    bool was_checked_late() const { return flush_->was_checked_late; }

private:
    RandomObject& add(RandomObject object) {
        object.follows.resize(object.table->references.size());
        return objects_.emplace_back(std::move(object));
    }

    std::vector<RandomObject> objects_{};
    std::optional<PlannedFlush> flush_{};
};

std::set<Row> rows(const std::vector<std::vector<std::string>>& values) {
    std::set<Row> made;
    for (const std::vector<std::string>& each : values) made.insert(row(each));
    return made;
}

/// Parents with a key and children that refer to them: {id, parent, v}.
struct Family : World {
    Family(Action on_delete, Action on_update, bool is_nullable = not_null) {
        parent.add("v", false, true);
        tables.refer(child, parent, "parent", is_nullable, on_delete, on_update);
        child.add("v", false, true);
    }
    RandomTable& parent = add_table();
    RandomTable& child = add_table();

    void parent_5_is_replaced() {
        removed(parent, {"5", ""});
        added(parent, {"5", "1"});
    }
};

TEST(KeysThatChangeHands, a_child_stays_with_the_new_row_of_its_parents_key_by_one_parked_key) {
    Family family{cascade, cascade};
    family.parent_5_is_replaced();
    family.clean(family.child, {"1", "5", ""});
    EXPECT_EQ(family.flush(), "");
    EXPECT_EQ(family.rows(family.child), rows({{"1", "5", ""}}));
    EXPECT_EQ(family.rows(family.parent), rows({{"5", "1"}}));
    EXPECT_EQ(family.statements(), 4U);
}

TEST(KeysThatChangeHands, a_reference_that_can_be_null_is_null_in_between_where_renaming_does_not_cascade) {
    Family family{cascade, no_action, nullable};
    family.parent_5_is_replaced();
    family.clean(family.child, {"1", "5", ""});
    EXPECT_EQ(family.flush(), "");
    EXPECT_EQ(family.rows(family.child), rows({{"1", "5", ""}}));
    EXPECT_FALSE(family.was_checked_late());
}

TEST(KeysThatChangeHands, one_that_cannot_be_null_is_checked_late) {
    Family family{cascade, no_action};
    family.parent_5_is_replaced();
    family.clean(family.child, {"1", "5", ""});
    EXPECT_EQ(family.flush(), "");
    EXPECT_EQ(family.rows(family.child), rows({{"1", "5", ""}}));
    EXPECT_TRUE(family.was_checked_late());
}

TEST(KeysThatChangeHands, set_null_needs_no_parking_but_the_same_value_again) {
    Family family{set_null, cascade, nullable};
    family.parent_5_is_replaced();
    family.clean(family.child, {"1", "5", ""});
    EXPECT_EQ(family.flush(), "");
    EXPECT_EQ(family.rows(family.child), rows({{"1", "5", ""}}));
    EXPECT_EQ(family.statements(), 3U);
}

TEST(KeysThatChangeHands, an_untracked_child_goes_with_its_old_parent) {
    Family family{cascade, cascade};
    family.parent_5_is_replaced();
    family.clean(family.child, {"1", "5", ""});
    family.untracked(family.child, {"2", "5", ""});
    EXPECT_EQ(family.flush(), "");
    EXPECT_EQ(family.rows(family.child), rows({{"1", "5", ""}}));
}

TEST(KeysThatChangeHands, an_untracked_child_is_never_given_to_the_new_parent_unseen) {
    for (const Action action : {no_action, restrict}) {
        Family family{action, no_action};
        family.parent_5_is_replaced();
        family.clean(family.child, {"1", "5", ""});
        family.untracked(family.child, {"2", "5", ""});
        EXPECT_NE(family.flush(), "");
        EXPECT_EQ(family.rows(family.child), rows({{"1", "5", ""}, {"2", "5", ""}}));
        EXPECT_EQ(family.rows(family.parent), rows({{"5", ""}}));
    }
}

TEST(KeysThatChangeHands, a_child_is_given_to_the_row_that_takes_the_key_of_a_renamed_one) {
    Family family{cascade, cascade};
    family.tracked(family.parent, {"5", ""}, {"6", ""});
    family.added(family.parent, {"5", "1"});
    family.clean(family.child, {"1", "5", ""});
    family.untracked(family.child, {"2", "5", ""});
    EXPECT_EQ(family.flush(), "");
    EXPECT_EQ(family.rows(family.child), rows({{"1", "5", ""}, {"2", "6", ""}}));
    EXPECT_EQ(family.statements(), 3U) << "nothing is parked";
}

TEST(KeysThatChangeHands, where_renaming_has_no_action_the_child_is_parked_and_an_untracked_one_refuses) {
    for (const bool has_untracked : {false, true}) {
        Family family{cascade, no_action};
        family.tracked(family.parent, {"5", ""}, {"6", ""});
        family.added(family.parent, {"5", "1"});
        family.clean(family.child, {"1", "5", ""});
        if (has_untracked) family.untracked(family.child, {"2", "5", ""});
        EXPECT_EQ(family.flush().empty(), !has_untracked);
        const std::set<Row> children = family.rows(family.child);
        const std::set<Row> one = rows({{"1", "5", ""}});
        const std::set<Row> both = rows({{"1", "5", ""}, {"2", "5", ""}});
        EXPECT_EQ(children, has_untracked ? both : one);
        EXPECT_EQ(family.rows(family.parent).size(), has_untracked ? 1U : 2U);
    }
}

TEST(KeysThatChangeHands, a_swap_takes_untracked_children_along_or_is_refused) {
    for (const Action action : {cascade, no_action}) {
        Family family{cascade, action};
        family.tracked(family.parent, {"5", "1"}, {"6", "1"});
        family.tracked(family.parent, {"6", "2"}, {"5", "2"});
        family.untracked(family.child, {"1", "5", ""});
        family.untracked(family.child, {"2", "6", ""});
        EXPECT_EQ(family.flush().empty(), action == cascade);
        if (action != cascade) continue;
        EXPECT_EQ(family.rows(family.child), rows({{"1", "6", ""}, {"2", "5", ""}}));
        EXPECT_EQ(family.rows(family.parent), rows({{"5", "2"}, {"6", "1"}}));
    }
}

TEST(KeysThatChangeHands, a_rotation_of_unique_values_takes_one_statement_more) {
    for (const bool is_nullable : {nullable, not_null}) {
        for (const bool is_referenced : {false, true}) {
            World world;
            RandomTable& table = world.add_table();
            table.keys.push_back({table.add("u", false, is_nullable)});
            RandomTable& child = world.add_table();
            if (is_referenced) world.tables.refer(child, table, "u", nullable, cascade, cascade, 1);
            world.tracked(table, {"1", "10"}, {"1", "20"});
            world.tracked(table, {"2", "20"}, {"2", "30"});
            world.tracked(table, {"3", "30"}, {"3", "10"});
            EXPECT_EQ(world.flush(), "");
            EXPECT_EQ(world.rows(table), rows({{"1", "20"}, {"2", "30"}, {"3", "10"}}));
            EXPECT_EQ(world.statements(), 4U);
        }
    }
}

TEST(KeysThatChangeHands, the_children_of_a_row_that_takes_a_removed_ones_key_come_with_it) {
    Family family{cascade, cascade};
    family.removed(family.parent, {"5", ""});
    family.tracked(family.parent, {"6", ""}, {"5", ""});
    family.untracked(family.child, {"1", "5", ""});
    family.untracked(family.child, {"2", "6", ""});
    EXPECT_EQ(family.flush(), "");
    EXPECT_EQ(family.rows(family.child), rows({{"2", "5", ""}}));
}

TEST(KeysThatChangeHands, a_row_moved_away_from_below_an_untracked_one_survives_the_cascade) {
    World world;
    RandomTable& top = world.add_table();
    RandomTable& middle = world.add_table();
    world.tables.refer(middle, top, "top", not_null, cascade, cascade);
    RandomTable& low = world.add_table();
    world.tables.refer(low, middle, "middle", not_null, cascade, cascade);
    world.removed(top, {"1"});
    world.clean(top, {"2"});
    world.untracked(middle, {"1", "1"});
    world.clean(middle, {"2", "2"});
    world.tracked(low, {"1", "1"}, {"1", "2"});
    EXPECT_EQ(world.flush(), "");
    EXPECT_EQ(world.rows(low), rows({{"1", "2"}}));
    EXPECT_EQ(world.rows(middle), rows({{"2", "2"}}));
}

TEST(KeysThatChangeHands, a_tracked_one_that_goes_by_cascade_frees_its_key) {
    World world;
    RandomTable& top = world.add_table();
    RandomTable& middle = world.add_table();
    world.tables.refer(middle, top, "top", not_null, cascade, cascade);
    RandomTable& low = world.add_table();
    world.tables.refer(low, middle, "middle", not_null, cascade, cascade);
    world.removed(top, {"1"});
    world.clean(top, {"2"});
    world.clean(middle, {"1", "1"});
    world.added(middle, {"1", "2"});
    world.tracked(low, {"1", "1"}, {"1", "1"});
    EXPECT_EQ(world.flush(), "");
    EXPECT_EQ(world.rows(low), rows({{"1", "1"}}));
    EXPECT_EQ(world.rows(middle), rows({{"1", "2"}}));
}

TEST(KeysThatChangeHands, a_clean_child_shares_the_fate_of_its_removed_parent) {
    Family gone{cascade, cascade};
    gone.removed(gone.parent, {"5", ""});
    gone.clean(gone.child, {"1", "5", ""});
    EXPECT_EQ(gone.flush(), "");
    EXPECT_EQ(gone.rows(gone.child), rows({}));
    Family parted{set_null, cascade, nullable};
    parted.removed(parted.parent, {"5", ""});
    parted.clean(parted.child, {"1", "5", ""});
    EXPECT_EQ(parted.flush(), "");
    EXPECT_EQ(parted.rows(parted.child), rows({{"1", "", ""}}));
    Family kept{restrict, cascade};
    kept.removed(kept.parent, {"5", ""});
    kept.clean(kept.child, {"1", "5", ""});
    EXPECT_NE(kept.flush(), "");
}

TEST(KeysThatChangeHands, a_clean_child_follows_its_renamed_parent_without_a_statement_or_refuses) {
    Family family{cascade, cascade};
    family.tracked(family.parent, {"5", ""}, {"6", ""});
    family.clean(family.child, {"1", "5", ""});
    EXPECT_EQ(family.flush(), "");
    EXPECT_EQ(family.rows(family.child), rows({{"1", "6", ""}}));
    EXPECT_EQ(family.statements(), 1U);
    Family refused{cascade, no_action};
    refused.tracked(refused.parent, {"5", ""}, {"6", ""});
    refused.clean(refused.child, {"1", "5", ""});
    EXPECT_NE(refused.flush(), "");
}

/// Rows that connect two others and have no key but theirs: {left, right, v}.
struct Links : World {
    explicit Links(Action on_update = cascade) {
        Columns key = tables.refer(link, end, "left", not_null, cascade, on_update).columns;
        key.push_back(tables.refer(link, end, "right", not_null, cascade, on_update).columns[0]);
        link.keys.push_back(key);
        link.add("v", false, true);
    }
    RandomTable& end = add_table();
    RandomTable& link = tables.add();
};

TEST(KeysThatChangeHands, a_link_whose_end_is_renamed_is_found_under_its_new_key) {
    Links links;
    links.tracked(links.end, {"1"}, {"3"});
    links.clean(links.end, {"2"});
    links.tracked(links.link, {"1", "2", "7"}, {"1", "2", "8"});
    EXPECT_EQ(links.flush(), "");
    EXPECT_EQ(links.rows(links.link), rows({{"3", "2", "8"}}));
}

TEST(KeysThatChangeHands, a_link_that_is_removed_while_its_end_is_renamed_is_gone) {
    Links links;
    links.tracked(links.end, {"1"}, {"3"});
    links.clean(links.end, {"2"});
    links.removed(links.link, {"1", "2", "7"});
    EXPECT_EQ(links.flush(), "");
    EXPECT_EQ(links.rows(links.link), rows({}));
    EXPECT_EQ(links.rows(links.end), rows({{"2"}, {"3"}}));
}

TEST(KeysThatChangeHands, links_are_kept_by_their_values_while_their_ends_swap_keys) {
    Links links;
    links.tracked(links.end, {"5"}, {"6"});
    links.tracked(links.end, {"6"}, {"5"});
    links.clean(links.end, {"9"});
    links.clean(links.link, {"5", "9", "1"});
    links.clean(links.link, {"6", "9", "2"});
    EXPECT_EQ(links.flush(), "");
    EXPECT_EQ(links.rows(links.link), rows({{"5", "9", "1"}, {"6", "9", "2"}}));
}

TEST(KeysThatChangeHands, unique_references_are_swapped_where_keys_can_be_checked_late) {
    for (const bool checks_late : {true, false}) {
        World world;
        world.checks_late = checks_late;
        RandomTable& parent = world.add_table();
        RandomTable& child = world.add_table();
        child.keys.push_back(world.tables.refer(child, parent, "parent", not_null, cascade, cascade).columns);
        world.clean(parent, {"1"});
        world.clean(parent, {"2"});
        world.tracked(child, {"1", "1"}, {"1", "2"});
        world.tracked(child, {"2", "2"}, {"2", "1"});
        EXPECT_EQ(world.flush().empty(), checks_late);
        const std::set<Row> before = rows({{"1", "1"}, {"2", "2"}});
        const std::set<Row> after = rows({{"1", "2"}, {"2", "1"}});
        EXPECT_EQ(world.rows(child), checks_late ? after : before);
    }
}

TEST(KeysThatChangeHands, new_rows_that_refer_to_each_other_are_written_by_one_update_more_or_checked_late) {
    for (const bool is_nullable : {nullable, not_null}) {
        World world;
        RandomTable& table = world.add_table();
        world.tables.refer(table, table, "other", is_nullable, cascade, cascade);
        world.added(table, {"1", "2"});
        world.added(table, {"2", "1"});
        EXPECT_EQ(world.flush(), "") << world.describe();
        EXPECT_EQ(world.rows(table), rows({{"1", "2"}, {"2", "1"}}));
        EXPECT_EQ(world.statements(), is_nullable ? 3U : 2U);
        EXPECT_EQ(world.was_checked_late(), !is_nullable);
    }
}

TEST(KeysThatChangeHands, a_ring_of_rows_is_removed) {
    for (const Action action : {cascade, no_action}) {
        World world;
        RandomTable& table = world.add_table();
        world.tables.refer(table, table, "next", not_null, action, cascade);
        world.removed(table, {"1", "2"});
        world.removed(table, {"2", "3"});
        world.removed(table, {"3", "1"});
        EXPECT_EQ(world.flush(), "");
        EXPECT_EQ(world.rows(table), rows({}));
    }
}

TEST(KeysThatChangeHands, a_row_that_refers_to_itself_is_renamed_by_one_update_and_can_be_removed) {
    World world;
    RandomTable& table = world.add_table();
    world.tables.refer(table, table, "up", not_null, no_action, no_action);
    world.tracked(table, {"5", "5"}, {"6", "6"});
    EXPECT_EQ(world.flush(), "");
    EXPECT_EQ(world.rows(table), rows({{"6", "6"}}));
    EXPECT_EQ(world.statements(), 1U);
    World other;
    RandomTable& own = other.add_table();
    other.tables.refer(own, own, "up", not_null, restrict, no_action);
    other.removed(own, {"5", "5"});
    EXPECT_EQ(other.flush(), "");
    EXPECT_EQ(other.rows(own), rows({}));
}

TEST(KeysThatChangeHands, a_clean_row_that_goes_along_but_also_restricts_is_removed_first) {
    World world;
    RandomTable& parent = world.add_table();
    RandomTable& child = world.add_table();
    world.tables.refer(child, parent, "one", not_null, cascade, cascade);
    world.tables.refer(child, parent, "two", not_null, restrict, cascade);
    world.removed(parent, {"1"});
    world.clean(child, {"1", "1", "1"});
    EXPECT_EQ(world.flush(), "");
    EXPECT_EQ(world.rows(child), rows({}));
}

TEST(KeysThatChangeHands, a_chain_longer_than_sqlites_cascades_is_removed_at_its_root) {
    World world;
    RandomTable& table = world.add_table();
    world.tables.refer(table, table, "up", nullable, cascade, cascade);
    world.removed(table, {"9000", ""});
    for (int id = 8999; id > 6500; --id) world.clean(table, {std::to_string(id), std::to_string(id + 1)});
    EXPECT_EQ(world.flush(), "");
    EXPECT_EQ(world.rows(table), rows({}));
    EXPECT_LT(world.statements(), 10U);
}

TEST(KeysThatChangeHands, a_key_that_sqlite_would_miscount_is_refused) {
    World world;
    RandomTable& table = world.tables.add();
    table.keys.push_back({table.add("x", false, false), table.add("y", false, false)});
    world.tables.refer(table, table, "up", not_null, no_action, no_action);
    RandomTable& parent = world.add_table();
    RandomTable& child = world.add_table();
    child.keys.push_back(world.tables.refer(child, parent, "parent", not_null, cascade, no_action).columns);
    world.tracked(table, {"1", "1", "1", "1"}, {"2", "2", "2", "2"});
    world.removed(parent, {"1"});
    world.added(parent, {"1"});
    world.clean(child, {"1", "1"});
    EXPECT_NE(world.flush(), "");
    EXPECT_EQ(world.rows(table), rows({{"1", "1", "1", "1"}}));
}

}  // namespace flush_plan_cases
