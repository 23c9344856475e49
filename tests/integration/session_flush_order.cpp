// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/statement_log.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace integration_session_flush_order {

using namespace mica;
using mica::test::caught;
using mica::test::StatementLog;
using Texts = std::vector<std::string>;

struct Artist {
    std::int64_t id = 0;
    std::string name{};
    std::optional<std::int64_t> rank{};
    static constexpr auto mapping() { return table("artist", unique<&Artist::name>, unique<&Artist::rank>); }
};
struct Album {
    std::int64_t id = 0;
    std::int64_t artist = 0;
    int number = 0;
    static constexpr auto mapping() {
        return table("album", foreign_key<&Album::artist, &Artist::id>, unique<&Album::artist, &Album::number>);
    }
};
struct Person {
    std::int64_t id = 0;
    std::optional<std::int64_t> boss{};
    static constexpr auto mapping() { return table("person", foreign_key<&Person::boss, &Person::id>); }
};

struct FlushOrder : testing::Test {
    Engine engine{"sqlite://"};
    Session session{engine};

    FlushOrder() { engine.create_all<Artist, Album, Person>(); }

    Ref<Artist> artist(std::int64_t id, std::string name, std::optional<std::int64_t> rank = {}) {
        return session.add(Artist{id, std::move(name), rank});
    }
    std::vector<std::string> rows(std::string_view sql) { return session.execute<std::string>(sql).all(); }
    std::vector<std::string> artists() { return rows("SELECT id || name FROM artist ORDER BY id"); }
    std::vector<std::string> albums() {
        return rows("SELECT id || ':' || artist || '/' || number FROM album ORDER BY id");
    }
};

TEST_F(FlushOrder, parents_are_inserted_before_children_whatever_the_order_of_add) {
    session.add(Album{.id = 1, .artist = 7});
    artist(7, "a");
    EXPECT_NO_THROW(session.commit());
}

TEST_F(FlushOrder, children_are_removed_before_parents_whatever_the_order_of_remove) {
    const auto parent = artist(7, "a");
    const auto child = session.add(Album{.id = 1, .artist = 7});
    session.commit();
    session.remove(parent);
    session.remove(child);
    EXPECT_NO_THROW(session.commit());
    EXPECT_TRUE(artists().empty());
}

TEST_F(FlushOrder, a_child_leaves_its_parent_before_that_is_removed) {
    const auto old = artist(1, "old");
    const auto child = session.add(Album{.id = 1, .artist = 1});
    session.commit();
    session.remove(old);
    child->artist = 2;
    artist(2, "new");
    EXPECT_NO_THROW(session.commit());
    EXPECT_EQ(albums(), Texts{"1:2/0"});
}

TEST_F(FlushOrder, within_a_table_objects_come_in_the_order_of_add) {
    const auto a = session.add(Artist{.name = "z"});
    const auto b = session.add(Artist{.name = "a"});
    const auto c = session.add(Artist{.name = "m"});
    session.commit();
    EXPECT_EQ(a->id, 1);
    EXPECT_EQ(b->id, 2);
    EXPECT_EQ(c->id, 3);
}

TEST_F(FlushOrder, rows_of_one_table_reference_each_other_in_any_order) {
    session.add(Person{.id = 3, .boss = 2});
    session.add(Person{.id = 2, .boss = 1});
    session.add(Person{.id = 1});
    session.add(Person{.id = 4, .boss = 4});
    session.commit();
    EXPECT_EQ(session.query<Person>().count(), 4);
    for (const auto& person : session.query<Person>().order_by(col<&Person::id>)) session.remove(person);
    session.commit();
    EXPECT_EQ(session.query<Person>().count(), 0);
    session.add(Person{.id = 1});
    session.add(Person{.id = 2, .boss = 1});
    session.commit();
    for (const auto& person : session.query<Person>().order_by(col<&Person::id>.desc())) session.remove(person);
    session.commit();
    EXPECT_EQ(session.query<Person>().count(), 0);
}

TEST_F(FlushOrder, a_long_chain_in_the_wrong_order_is_written_all_the_same) {
    constexpr int length = 300;
    for (int id = length; id > 1; --id) session.add(Person{.id = id, .boss = id - 1});
    session.add(Person{.id = 1});
    session.commit();
    EXPECT_EQ(session.query<Person>().count(), length);
}

