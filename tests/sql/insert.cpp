// SPDX-License-Identifier: BSL-1.0
#include <support/caught.hpp>
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace sql_insert {

struct Size {
    int width = 0;
    std::optional<int> height;
};

struct Sheet {
    std::int64_t id = 0;
    std::string title;
    Size size;
    std::vector<std::byte> data;
    int area = 0;
    std::string note;

    static constexpr auto mapping() {
        return mica::table("sheet", mica::column<&Sheet::title>("the title"), mica::ignore<&Sheet::note>,
                           mica::generated<&Sheet::area>(mica::col<&Sheet::id> * 2));
    }
};

struct Pair {
    int a = 0;
    int b = 0;
    static constexpr auto mapping() { return mica::table("pair", mica::primary_key<&Pair::a, &Pair::b>); }
};

struct Given {
    std::int64_t id = 0;
    static constexpr auto mapping() { return mica::table("given", mica::assigned_key); }
};

namespace {

using mica::insert_into;
using mica::test::blob_of;
using mica::test::caught;
using mica::test::Execution;
using mica::test::RecordedValues;
using sql_insert::Given;
using sql_insert::Pair;
using sql_insert::Sheet;

constexpr const char* insert_sheet =
    R"(INSERT INTO "sheet" ("id", "the title", "size_width", "size_height", "data") VALUES (?1, ?2, ?3, ?4, ?5))";

struct SqlInsert : mica::test::RecordedSql {};

TEST_F(SqlInsert, names_every_column_but_generated_and_ignored_ones) {
    static_assert(decltype(insert_into<Sheet>().values(Sheet{}))::sql() == insert_sheet);
    Sheet sheet{.id = 7, .title = "t", .size = {1, 2}, .data = {std::byte{'x'}}, .area = 99, .note = "n"};
    EXPECT_EQ(run(insert_into<Sheet>().values(sheet)), (Execution{insert_sheet, {7, "t", 1, 2, blob_of("x")}}));
}

TEST_F(SqlInsert, lets_the_database_choose_a_key_that_is_0) {
    EXPECT_EQ(run(insert_into<Sheet>().values(Sheet{})).values,
              (RecordedValues{std::nullopt, "", 0, std::nullopt, blob_of("")}));
}

TEST_F(SqlInsert, binds_0_where_the_database_chooses_nothing) {
    EXPECT_EQ(run(insert_into<Pair>().values(Pair{})),
              (Execution{R"(INSERT INTO "pair" ("a", "b") VALUES (?1, ?2))", {0, 0}}));
    EXPECT_EQ(run(insert_into<Given>().values(Given{})), (Execution{R"(INSERT INTO "given" ("id") VALUES (?1))", {0}}));
}

TEST_F(SqlInsert, reports_rows_and_key) {
    recording.answer("INSERT", {.changes = 1, .last_insert_id = 41});
    const auto result = connection.execute(insert_into<Sheet>().values(Sheet{}));
    EXPECT_EQ(result.rows_affected(), 1);
    EXPECT_EQ(result.last_insert_id(), 41);
}

TEST_F(SqlInsert, owns_its_object) {
    Sheet sheet;
    sheet.title = "before";
    const auto query = insert_into<Sheet>().values(sheet);
    sheet.title = "behind";
    EXPECT_EQ(run(query).values[1], "before");
}

TEST_F(SqlInsert, runs_the_statement_of_one_for_each_of_many_in_a_transaction_of_its_own) {
    const std::vector<Pair> pairs{{1, 2}, {3, 4}, {5, 6}};
    const auto result = connection.execute(insert_into<Pair>().values(pairs));
    const std::string text = R"(INSERT INTO "pair" ("a", "b") VALUES (?1, ?2))";
    static_assert(decltype(insert_into<Pair>().values(pairs))::sql() ==
                  R"(INSERT INTO "pair" ("a", "b") VALUES (?1, ?2))");
    EXPECT_EQ(
        recording.executed,
        (std::vector<Execution>{{"BEGIN IMMEDIATE"}, {text, {1, 2}}, {text, {3, 4}}, {text, {5, 6}}, {"COMMIT"}}));
    EXPECT_EQ(result.rows_affected(), 3);
    EXPECT_EQ(result.last_insert_id(), 3);
}

TEST_F(SqlInsert, takes_any_range) {
    const Pair plain[]{{1, 2}};
    EXPECT_EQ(connection.execute(insert_into<Pair>().values(std::list<Pair>{{1, 2}, {3, 4}})).rows_affected(), 2);
    EXPECT_EQ(connection.execute(insert_into<Pair>().values(plain)).rows_affected(), 1);
    EXPECT_EQ(connection.execute(insert_into<Pair>().values({Pair{1, 2}, Pair{3, 4}})).rows_affected(), 2);
    EXPECT_EQ(connection.execute(insert_into<Pair>().values({{1, 2}, {3, 4}, {5, 6}})).rows_affected(), 3);
    EXPECT_EQ(connection.execute(insert_into<Pair>().values({1, 2})).rows_affected(), 1);
    EXPECT_EQ(connection.execute(insert_into<Pair>().values(std::vector<Pair>{})).rows_affected(), 0);
}

TEST_F(SqlInsert, uses_a_savepoint_inside_a_transaction) {
    const auto transaction = connection.begin();
    recording.forget();
    connection.execute(insert_into<Pair>().values(std::vector<Pair>{{1, 2}}));
    EXPECT_EQ(recording.texts(),
              (std::vector<std::string>{"SAVEPOINT mica", R"(INSERT INTO "pair" ("a", "b") VALUES (?1, ?2))",
                                        "RELEASE mica"}));
}

TEST_F(SqlInsert, of_many_is_undone_where_one_fails) {
    recording.answer("INSERT", {});
    recording.fail("INSERT", std::runtime_error("no"));
    EXPECT_THROW(connection.execute(insert_into<Pair>().values(std::vector<Pair>{{1, 2}, {3, 4}, {5, 6}})),
                 std::runtime_error);
    const std::string text = R"(INSERT INTO "pair" ("a", "b") VALUES (?1, ?2))";
    EXPECT_EQ(recording.texts(), (std::vector<std::string>{"BEGIN IMMEDIATE", text, text, "ROLLBACK"}));
    EXPECT_EQ(recording.running, 0);
    EXPECT_FALSE(connection.in_transaction());
}

}  // namespace
}  // namespace sql_insert
