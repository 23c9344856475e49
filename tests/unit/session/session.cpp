// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/statement_log.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace unit_session {

using namespace mica;
using mica::test::caught;
using mica::test::StatementLog;
using Texts = std::vector<std::string>;

struct Car {
    std::int64_t id = 0;
    std::string name{};
};
struct Boat {
    std::int64_t id = 0;
    std::string name{};
};

static_assert(!std::is_copy_constructible_v<Session> && !std::is_copy_assignable_v<Session>);

struct SessionTest : testing::Test {
    Engine engine{"sqlite://"};
    std::optional<Session> session_;
    Session& session;

    SessionTest() : session(session_.emplace(engine)) { engine.create_all<Car, Boat>(); }

    std::vector<std::string> stored() { return engine.connect().all(select(col<&Car::name>).order_by(col<&Car::id>)); }
};

TEST_F(SessionTest, opens_nothing_before_its_first_statement) {
    session.add(Car{.name = "F8"});
    EXPECT_FALSE(session.in_transaction());
    EXPECT_EQ(engine.stats().in_use, 0);
    session.flush();
    EXPECT_TRUE(session.in_transaction());
    EXPECT_EQ(engine.stats().in_use, 1);
    EXPECT_THROW(stored(), OperationalError);
}

TEST_F(SessionTest, gives_its_connection_back_at_commit_rollback_and_its_end) {
    session.query<Car>().all();
    session.commit();
    EXPECT_FALSE(session.in_transaction());
    EXPECT_EQ(engine.stats().in_use, 0);
    session.query<Car>().all();
    session.rollback();
    EXPECT_FALSE(session.in_transaction());
    EXPECT_EQ(engine.stats().in_use, 0);
    session.query<Car>().all();
    session_.reset();
    EXPECT_EQ(engine.stats().in_use, 0);
}

TEST_F(SessionTest, a_commit_without_anything_to_say_says_nothing) {
    const StatementLog log{engine};
    session.commit();
    session.rollback();
    session.flush();
    EXPECT_EQ(log.texts(), Texts{});
}

TEST_F(SessionTest, writes_one_object_with_one_insert) {
    const StatementLog log{engine};
    session.add(Car{.name = "F8"});
    session.commit();
    EXPECT_EQ(log.starting_with("INSERT"), Texts{R"(INSERT INTO "Car" ("name") VALUES (?1))"});
    EXPECT_EQ(log.texts().front(), "BEGIN IMMEDIATE");
    EXPECT_EQ(log.texts().back(), "COMMIT");
}

TEST_F(SessionTest, what_is_added_is_the_object_itself) {
    const Ref<Car> car = session.add(Car{.name = "F8"});
    car->name = "F9";
    session.commit();
    EXPECT_EQ(stored(), Texts{"F9"});
    EXPECT_EQ(car->id, 1);
}

TEST_F(SessionTest, adds_a_range_in_its_order) {
    const std::vector<Ref<Car>> cars = session.add_all(std::vector<Car>{{.name = "a"}, {.name = "b"}});
    ASSERT_EQ(cars.size(), 2U);
    session.commit();
    EXPECT_EQ(cars[0]->id, 1);
    EXPECT_EQ(cars[1]->name, "b");
    EXPECT_EQ(cars[1]->id, 2);
}

TEST_F(SessionTest, copies_the_objects_of_an_lvalue_range) {
    std::vector<Car> cars{{.name = "a long name that does not fit into the string itself"}};
    session.add_all(cars);
    EXPECT_EQ(cars[0].name, "a long name that does not fit into the string itself");
    EXPECT_EQ(cars[0].id, 0);
    const std::list<Car> constant{{.name = "b"}};
    EXPECT_EQ(session.add_all(constant).front()->name, "b");
    const Car array[] = {{.name = "c"}, {.name = "d"}};
    EXPECT_EQ(session.add_all(array).size(), 2U);
}

TEST_F(SessionTest, copies_what_a_view_only_looks_at) {
    std::vector<Car> cars{{.name = "a long name that does not fit into the string itself"}};
    EXPECT_EQ(session.add_all(std::span<Car>{cars}).front()->name, cars[0].name);
    EXPECT_EQ(session.add_all(std::span<const Car>{cars}).front()->name, cars[0].name);
    EXPECT_EQ(cars[0].name, "a long name that does not fit into the string itself");
}