TEST_F(FlushOrder, a_unique_value_passes_from_a_removed_row_to_a_new_one) {
    const auto old = artist(1, "a");
    session.commit();
    session.remove(old);
    artist(2, "a");
    session.commit();
    EXPECT_EQ(artists(), Texts{"2a"});
}

TEST_F(FlushOrder, a_unique_value_passes_from_a_changed_row_to_a_new_one) {
    const auto old = artist(1, "a");
    session.commit();
    old->name = "b";
    artist(2, "a");
    session.commit();
    EXPECT_EQ(artists(), (Texts{"1b", "2a"}));
}

TEST_F(FlushOrder, a_unique_value_passes_from_a_removed_row_to_a_changed_one) {
    const auto old = artist(1, "a");
    const auto other = artist(2, "b");
    session.commit();
    session.remove(old);
    other->name = "a";
    session.commit();
    EXPECT_EQ(artists(), Texts{"2a"});
}

TEST_F(FlushOrder, a_key_passes_from_a_removed_row_to_a_new_one) {
    const auto old = artist(1, "a");
    session.commit();
    session.remove(old);
    const auto added = artist(1, "b");
    session.commit();
    EXPECT_EQ(artists(), Texts{"1b"});
    EXPECT_TRUE(session.get<Artist>(1) == added);
    added->name = "c";
    session.commit();
    EXPECT_EQ(artists(), Texts{"1c"});
}

TEST_F(FlushOrder, two_rows_swap_a_unique_value) {
    const auto one = artist(1, "a");
    const auto two = artist(2, "b");
    session.commit();
    std::swap(one->name, two->name);
    session.commit();
    EXPECT_EQ(artists(), (Texts{"1b", "2a"}));
    EXPECT_EQ(one->name, "b");
    std::swap(one->name, two->name);
    session.commit();
    EXPECT_EQ(artists(), (Texts{"1a", "2b"}));
}

TEST_F(FlushOrder, unique_values_go_round_among_many_rows) {
    std::vector<Ref<Artist>> all;
    for (int i = 0; i < 20; ++i) all.push_back(artist(i + 1, "n" + std::to_string(i)));
    session.commit();
    for (int i = 0; i < 20; ++i) all[static_cast<std::size_t>(i)]->name = "n" + std::to_string((i + 1) % 20);
    session.commit();
    EXPECT_EQ(session.get<Artist>(20)->name, "n0");
    EXPECT_EQ(rows("SELECT name FROM artist WHERE id IN (1, 19, 20) ORDER BY id"), (Texts{"n1", "n19", "n0"}));
}

TEST_F(FlushOrder, two_rows_swap_a_unique_value_that_may_be_null) {
    const auto one = artist(1, "a", 10);
    const auto two = artist(2, "b", 20);
    session.commit();
    std::swap(one->rank, two->rank);
    session.commit();
    EXPECT_EQ(rows("SELECT name || rank FROM artist ORDER BY id"), (Texts{"a20", "b10"}));
}

TEST_F(FlushOrder, two_rows_swap_one_column_of_a_composite_key) {
    artist(1, "a");
    const auto one = session.add(Album{.id = 1, .artist = 1, .number = 5});
    const auto two = session.add(Album{.id = 2, .artist = 1, .number = 6});
    session.commit();
    std::swap(one->number, two->number);
    session.commit();
    EXPECT_EQ(albums(), (Texts{"1:1/6", "2:1/5"}));
}

struct Place {
    std::int64_t id = 0;
    int rank = 0;
    static constexpr auto mapping() {
        return table("place", unique<&Place::rank>, check(col<&Place::rank>.between(1, 3)));
    }
};

