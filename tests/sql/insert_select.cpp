// SPDX-License-Identifier: BSL-1.0
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>

namespace sql_insert_select {

struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
    std::optional<int> price;
    static constexpr auto mapping() { return mica::table("car", mica::unique<&Car::make, &Car::year>); }
};

/// Of the same columns, one of them computed.
struct Archived {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
    std::optional<int> price;
    int age = 0;
    static constexpr auto mapping() {
        return mica::table("archived", mica::unique<&Archived::make, &Archived::year>,
                           mica::generated<&Archived::age>(mica::col<&Archived::year> - 1886));
    }
};

namespace {

using mica::col;
using mica::insert_into;
using mica::select;
using mica::test::Execution;
using sql_insert_select::Archived;
using sql_insert_select::Car;

constexpr const char* into_archived = R"(INSERT INTO "archived" ("id", "make", "year", "price") )";
constexpr const char* of_car = R"("car"."id", "car"."make", "car"."year", "car"."price")";

std::string text(const char* begin, std::string_view end) { return begin + std::string{end}; }

struct SqlInsertSelect : mica::test::RecordedSql {};

TEST_F(SqlInsertSelect, writes_all_columns_that_can_be_written) {
    const auto query = insert_into<Archived>().from(select<Car>().where(col<&Car::year> < 1950));
    static_assert(decltype(query)::sql() == R"(INSERT INTO "archived" ("id", "make", "year", "price") )"
                                            R"(SELECT "car"."id", "car"."make", "car"."year", "car"."price" )"
                                            R"(FROM "car" WHERE "car"."year" < ?1)");
    EXPECT_EQ(run(query), (Execution{std::string{query.sql()}, {1950}}));
}

TEST_F(SqlInsertSelect, writes_some_columns_by_position) {
    EXPECT_EQ(run(insert_into<Car>().columns<&Car::year, &Car::make>().from(
                  select(col<&Archived::year> + 1, col<&Archived::make>))),
              (Execution{R"(INSERT INTO "car" ("year", "make") SELECT "archived"."year" + ?1, "archived"."make" )"
                         R"(FROM "archived")",
                         {1}}));
}

TEST_F(SqlInsertSelect, reads_from_the_table_that_it_writes) {
    EXPECT_EQ(
        run(insert_into<Car>().from(select(col<&Car::id> + 5, col<&Car::make>, col<&Car::year> + 1, col<&Car::price>))),
        (Execution{R"(INSERT INTO "car" ("id", "make", "year", "price") SELECT "car"."id" + ?1, "car"."make", )"
                   R"("car"."year" + ?2, "car"."price" FROM "car")",
                   {5, 1}}));
}

TEST_F(SqlInsertSelect, takes_a_set_operation_and_a_common_table_expression) {
    EXPECT_EQ(run(insert_into<Archived>().from(union_all(select<Car>(), select<Car>()))).sql,
              text(into_archived,
                   text("SELECT ", of_car) + R"( FROM "car" UNION ALL )" + text("SELECT ", of_car) + R"( FROM "car")"));
    const auto recent = mica::cte<"recent">(select(col<&Car::make>, col<&Car::year>).where(col<&Car::year> > 2000));
    EXPECT_EQ(run(insert_into<Archived>().columns<&Archived::make, &Archived::year>().from(
                  select(recent.col<&Car::make>, recent.col<&Car::year>).from(recent))),
              (Execution{R"(INSERT INTO "archived" ("make", "year") WITH "recent" AS )"
                         R"((SELECT "car"."make", "car"."year" FROM "car" WHERE "car"."year" > ?1) )"
                         R"(SELECT "recent"."make", "recent"."year" FROM "recent")",
                         {2000}}));
}

TEST_F(SqlInsertSelect, has_a_where_in_front_of_on_conflict) {
    EXPECT_EQ(run(insert_into<Archived>().from(select<Car>()).on_conflict().do_nothing()).sql,
              text(into_archived, text("SELECT ", of_car) + R"( FROM "car" WHERE 1 ON CONFLICT DO NOTHING)"));
}

TEST_F(SqlInsertSelect, has_no_second_where_in_front_of_on_conflict) {
    EXPECT_EQ(
        run(insert_into<Archived>().from(select<Car>().where(col<&Car::year> < 5)).on_conflict().do_nothing()).sql,
        text(into_archived, text("SELECT ", of_car) + R"( FROM "car" WHERE "car"."year" < ?1 ON CONFLICT DO NOTHING)"));
    EXPECT_EQ(run(insert_into<Archived>().from(select<Car>().limit(5)).on_conflict().do_nothing()).sql,
              text(into_archived, text("SELECT ", of_car) + R"( FROM "car" LIMIT ?1 ON CONFLICT DO NOTHING)"));
}

TEST_F(SqlInsertSelect, wraps_a_set_operation_in_front_of_on_conflict) {
    const auto both = union_all(select<Car>(), select<Car>());
    EXPECT_EQ(run(insert_into<Archived>().from(both).on_conflict().do_nothing()).sql,
              text(into_archived, "SELECT * FROM (" + text("SELECT ", of_car) + R"( FROM "car" UNION ALL )" +
                                      text("SELECT ", of_car) + R"( FROM "car") WHERE 1 ON CONFLICT DO NOTHING)"));
}

TEST_F(SqlInsertSelect, binds_the_select_before_the_rest) {
    EXPECT_EQ(run(insert_into<Archived>()
                      .from(select<Car>().where(col<&Car::year> < 5))
                      .on_conflict<&Archived::make, &Archived::year>()
                      .do_update(col<&Archived::price> = 6)
                      .where(col<&Archived::year> > 7)
                      .returning(col<&Archived::id> + 8))
                  .values,
              (mica::test::RecordedValues{5, 6, 7, 8}));
}

}  // namespace
}  // namespace sql_insert_select
