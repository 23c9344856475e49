// SPDX-License-Identifier: BSL-1.0
// RETURNING on every statement that writes: its text, its row types, and how its rows are read.
#include <support/caught.hpp>
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <concepts>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace sql_returning {

struct Car {
    std::int64_t id = 0;
    std::string make;
    std::optional<int> year{};
    static constexpr auto mapping() { return mica::table("car", mica::unique<&Car::make>); }
};

namespace {

using mica::col;
using mica::delete_from;
using mica::insert_into;
using mica::update;
using mica::test::caught;
using mica::test::Execution;
using mica::test::RecordedValues;
using sql_returning::Car;

constexpr const char* insert_car = R"(INSERT INTO "car" ("id", "make", "year") VALUES (?1, ?2, ?3))";

struct SqlReturning : mica::test::RecordedSql {
    const decltype(insert_into<Car>().values(Car{})) insert = insert_into<Car>().values(Car{0, "a"});
    const std::vector<Car> cars{{0, "a"}, {0, "b", 5}};
};

TEST_F(SqlReturning, follows_an_insert) {
    const auto query = insert.returning(col<&Car::id>, col<&Car::year>);
    mica::test::show(query);
    static_assert(decltype(query)::sql() == R"(INSERT INTO "car" ("id", "make", "year") VALUES (?1, ?2, ?3) )"
                                            R"(RETURNING "car"."id", "car"."year")");
    static_assert(std::same_as<decltype(query)::Row, std::tuple<std::int64_t, std::optional<int>>>);
    recording.answer("INSERT", {.rows = {{4, std::nullopt}}});
    EXPECT_EQ(connection.one(query), (std::tuple{4, std::optional<int>{}}));
}

TEST_F(SqlReturning, gives_a_single_expression_as_it_is) {
    const auto query = insert.returning(col<&Car::id> + 1);
    static_assert(std::same_as<decltype(query)::Row, std::int64_t>);
    EXPECT_EQ(run(query), (Execution{insert_car + std::string{R"( RETURNING "car"."id" + ?4)"},
                                     {std::nullopt, "a", std::nullopt, 1}}));
}

TEST_F(SqlReturning, gives_the_whole_entity) {
    const auto query = insert.returning<Car>();
    static_assert(std::same_as<decltype(query)::Row, Car>);
    recording.answer("INSERT", {.rows = {{4, "x", 5}}});
    const Car car = connection.one(query);
    EXPECT_EQ(recording.last().sql, insert_car + std::string{R"( RETURNING "car"."id", "car"."make", "car"."year")"});
    EXPECT_EQ(car.id, 4);
    EXPECT_EQ(car.make, "x");
    EXPECT_EQ(car.year, 5);
}

TEST_F(SqlReturning, follows_on_conflict_whichever_comes_first) {
    const auto forward = insert.on_conflict<&Car::make>().do_update(col<&Car::year> = 1).returning(col<&Car::id>);
    const auto backward = insert.returning(col<&Car::id>).on_conflict<&Car::make>().do_update(col<&Car::year> = 1);
    static_assert(std::same_as<decltype(forward), decltype(backward)>);
    EXPECT_EQ(run(forward).sql,
              insert_car + std::string{R"( ON CONFLICT ("make") DO UPDATE SET "year" = ?4 RETURNING "car"."id")"});
}

TEST_F(SqlReturning, follows_every_kind_of_insert) {
    EXPECT_EQ(run(insert_into<Car>().values(col<&Car::make> = "x").returning(col<&Car::id>)).sql,
              R"(INSERT INTO "car" ("make") VALUES (?1) RETURNING "car"."id")");
    EXPECT_EQ(run(insert_into<Car>()
                      .from(mica::select<Car>().where(col<&Car::id> > 5))
                      .returning(col<&Car::make>.as<"name">()))
                  .sql,
              R"(INSERT INTO "car" ("id", "make", "year") SELECT "car"."id", "car"."make", "car"."year" FROM "car" )"
              R"(WHERE "car"."id" > ?1 RETURNING "car"."make" AS "name")");
}

TEST_F(SqlReturning, follows_an_update) {
    const auto query = update<Car>()
                           .set(col<&Car::year> = 5)
                           .where(col<&Car::id> == 6)
                           .returning(col<&Car::make> || "!", col<&Car::year>);
    EXPECT_EQ(run(query), (Execution{R"(UPDATE "car" SET "year" = ?1 WHERE "car"."id" = ?2 )"
                                     R"(RETURNING "car"."make" || ?3, "car"."year")",
                                     {5, 6, "!"}}));
    EXPECT_EQ(run(update<Car>().returning<Car>().set(col<&Car::year> = 5).all_rows()).sql,
              R"(UPDATE "car" SET "year" = ?1 RETURNING "car"."id", "car"."make", "car"."year")");
}

TEST_F(SqlReturning, follows_a_delete) {
    EXPECT_EQ(run(delete_from<Car>().where(col<&Car::id> == 6).returning(col<&Car::id>)),
              (Execution{R"(DELETE FROM "car" WHERE "car"."id" = ?1 RETURNING "car"."id")", {6}}));
    EXPECT_EQ(run(delete_from<Car>().returning<Car>().all_rows()).sql,
              R"(DELETE FROM "car" RETURNING "car"."id", "car"."make", "car"."year")");
}

TEST_F(SqlReturning, takes_a_subquery) {
    EXPECT_EQ(run(delete_from<Car>().all_rows().returning(
                      mica::select(col<&Car::make>).where(col<&Car::id> == 1).scalar_subquery()))
                  .sql,
              R"(DELETE FROM "car" RETURNING (SELECT "car"."make" FROM "car" WHERE "car"."id" = ?1))");
}

TEST_F(SqlReturning, has_ended_when_execute_returns) {
    recording.answer("DELETE", {.rows = {{1}, {2}, {3}}, .changes = 3});
    auto result = connection.execute(delete_from<Car>().all_rows().returning(col<&Car::id>));
    EXPECT_EQ(recording.running, 0);
    EXPECT_EQ(result.rows_affected(), 3);
    std::vector<std::int64_t> ids;
    for (const std::int64_t id : result) ids.push_back(id);
    EXPECT_EQ(ids, (std::vector<std::int64_t>{1, 2, 3}));
    EXPECT_TRUE(result.all().empty());
}

TEST_F(SqlReturning, gives_rows_by_every_member_of_a_result) {
    const auto query = delete_from<Car>().all_rows().returning(col<&Car::id>);
    const auto answer = [&](std::vector<RecordedValues> rows) {
        const auto changes = static_cast<std::int64_t>(rows.size());
        recording.answer("DELETE", {.rows = std::move(rows), .changes = changes});
        return connection.execute(query);
    };
    EXPECT_EQ(answer({{1}, {2}}).all(), (std::vector<std::int64_t>{1, 2}));
    EXPECT_EQ(answer({{1}, {2}}).first(), 1);
    EXPECT_EQ(answer({{1}, {2}}).scalar(), 1);
    EXPECT_EQ(answer({{1}}).one(), 1);
    EXPECT_EQ(answer({{1}}).one_or_none(), 1);
    EXPECT_THROW(answer({{1}, {2}}).one(), mica::MultipleResultsFound);
    EXPECT_TRUE(answer({}).all().empty());
    EXPECT_EQ(answer({}).first(), std::nullopt);
    EXPECT_EQ(answer({}).one_or_none(), std::nullopt);
    EXPECT_THROW(answer({}).one(), mica::NoResultFound);
    EXPECT_THROW(answer({}).scalar(), mica::NoResultFound);
}

TEST_F(SqlReturning, gives_the_rest_behind_rows_that_were_read) {
    recording.answer("DELETE", {.rows = {{1}, {2}, {3}}});
    auto result = connection.execute(delete_from<Car>().all_rows().returning(col<&Car::id>));
    auto row = result.begin();
    ++row;
    EXPECT_EQ(*row, 2);
    auto moved = std::move(result);
    EXPECT_EQ(moved.all(), (std::vector<std::int64_t>{2, 3}));
}

TEST_F(SqlReturning, gives_rows_by_every_member_of_a_connection) {
    const auto query = delete_from<Car>().all_rows().returning(col<&Car::id>, col<&Car::make>);
    for (int i = 0; i < 3; ++i) recording.answer("DELETE", {.rows = {{1, "a"}, {2, "b"}}});
    EXPECT_EQ(connection.all(query).size(), 2U);
    EXPECT_EQ(std::get<1>(connection.first(query).value()), "a");
    EXPECT_EQ(connection.scalar(query), 1);
    recording.answer("DELETE", {.rows = {{1, "a"}}});
    EXPECT_EQ(std::get<1>(connection.one(query)), "a");
    recording.answer("DELETE", {.rows = {{1, "a"}, {2, "b"}}});
    EXPECT_THROW(connection.one(query), mica::MultipleResultsFound);
    EXPECT_THROW(connection.scalar(query), mica::NoResultFound);
    EXPECT_EQ(connection.first(query), std::nullopt);
    EXPECT_EQ(recording.running, 0);
}

TEST_F(SqlReturning, reads_to_the_end_where_one_row_is_wanted) {
    recording.answer("INSERT", {.rows = {{1}}, .failure = std::make_exception_ptr(std::runtime_error("commit"))});
    EXPECT_THROW(connection.scalar(insert.returning(col<&Car::id>)), std::runtime_error);
    recording.answer("INSERT", {.rows = {{1}}, .failure = std::make_exception_ptr(std::runtime_error("commit"))});
    EXPECT_THROW(connection.first(insert.returning(col<&Car::id>)), std::runtime_error);
    EXPECT_EQ(recording.running, 0);
}

TEST_F(SqlReturning, gives_the_rows_of_many_in_their_order) {
    const auto query = insert_into<Car>().values(cars).returning(col<&Car::id>);
    const std::string text = insert_car + std::string{R"( RETURNING "car"."id")"};
    recording.answer("INSERT", {.rows = {{7}}});
    recording.answer("INSERT", {.rows = {{3}}});
    auto result = connection.execute(query);
    EXPECT_EQ(result.rows_affected(), 2);
    EXPECT_EQ(result.all(), (std::vector<std::int64_t>{7, 3}));
    EXPECT_EQ(recording.executed, (std::vector<Execution>{{"BEGIN IMMEDIATE"},
                                                          {text, {std::nullopt, "a", std::nullopt}},
                                                          {text, {std::nullopt, "b", 5}},
                                                          {"COMMIT"}}));
}

TEST_F(SqlReturning, of_many_is_undone_where_one_fails) {
    recording.answer("INSERT", {.rows = {{7}}});
    recording.fail("INSERT", std::runtime_error("no"));
    EXPECT_THROW(connection.all(insert_into<Car>().values(cars).returning(col<&Car::id>)), std::runtime_error);
    EXPECT_EQ(recording.texts().back(), "ROLLBACK");
    EXPECT_EQ(recording.running, 0);
}

TEST_F(SqlReturning, of_many_is_undone_where_a_row_cannot_be_read) {
    recording.answer("INSERT", {.rows = {{7}}});
    recording.answer("INSERT", {.rows = {{"text"}}});
    EXPECT_THROW(connection.all(insert_into<Car>().values(cars).returning(col<&Car::id>)), mica::DataError);
    EXPECT_EQ(recording.texts().back(), "ROLLBACK");
}

TEST_F(SqlReturning, names_the_column_that_cannot_be_read) {
    recording.answer("DELETE", {.rows = {{4, "x", "five"}}});
    const auto error = caught<mica::DataError>([&] { connection.all(delete_from<Car>().all_rows().returning<Car>()); });
    EXPECT_NE(std::string_view{error.what()}.find(R"("car"."year" of rowid 4)"), std::string_view::npos);
}

TEST_F(SqlReturning, is_prepared_by_hand) {
    auto insert_make = connection.prepare(
        insert_into<Car>().values(col<&Car::make> = mica::param<std::string>).returning(col<&Car::id>));
    recording.answer("INSERT", {.rows = {{4}}});
    EXPECT_EQ(insert_make("x").one(), 4);
    EXPECT_EQ(recording.last(), (Execution{R"(INSERT INTO "car" ("make") VALUES (?1) RETURNING "car"."id")", {"x"}}));
}

}  // namespace
}  // namespace sql_returning
