// SPDX-License-Identifier: BSL-1.0
// UPDATE … FROM, and subqueries in SET and WHERE.
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>

namespace sql_update_from {

struct Maker {
    std::int64_t id = 0;
    std::string name;
    int founded = 0;
};

struct Price {
    std::int64_t id = 0;
    std::int64_t maker_id = 0;
    int amount = 0;
    static constexpr auto mapping() { return mica::table("price", mica::foreign_key<&Price::maker_id, &Maker::id>); }
};

struct Car {
    std::int64_t id = 0;
    std::int64_t maker_id = 0;
    std::optional<std::string> maker;
    int price = 0;
    int revision = 0;
    static constexpr auto mapping() {
        return mica::table("car", mica::foreign_key<&Car::maker_id, &Maker::id>, mica::version<&Car::revision>);
    }
};

namespace {

using mica::col;
using mica::select;
using mica::update;
using mica::test::Execution;
using mica::test::RecordedValues;
using sql_update_from::Car;
using sql_update_from::Maker;
using sql_update_from::Price;

struct SqlUpdateFrom : mica::test::RecordedSql {};

TEST_F(SqlUpdateFrom, reads_another_table) {
    const auto query = update<Car>()
                           .set(col<&Car::maker> = col<&Maker::name>)
                           .from<Maker>()
                           .where(col<&Car::maker_id> == col<&Maker::id> && col<&Maker::founded> > 1900);
    static_assert(decltype(query)::sql() ==
                  R"(UPDATE "car" SET "maker" = "Maker"."name", "revision" = "car"."revision" + 1 FROM "Maker" )"
                  R"(WHERE "car"."maker_id" = "Maker"."id" AND "Maker"."founded" > ?1)");
    EXPECT_EQ(run(query), (Execution{std::string{query.sql()}, {1900}}));
}

TEST_F(SqlUpdateFrom, takes_its_clauses_in_any_order) {
    const auto expected = run(update<Car>()
                                  .set(col<&Car::price> = col<&Maker::founded> + 1)
                                  .from<Maker>()
                                  .where(col<&Maker::id> == 2)
                                  .returning(col<&Car::id> + 3));
    EXPECT_EQ(run(update<Car>()
                      .returning(col<&Car::id> + 3)
                      .where(col<&Maker::id> == 2)
                      .set(col<&Car::price> = col<&Maker::founded> + 1)
                      .from<Maker>()),
              expected);
    EXPECT_EQ(expected.values, (RecordedValues{1, 2, 3}));
}

TEST_F(SqlUpdateFrom, joins_further_tables) {
    EXPECT_EQ(
        run(update<Car>()
                .set(col<&Car::price> = col<&Price::amount>)
                .from<Maker>()
                .join<Price>()
                .where(col<&Car::maker_id> == col<&Maker::id>))
            .sql,
        R"(UPDATE "car" SET "price" = "price"."amount", "revision" = "car"."revision" + 1 )"
        R"(FROM "Maker" JOIN "price" ON "price"."maker_id" = "Maker"."id" WHERE "car"."maker_id" = "Maker"."id")");
    EXPECT_EQ(run(update<Car>()
                      .set(col<&Car::price> = 1)
                      .from<Maker>()
                      .join<Price>(col<&Price::amount> == col<&Maker::founded>)
                      .all_rows())
                  .sql,
              R"(UPDATE "car" SET "price" = ?1, "revision" = "car"."revision" + 1 )"
              R"(FROM "Maker" JOIN "price" ON "price"."amount" = "Maker"."founded")");
}

TEST_F(SqlUpdateFrom, reads_the_updated_table_under_another_name) {
    constexpr auto older = mica::alias<Car, "older">;
    EXPECT_EQ(run(update<Car>()
                      .set(col<&Car::price> = older.col<&Car::price>)
                      .from(older)
                      .where(older.col<&Car::id> == col<&Car::id> - 1))
                  .sql,
              R"(UPDATE "car" SET "price" = "older"."price", "revision" = "car"."revision" + 1 )"
              R"(FROM "car" AS "older" WHERE "older"."id" = "car"."id" - ?1)");
}

TEST_F(SqlUpdateFrom, reads_a_common_table_expression) {
    const auto old = mica::cte<"old">(select(col<&Maker::id>, col<&Maker::name>).where(col<&Maker::founded> < 1900));
    const auto query = update<Car>()
                           .set(col<&Car::maker> = old.col<&Maker::name>, col<&Car::price> = 5)
                           .from(old)
                           .where(old.col<&Maker::id> == col<&Car::maker_id> && col<&Car::id> > 6);
    EXPECT_EQ(run(query), (Execution{R"(WITH "old" AS (SELECT "Maker"."id", "Maker"."name" FROM "Maker" )"
                                     R"(WHERE "Maker"."founded" < ?1) UPDATE "car" SET "maker" = "old"."name", )"
                                     R"("price" = ?2, "revision" = "car"."revision" + 1 FROM "old" )"
                                     R"(WHERE "old"."id" = "car"."maker_id" AND "car"."id" > ?3)",
                                     {1900, 5, 6}}));
}

TEST_F(SqlUpdateFrom, sets_to_a_subquery_over_the_row) {
    EXPECT_EQ(run(update<Car>()
                      .set(col<&Car::maker> = select(col<&Maker::name>).where(col<&Maker::id> == col<&Car::maker_id>))
                      .all_rows())
                  .sql,
              R"(UPDATE "car" SET "maker" = (SELECT "Maker"."name" FROM "Maker" )"
              R"(WHERE "Maker"."id" = "car"."maker_id"), "revision" = "revision" + 1)");
}

TEST_F(SqlUpdateFrom, has_subqueries_in_its_condition) {
    EXPECT_EQ(run(update<Car>()
                      .set(col<&Car::price> = 1)
                      .where(col<&Car::maker_id>.in(select(col<&Maker::id>).where(col<&Maker::founded> > 2))))
                  .values,
              (RecordedValues{1, 2}));
    EXPECT_EQ(
        run(mica::delete_from<Maker>().where(!exists(select<Car>().where(col<&Car::maker_id> == col<&Maker::id>)))).sql,
        R"(DELETE FROM "Maker" WHERE NOT EXISTS (SELECT "car"."id", "car"."maker_id", "car"."maker", )"
        R"("car"."price", "car"."revision" FROM "car" WHERE "car"."maker_id" = "Maker"."id"))");
}

}  // namespace
}  // namespace sql_update_from