TEST_F(FlushOrder, values_that_a_check_keeps_from_swapping_are_reported_and_stay) {
    engine.create_all<Place>();
    const auto one = session.add(Place{.id = 1, .rank = 1});
    const auto two = session.add(Place{.id = 2, .rank = 2});
    session.commit();
    std::swap(one->rank, two->rank);
    const auto error = caught<IntegrityError>([&] { session.commit(); });
    EXPECT_EQ(error.kind(), IntegrityError::check);
    EXPECT_NE(std::string{error.what()}.find("hold others in passing"), std::string::npos) << error.what();
    EXPECT_EQ(one->rank, 2);
    const int wanted = std::exchange(one->rank, 3);
    session.flush();
    one->rank = wanted;
    session.commit();
    EXPECT_EQ(rows("SELECT id || ':' || rank FROM place ORDER BY id"), (Texts{"1:2", "2:1"}));
}

TEST_F(FlushOrder, a_real_violation_is_reported_after_the_others_had_their_turn) {
    artist(1, "a");
    session.commit();
    const auto twin = artist(2, "a");
    const auto fine = artist(3, "b");
    const auto error = caught<IntegrityError>([&] { session.commit(); });
    EXPECT_EQ(error.kind(), IntegrityError::unique);
    EXPECT_EQ(error.columns(), Texts{"name"});
    twin->name = "c";
    session.commit();
    EXPECT_EQ(artists(), (Texts{"1a", "2c", "3b"}));
}

TEST_F(FlushOrder, nothing_is_tried_twice_where_nothing_is_refused) {
    artist(1, "a");
    artist(2, "b");
    session.commit();
    const StatementLog log{engine};
    artist(3, "c");
    session.get<Artist>(1)->name = "d";
    session.remove(session.get<Artist>(2));
    session.commit();
    EXPECT_EQ(log.starting_with("INSERT").size(), 1U);
    EXPECT_EQ(log.starting_with("UPDATE").size(), 1U);
    EXPECT_EQ(log.starting_with("DELETE").size(), 1U);
}

struct Node {
    std::int64_t id = 0;
    std::optional<std::int64_t> parent{};
    int slot = 0;
    static constexpr auto mapping() {
        return table("node", foreign_key<&Node::parent, &Node::id>.on_delete(cascade), unique<&Node::slot>);
    }
};

TEST_F(FlushOrder, a_row_that_has_to_wait_is_moved_before_its_old_parent_takes_it_along) {
    engine.create_all<Node>();
    const auto old = session.add(Node{.id = 1, .slot = 1});
    session.add(Node{.id = 2, .slot = 2});
    const auto moved = session.add(Node{.id = 3, .parent = 1, .slot = 3});
    const auto other = session.add(Node{.id = 4, .slot = 4});
    session.commit();
    session.remove(old);
    moved->parent = 2;
    moved->slot = 4;
    other->slot = 5;
    session.commit();
    EXPECT_EQ(rows("SELECT id || '/' || slot FROM node ORDER BY id"), (Texts{"2/2", "3/4", "4/5"}));
}

struct Department;
struct Worker {
    std::int64_t id = 0;
    std::optional<std::int64_t> department{};
    static constexpr auto mapping();
};
struct Department {
    std::int64_t id = 0;
    std::optional<std::int64_t> head{};
    static constexpr auto mapping() { return table("department", foreign_key<&Department::head, &Worker::id>); }
};
constexpr auto Worker::mapping() { return table("worker", foreign_key<&Worker::department, &Department::id>); }
struct Shift {
    std::int64_t id = 0;
    std::int64_t worker = 0;
    static constexpr auto mapping() { return table("shift", foreign_key<&Shift::worker, &Worker::id>); }
};

TEST_F(FlushOrder, tables_that_reference_each_other_are_written_as_far_as_their_rows_allow) {
    engine.create_all<Worker, Department, Shift>();
    session.add(Shift{.id = 1, .worker = 1});
    const auto worker = session.add(Worker{.id = 1, .department = 1});
    const auto department = session.add(Department{.id = 1});
    session.commit();
    department->head = 1;
    session.commit();
    session.remove(department);
    session.remove(worker);
    EXPECT_THROW(session.commit(), IntegrityError) << "each of the two rows needs the other";
    session.rollback();
    department->head.reset();
    worker->department.reset();
    session.flush();
    session.remove(session.get<Shift>(1));
    session.remove(department);
    session.remove(worker);
    session.commit();
    EXPECT_EQ(session.query<Worker>().count(), 0);
}

}  // namespace integration_session_flush_order
