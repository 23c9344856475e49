// SPDX-License-Identifier: BSL-1.0
// An INSERT of single columns, and one of defaults only.
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>

namespace sql_insert_columns {

enum class Kind { small, large };

struct Size {
    int width = 0;
    std::optional<int> height;
};

struct Sheet {
    std::int64_t id = 0;
    std::string title;
    std::optional<std::string> note;
    Kind kind = Kind::small;
    int pages = 0;
    int area = 0;

    static constexpr auto mapping() {
        return mica::table("sheet", mica::column<&Sheet::title>("the \"title\""), mica::default_value<&Sheet::pages>(1),
                           mica::default_value<&Sheet::kind>(Kind::large),
                           mica::generated<&Sheet::area>(mica::col<&Sheet::pages> * 2));
    }
};

struct Box {
    std::int64_t id = 0;
    Size size;
    static constexpr auto mapping() { return mica::table("box"); }
};

struct Counter {
    std::int64_t id = 0;
    std::int64_t count = 0;
    static constexpr auto mapping() { return mica::table("counter", mica::default_value<&Counter::count>(0)); }
};

struct Given {
    std::int64_t id = 0;
    static constexpr auto mapping() { return mica::table("given", mica::assigned_key); }
};

namespace {

using mica::col;
using mica::insert_into;
using mica::select;
using mica::test::Execution;
using mica::test::RecordedValues;
using sql_insert_columns::Box;
using sql_insert_columns::Counter;
using sql_insert_columns::Given;
using sql_insert_columns::Kind;
using sql_insert_columns::Sheet;
using sql_insert_columns::Size;

struct SqlInsertColumns : mica::test::RecordedSql {};

TEST_F(SqlInsertColumns, names_only_what_is_given) {
    const auto query = insert_into<Sheet>().values(col<&Sheet::title> = "t");
    static_assert(decltype(query)::sql() == R"(INSERT INTO "sheet" ("the ""title""") VALUES (?1))");
    EXPECT_EQ(run(query), (Execution{std::string{query.sql()}, {"t"}}));
}

TEST_F(SqlInsertColumns, writes_them_in_the_given_order) {
    EXPECT_EQ(run(insert_into<Sheet>().values(col<&Sheet::note> = std::nullopt, col<&Sheet::pages> = 5,
                                              col<&Sheet::title> = std::string{"t"})),
              (Execution{R"(INSERT INTO "sheet" ("note", "pages", "the ""title""") VALUES (NULL, ?1, ?2))", {5, "t"}}));
}

TEST_F(SqlInsertColumns, sends_values_through_their_codec) {
    EXPECT_EQ(run(insert_into<Sheet>().values(col<&Sheet::title> = "", col<&Sheet::kind> = Kind::large)).values,
              (RecordedValues{"", 1}));
}

TEST_F(SqlInsertColumns, takes_expressions_and_subqueries) {
    EXPECT_EQ(
        run(insert_into<Sheet>().values(col<&Sheet::title> = "t",
                                        col<&Sheet::note> = select(col<&Sheet::title>).where(col<&Sheet::pages> > 3))),
        (Execution{R"(INSERT INTO "sheet" ("the ""title""", "note") VALUES )"
                   R"((?1, (SELECT "sheet"."the ""title""" FROM "sheet" WHERE "sheet"."pages" > ?2)))",
                   {"t", 3}}));
    EXPECT_EQ(run(insert_into<Counter>().values(col<&Counter::count> = mica::test::bound(std::int64_t{2}) + 3)),
              (Execution{R"(INSERT INTO "counter" ("count") VALUES (?1 + ?2))", {2, 3}}));
}

TEST_F(SqlInsertColumns, takes_columns_of_an_embedded_object) {
    EXPECT_EQ(run(insert_into<Box>().values(col<&Box::size, &Size::width> = 7)),
              (Execution{R"(INSERT INTO "box" ("size_width") VALUES (?1))", {7}}));
}

TEST_F(SqlInsertColumns, lets_the_database_choose_a_key_that_is_0) {
    EXPECT_EQ(run(insert_into<Counter>().values(col<&Counter::count> = 1, col<&Counter::id> = 0)),
              (Execution{R"(INSERT INTO "counter" ("count", "id") VALUES (?1, nullif(?2, 0)))", {1, 0}}));
}

TEST_F(SqlInsertColumns, writes_0_where_the_database_chooses_nothing) {
    EXPECT_EQ(run(insert_into<Given>().values(col<&Given::id> = 0)),
              (Execution{R"(INSERT INTO "given" ("id") VALUES (?1))", {0}}));
}

TEST_F(SqlInsertColumns, owns_its_values) {
    std::string title = "before";
    const auto query = insert_into<Sheet>().values(col<&Sheet::title> = title);
    title = "behind";
    EXPECT_EQ(run(query).values, RecordedValues{"before"});
}

TEST_F(SqlInsertColumns, inserts_a_row_of_defaults) {
    const auto query = insert_into<Counter>().default_values();
    mica::test::show(query);
    static_assert(decltype(query)::sql() == R"(INSERT INTO "counter" DEFAULT VALUES)");
    recording.answer("INSERT", {.changes = 1, .last_insert_id = 9});
    const auto result = connection.execute(query);
    EXPECT_EQ(recording.last(), (Execution{R"(INSERT INTO "counter" DEFAULT VALUES)"}));
    EXPECT_EQ(result.rows_affected(), 1);
    EXPECT_EQ(result.last_insert_id(), 9);
}

TEST_F(SqlInsertColumns, binds_param_at_each_run) {
    auto insert = connection.prepare(insert_into<Sheet>().values(col<&Sheet::title> = mica::param<std::string>));
    insert("a");
    EXPECT_EQ(recording.last().values, RecordedValues{"a"});
    insert("b");
    EXPECT_EQ(recording.last(), (Execution{R"(INSERT INTO "sheet" ("the ""title""") VALUES (?1))", {"b"}}));
}

}  // namespace
}  // namespace sql_insert_columns
