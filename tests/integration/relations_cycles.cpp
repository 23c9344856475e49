// SPDX-License-Identifier: BSL-1.0
// Rows that reference rows of their own table, and rows that need each other's keys.
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/statement_log.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace relations_cycles {

struct Employee {
    std::int64_t id = 0;
    std::string name{};
    std::optional<std::int64_t> reports_to{};
    std::optional<std::int64_t> mentor_id{};
    mica::BelongsTo<Employee, "reports_to"> boss{};
    mica::HasMany<Employee, "reports_to"> staff{};
    mica::BelongsTo<Employee, "mentor_id"> mentor{};

    static constexpr auto mapping() {
        return mica::table("employee", mica::column<&Employee::reports_to>("ReportsTo"),
                           mica::foreign_key<&Employee::reports_to, &Employee::id>,
                           mica::foreign_key<&Employee::mentor_id, &Employee::id>);
    }
};

struct Room;

/// Each of the two references the other; one key can be NULL.
struct House {
    std::int64_t id = 0;
    std::string street{};
    std::optional<std::int64_t> main_room_id{};
    int version = 0;
    mica::BelongsTo<Room> main_room{};
    mica::HasMany<Room> rooms{};

    static constexpr auto mapping();
};

struct Room {
    std::int64_t id = 0;
    std::string name{};
    std::int64_t house_id = 0;
    mica::BelongsTo<House> house{};

    static constexpr auto mapping() { return mica::table("room", mica::foreign_key<&Room::house_id, &House::id>); }
};

constexpr auto House::mapping() {
    return mica::table("house", mica::version<&House::version>, mica::foreign_key<&House::main_room_id, &Room::id>);
}

struct Right;

/// Neither key can be NULL, and the database checks them only at COMMIT.
struct Left {
    std::int64_t id = 0;
    std::int64_t right_id = 0;
    mica::BelongsTo<Right> right{};
    static constexpr auto mapping();
};
struct Right {
    std::int64_t id = 0;
    std::int64_t left_id = 0;
    mica::BelongsTo<Left> left{};
    static constexpr auto mapping() {
        return mica::table("right", mica::foreign_key<&Right::left_id, &Left::id>.deferrable());
    }
};
constexpr auto Left::mapping() {
    return mica::table("left", mica::foreign_key<&Left::right_id, &Right::id>.deferrable());
}

namespace {

using namespace relations_cycles;
using mica::Ref;
using mica::test::StatementLog;

struct RelationsCycles : testing::Test {
    mica::Engine engine{"sqlite://"};
    mica::Session session{engine};
    RelationsCycles() { engine.create_all<Employee, House, Room>(); }

    std::string read(const char* sql) {
        std::string text;
        for (const std::string& each : engine.connect().execute<std::string>(sql).all()) text += each + " ";
        return text;
    }
    std::string bosses() {
        return read(
            "SELECT e.name || '<' || ifnull(b.name, '') FROM employee e LEFT JOIN employee b ON b.id = e.ReportsTo "
            "ORDER BY e.name");
    }
};

TEST_F(RelationsCycles, the_key_is_named_by_its_column_or_its_field) {
    const auto boss = session.add(Employee{.name = "boss"});
    boss->staff.add(Employee{.name = "a"});
    session.commit();
    EXPECT_EQ(bosses(), "a<boss boss< ");
}

TEST_F(RelationsCycles, rows_of_one_table_are_inserted_parents_first_whatever_their_order) {
    std::vector<Ref<Employee>> chain;
    for (const char* name : {"e", "d", "c", "b", "a"}) chain.push_back(session.add(Employee{.name = name}));
    for (std::size_t i = 0; i + 1 < chain.size(); ++i) chain[i]->boss = chain[i + 1];
    const StatementLog log{engine};
    session.commit();
    EXPECT_EQ(bosses(), "a< b<a c<b d<c e<d ");
    EXPECT_TRUE(log.starting_with("UPDATE").empty());
}

TEST_F(RelationsCycles, a_long_chain_is_written_once_each) {
    Ref<Employee> last = session.add(Employee{.name = "0"});
    for (int i = 1; i < 2000; ++i) {
        const Ref<Employee> next = session.add(Employee{.name = std::to_string(i)});
        last->boss = next;
        last = next;
    }
    const StatementLog log{engine};
    session.commit();
    EXPECT_EQ(log.starting_with("INSERT").size(), 2000U);
    EXPECT_TRUE(log.starting_with("UPDATE").empty());
}

TEST_F(RelationsCycles, two_that_reference_each_other_are_written_in_two_steps) {
    const auto left = session.add(Employee{.name = "left"});
    const auto right = session.add(Employee{.name = "right"});
    const auto other = session.add(Employee{.name = "other"});
    left->boss = right;
    right->mentor = left;
    other->boss = left;
    const StatementLog log{engine};
    session.commit();
    EXPECT_EQ(bosses(), "left<right other<left right< ");
    EXPECT_EQ(right->mentor_id, left->id);
    EXPECT_EQ(log.starting_with("INSERT").size(), 3U);
    EXPECT_EQ(log.starting_with("UPDATE").size(), 1U);
    EXPECT_FALSE(session.is_modified(left));
    EXPECT_FALSE(session.is_modified(right));
}

TEST_F(RelationsCycles, one_may_reference_itself) {
    const auto self = session.add(Employee{.name = "self"});
    self->boss = self;
    session.commit();
    EXPECT_EQ(bosses(), "self<self ");
    EXPECT_TRUE(self->boss.get() == self);
    self->boss.reset();
    session.commit();
    EXPECT_EQ(bosses(), "self< ");
}

TEST_F(RelationsCycles, tables_that_reference_each_other_are_written_in_two_steps_where_one_key_can_be_null) {
    const auto house = session.add(House{.street = "Long Street"});
    house->main_room = house->rooms.add(Room{.name = "hall"});
    house->rooms.add(Room{.name = "kitchen"});
    session.commit();
    EXPECT_EQ(read("SELECT h.street || ':' || r.name FROM house h JOIN room r ON r.id = h.main_room_id"),
              "Long Street:hall ");
    EXPECT_EQ(read("SELECT name || house_id FROM room ORDER BY name"), "hall1 kitchen1 ");
    house->street = "Short Street";
    session.commit();
    EXPECT_EQ(house->version, 1);
}

TEST_F(RelationsCycles, rollback_takes_back_both_steps) {
    const auto house = session.add(House{.street = "Long Street"});
    house->main_room = house->rooms.add(Room{.name = "hall"});
    session.flush();
    session.rollback();
    session.commit();
    EXPECT_EQ(read("SELECT street FROM house"), "");
    EXPECT_EQ(house->id, 0);
    EXPECT_FALSE(house->main_room);
    EXPECT_TRUE(house->rooms.empty());
}

TEST_F(RelationsCycles, where_no_key_can_be_null_they_are_checked_when_both_rows_are_there) {
    engine.create_all<Left, Right>();
    const auto left = session.add(Left{});
    const auto right = session.add(Right{});
    left->right = right;
    right->left = left;
    session.commit();
    EXPECT_EQ(left->right_id, right->id);
    EXPECT_EQ(right->left_id, left->id);
    session.remove(left);
    session.remove(right);
    session.commit();
    EXPECT_EQ(session.query<Left>().count() + session.query<Right>().count(), 0);
}

TEST_F(RelationsCycles, a_tree_of_any_order_comes_back_whole) {
    std::vector<Ref<Employee>> all;
    for (int i = 0; i < 200; ++i) all.push_back(session.add(Employee{.name = std::to_string(i)}));
    for (std::size_t i = 0; i < all.size(); ++i) {
        const std::size_t boss = (i * 7919 + 13) % all.size();
        if (boss > i) all[i]->boss = all[boss];
        if (boss < i) all[boss]->staff.add(all[i]);
    }
    session.commit();
    for (const Ref<Employee>& each : all) {
        EXPECT_EQ(each->boss ? std::optional{each->boss->id} : std::nullopt, each->reports_to);
        for (const auto& member : each->staff) EXPECT_EQ(member->reports_to, each->id);
    }
}

}  // namespace
}  // namespace relations_cycles