TEST_F(SessionTest, takes_the_objects_of_an_rvalue_range) {
    std::vector<Car> cars{{.name = "a long name that does not fit into the string itself"}};
    const char* const letters = cars[0].name.data();
    const auto added = session.add_all(std::move(cars));
    EXPECT_EQ(added.front()->name.data(), letters);
    EXPECT_EQ(session.add_all(std::initializer_list<Car>{{.name = "x"}}).size(), 1U);
}

TEST_F(SessionTest, adds_nothing_of_an_empty_range) {
    EXPECT_TRUE(session.add_all(std::vector<Car>{}).empty());
    session.commit();
    EXPECT_FALSE(session.in_transaction());
}

struct Engraved {
    std::int64_t id = 0;
    std::unique_ptr<std::string> plate{};
    std::string name{};
    static constexpr auto mapping() { return table("engraved", ignore<&Engraved::plate>); }
};

TEST_F(SessionTest, takes_objects_that_can_only_be_moved) {
    engine.create_all<Engraved>();
    const auto one = session.add(Engraved{.plate = std::make_unique<std::string>("B-1"), .name = "a"});
    std::vector<Engraved> more;
    more.push_back({.plate = std::make_unique<std::string>("B-2"), .name = "b"});
    const auto two = session.add_all(std::move(more));
    session.commit();
    EXPECT_EQ(*one->plate, "B-1");
    EXPECT_EQ(*two[0]->plate, "B-2");
    one->name = "c";
    session.rollback();
    EXPECT_EQ(one->name, "a");
    EXPECT_EQ(*one->plate, "B-1") << "an ignored field keeps its value";
    Session other{engine};
    EXPECT_EQ(other.get<Engraved>(2)->plate, nullptr);
}

TEST_F(SessionTest, gets_the_same_object_for_the_same_key_and_asks_once) {
    session.add(Car{.name = "F8"});
    session.commit();
    session_.reset();
    const StatementLog log{engine};
    Session reader{engine};
    const auto first = reader.get<Car>(1);
    const auto second = reader.get<Car>(std::int64_t{1});
    const auto third = reader.query<Car>().first();
    EXPECT_TRUE(first == second);
    EXPECT_TRUE(first == third);
    EXPECT_EQ(log.starting_with("SELECT").size(), 2U) << "one for get(), one for the query";
}

TEST_F(SessionTest, gets_nothing_where_there_is_none) {
    EXPECT_FALSE(session.get<Car>(1));
    EXPECT_FALSE(session.get<Car>(-1));
    EXPECT_FALSE(session.get<Car>(0));
}

TEST_F(SessionTest, gets_what_it_has_added_without_a_second_object) {
    const auto car = session.add(Car{.id = 7, .name = "F8"});
    EXPECT_TRUE(session.get<Car>(7) == car);
    EXPECT_FALSE(session.get<Boat>(7));
}

TEST_F(SessionTest, gets_nothing_for_an_object_that_is_to_be_removed) {
    const auto car = session.add(Car{.name = "F8"});
    session.commit();
    session.remove(car);
    EXPECT_FALSE(session.get<Car>(1));
    session.flush();
    EXPECT_FALSE(session.get<Car>(1));
    session.rollback();
    EXPECT_TRUE(session.get<Car>(1) == car);
}

TEST_F(SessionTest, removes_a_row_with_one_delete) {
    const auto car = session.add(Car{.name = "F8"});
    session.commit();
    const StatementLog log{engine};
    session.remove(car);
    session.remove(car);
    session.commit();
    EXPECT_EQ(log.starting_with("DELETE"), Texts{R"(DELETE FROM "Car" WHERE "id" = ?1)"});
    EXPECT_TRUE(stored().empty());
    EXPECT_EQ(car->name, "F8") << "the handle stays readable";
}

