// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/hostile_dialect.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace integration_upsert_objects {

using namespace mica;
using mica::test::caught;

struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
    int age = 0;
    static constexpr auto mapping() {
        return table("car", unique<&Car::make>, generated<&Car::age>(2026 - col<&Car::year>));
    }
};
struct Stock {
    std::string shop;
    int number = 0;
    int count = 0;
    int revision = 0;
    static constexpr auto mapping() {
        return table("stock", primary_key<&Stock::shop, &Stock::number>, version<&Stock::revision>);
    }
};
struct Link {
    int left = 0;
    int right = 0;
    static constexpr auto mapping() { return table("link", primary_key<&Link::left, &Link::right>); }
};

struct UpsertObjects : testing::Test {
    Engine engine{"sqlite://"};
    UpsertObjects() { engine.create_all<Car, Stock, Link>(); }
};

TEST_F(UpsertObjects, inserts_what_is_not_there_and_changes_what_is) {
    const Connection connection = engine.connect();
    std::vector<Car> cars{{.make = "Lotus", .year = 2000}, {.id = 7, .make = "Alpine", .year = 2010}};
    EXPECT_EQ(connection.upsert(cars), 2);
    EXPECT_NE(cars[0].id, 0);
    EXPECT_EQ(cars[1].age, 16);
    cars[1].year = 2020;
    EXPECT_EQ(connection.upsert(cars[1]), 1);
    EXPECT_EQ(cars[1].age, 6);
    EXPECT_EQ(connection.get<Car>(7).value().year, 2020);
    EXPECT_EQ(connection.scalar(select(count()).from<Car>()), 2);
}

TEST_F(UpsertObjects, changes_no_row_where_one_of_them_is_refused) {
    const Connection connection = engine.connect();
    connection.insert(Car{.make = "Lotus"});
    std::vector<Car> cars{{.make = "Alpine"}, {.make = "Lotus"}};
    const auto error = caught<IntegrityError>([&] { connection.upsert(cars); });
    EXPECT_EQ(error.columns(), std::vector<std::string>{"make"});
    EXPECT_EQ(cars[0].id, 0);
    EXPECT_EQ(connection.scalar(select(count()).from<Car>()), 1);
}

TEST_F(UpsertObjects, counts_the_version_and_tells_the_object) {
    const Connection connection = engine.connect();
    Stock stock{.shop = "a", .number = 1, .count = 5, .revision = 1};
    connection.upsert(stock);
    EXPECT_EQ(stock.revision, 1);
    Stock other{.shop = "a", .number = 1, .count = 6};
    connection.upsert(other);
    EXPECT_EQ(other.revision, 2);
    EXPECT_EQ(connection.one(select<Stock>()).count, 6);
    EXPECT_THROW(connection.update(stock), StaleDataError);
}

TEST_F(UpsertObjects, of_objects_that_are_all_key_leaves_those_that_are_there) {
    const Connection connection = engine.connect();
    EXPECT_EQ(connection.upsert({Link{1, 2}, Link{1, 3}}), 2);
    EXPECT_EQ(connection.upsert({Link{1, 2}, Link{1, 4}}), 1);
    EXPECT_EQ(connection.scalar(select(count()).from<Link>()), 3);
}

TEST_F(UpsertObjects, of_a_session_flushes_first_and_tracked_objects_follow) {
    Session session{engine};
    const Ref<Car> car = session.add(Car{.make = "Lotus", .year = 2000});
    session.commit();
    car->year = 2001;
    EXPECT_EQ(session.upsert(Car{.id = car->id, .make = "Lotus", .year = 2002}), 1);
    EXPECT_EQ(session.query<Car>().one()->year, 2002);
    EXPECT_EQ(car->year, 2002);
    session.rollback();
    EXPECT_EQ(engine.connect().one(select<Car>()).year, 2000);
}

TEST_F(UpsertObjects, is_one_statement_that_names_the_key) {
    EXPECT_EQ(UpsertByKey<Stock>::sql(),
              R"(INSERT INTO "stock" ("shop", "number", "count", "revision") VALUES (?1, ?2, ?3, ?4) )"
              R"(ON CONFLICT ("shop", "number") DO UPDATE SET "count" = "excluded"."count", )"
              R"("revision" = "stock"."revision" + 1)");
}

TEST_F(UpsertObjects, is_spelled_in_another_dialect_as_an_insert_is) {
    EXPECT_EQ((UpsertByKey<Car>::sql<mica::test::hostile>()),
              "INSERT INTO [car] ([id], [make], [year]) VALUES (coalesce($1, next_key()), $2, $3) "
              "ON CONFLICT ([id]) DO UPDATE SET [make] = [excluded].[make], [year] = [excluded].[year]");
}

TEST_F(UpsertObjects, add_of_a_range_gives_what_add_all_gives) {
    Session session{engine};
    std::vector<Car> cars{{.make = "Lotus"}, {.make = "Alpine"}};
    std::vector<Ref<Car>> refs = session.add(cars);
    EXPECT_EQ(cars[1].make, "Alpine");
    for (const Ref<Car>& ref : session.add(std::array{Car{.make = "Zagato"}})) refs.push_back(ref);
    for (const Ref<Car>& ref : session.add({Car{.make = "Abarth"}, Car{.make = "Bora"}})) refs.push_back(ref);
    session.commit();
    ASSERT_EQ(refs.size(), 5U);
    EXPECT_EQ(refs[2]->make, "Zagato");
    EXPECT_NE(refs[4]->id, 0);
}

}  // namespace integration_upsert_objects