TEST_F(SessionTest, removing_what_was_never_written_writes_nothing) {
    const StatementLog log{engine};
    session.remove(session.add(Car{.name = "F8"}));
    session.commit();
    EXPECT_EQ(log.texts(), Texts{});
}

TEST_F(SessionTest, removes_only_what_it_tracks) {
    EXPECT_STREQ(caught<ProgrammingError>([&] { session.remove(Ref<Car>{}); }).what(),
                 "mica: remove() was given an empty handle");
    const auto car = session.add(Car{.name = "F8"});
    session.commit();
    Session other{engine};
    constexpr auto reason = "mica: an object can only be removed by the session that tracks it";
    EXPECT_STREQ(caught<ProgrammingError>([&] { other.remove(car); }).what(), reason);
    session.remove(car);
    session.commit();
    EXPECT_STREQ(caught<ProgrammingError>([&] { session.remove(car); }).what(), reason);
}

TEST_F(SessionTest, flushes_before_a_query_of_the_same_table_only) {
    session.add(Car{.name = "F8"});
    const StatementLog log{engine};
    EXPECT_TRUE(session.query<Boat>().all().empty());
    EXPECT_EQ(session.query<Boat>().count(), 0);
    EXPECT_FALSE(session.query<Boat>().exists());
    EXPECT_FALSE(session.get<Boat>(1));
    EXPECT_EQ(log.starting_with("INSERT"), Texts{});
    EXPECT_EQ(session.query<Car>().count(), 1);
    EXPECT_EQ(log.starting_with("INSERT").size(), 1U);
    session.query<Car>().one()->name = "F9";
    EXPECT_EQ(session.query<Car>().where(col<&Car::name> == "F9").count(), 1);
}

TEST_F(SessionTest, flushes_everything_before_a_statement) {
    session.add(Car{.name = "F8"});
    session.add(Boat{.name = "Titanic"});
    EXPECT_EQ(session.scalar(select(col<&Car::name>)), "F8");
    EXPECT_EQ(session.execute<std::string>("SELECT name FROM Boat").one(), "Titanic");
    session.add(Car{.name = "F9"});
    EXPECT_EQ(session.all(select(col<&Car::name>)).size(), 2U);
    session.add(Car{.name = "F10"});
    EXPECT_EQ(session.first(select(col<&Car::name>).order_by(col<&Car::id>.desc())), "F10");
    session.add(Car{.name = "F11"});
    EXPECT_EQ(session.execute(update<Car>().set(col<&Car::name> = "x").all_rows()).rows_affected(), 4);
    EXPECT_EQ(session.one(select(col<&Boat::name>)), "Titanic");
}

TEST_F(SessionTest, writes_the_changed_columns_only) {
    const auto car = session.add(Car{.name = "F8"});
    session.commit();
    const StatementLog log{engine};
    car->name = "F8";
    session.commit();
    EXPECT_EQ(log.texts(), Texts{}) << "an equal value is no change";
    car->name = "F9";
    session.commit();
    EXPECT_EQ(log.starting_with("UPDATE"), Texts{R"(UPDATE "Car" SET "name" = ?1 WHERE "id" = ?2)"});
    EXPECT_EQ(stored(), Texts{"F9"});
}

TEST_F(SessionTest, its_end_rolls_back) {
    const auto car = session.add(Car{.name = "F8"});
    session.flush();
    session_.reset();
    EXPECT_TRUE(stored().empty());
    EXPECT_EQ(car->name, "F8");
}

TEST_F(SessionTest, a_query_does_not_overwrite_what_is_not_written_yet) {
    const auto car = session.add(Car{.name = "F8"});
    session.commit();
    car->name = "F9";
    EXPECT_EQ(session.get<Car>(1)->name, "F9");
    EXPECT_EQ(session.query<Car>().one()->name, "F9");
    EXPECT_EQ(car->name, "F9");
}

TEST_F(SessionTest, two_sessions_never_share_an_object) {
    const auto car = session.add(Car{.name = "F8"});
    session.commit();
    Session other{engine};
    const auto same = other.get<Car>(1);
    EXPECT_FALSE(car == same);
    other.rollback();
    same->name = "F9";
    EXPECT_EQ(car->name, "F8");
}

}  // namespace unit_session
