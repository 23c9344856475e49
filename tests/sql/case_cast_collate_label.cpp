// SPDX-License-Identifier: BSL-1.0
#include <support/selected_expression.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sql_case {

enum class Color { red, green };

struct Item {
    std::int64_t id = 0;
    std::string name;
    std::optional<std::string> note;
    int count = 0;
    std::optional<int> rank;
    double weight = 0;
    std::optional<bool> flag;
    mica::EnumText<Color> shade;
    std::chrono::sys_seconds seen;
};

namespace {

using mica::case_;
using mica::col;
using mica::select;
using mica::when;
using mica::test::Execution;
using mica::test::gives;
using sql_case::Color;
using sql_case::Item;

constexpr auto name = col<&Item::name>;
constexpr auto note = col<&Item::note>;
constexpr auto count = col<&Item::count>;
constexpr auto rank = col<&Item::rank>;
constexpr auto weight = col<&Item::weight>;
constexpr auto flag = col<&Item::flag>;

struct SqlCase : mica::test::SelectedExpression<Item> {};
struct SqlCast : mica::test::SelectedExpression<Item> {};
struct SqlCollate : mica::test::SelectedExpression<Item> {};
struct SqlLabel : mica::test::SelectedExpression<Item> {};

TEST_F(SqlCase, has_branches) {
    EXPECT_EQ(selected(case_(when(count > 1, "many"))),
              (Execution{R"(CASE WHEN "count" > ?1 THEN ?2 END)", {1, "many"}}));
    EXPECT_EQ(selected(case_(when(count > 9, "many"), when(count > 1, "some")).otherwise("few")),
              (Execution{R"(CASE WHEN "count" > ?1 THEN ?2 WHEN "count" > ?3 THEN ?4 ELSE ?5 END)",
                         {9, "many", 1, "some", "few"}}));
    EXPECT_EQ(selected(case_(when(flag, count * 2)).otherwise(rank)),
              (Execution{R"(CASE WHEN "flag" THEN "count" * ?1 ELSE "rank" END)", {2}}));
}

TEST_F(SqlCase, is_null_where_no_condition_is_true) {
    static_assert(gives<std::optional<std::string>>(case_(when(count > 1, "many"))));
    static_assert(gives<std::string>(case_(when(count > 1, "many")).otherwise("few")));
    static_assert(gives<std::string>(case_(when(rank > 1, "many")).otherwise(name)));
    static_assert(gives<std::optional<std::string>>(case_(when(count > 1, note)).otherwise("few")));
    static_assert(gives<std::optional<std::string>>(case_(when(count > 1, "many")).otherwise(note)));
    static_assert(
        gives<std::optional<std::string>>(case_(when(count > 1, std::nullopt), when(flag, name)).otherwise(name)));
    static_assert(gives<std::optional<int>>(case_(when(count > 1, std::nullopt)).otherwise(count)));
}

TEST_F(SqlCase, gives_a_type_that_holds_all_values) {
    static_assert(gives<int>(case_(when(count > 1, 1)).otherwise(0)));
    static_assert(gives<double>(case_(when(count > 1, 1)).otherwise(weight)));
    static_assert(gives<std::int64_t>(case_(when(count > 1, count)).otherwise(std::int64_t{0})));
    static_assert(gives<Color>(case_(when(count > 1, Color::red)).otherwise(Color::green)));
}

TEST_F(SqlCase, binds_a_value_with_the_codec_of_the_expression_beside_it) {
    EXPECT_EQ(selected(case_(when(flag, Color::green)).otherwise(col<&Item::shade>)).values,
              (mica::test::RecordedValues{"green"}));
    EXPECT_EQ(selected(case_(when(flag, std::chrono::sys_days{}), when(count > 1, col<&Item::seen>))).values,
              (mica::test::RecordedValues{"1970-01-01 00:00:00", 1}));
}

TEST_F(SqlCase, is_a_condition_where_its_values_are) {
    EXPECT_EQ(run(select(name).where(case_(when(count > 1, flag)).otherwise(false) && !flag)).sql,
              R"(SELECT "Item"."name" FROM "Item" WHERE CASE WHEN "Item"."count" > ?1 THEN "Item"."flag" ELSE ?2 END )"
              R"(AND NOT "Item"."flag")");
}

TEST_F(SqlCase, stands_in_aggregates_and_orders) {
    EXPECT_EQ(selected(sum(case_(when(count > 1, count)).otherwise(0))),
              (Execution{R"(sum(CASE WHEN "count" > ?1 THEN "count" ELSE ?2 END))", {1, 0}}));
    EXPECT_EQ(run(select(name).order_by(case_(when(name == "first", 0)).otherwise(1), name)),
              (Execution{R"(SELECT "Item"."name" FROM "Item" )"
                         R"(ORDER BY CASE WHEN "Item"."name" = ?1 THEN ?2 ELSE ?3 END, "Item"."name")",
                         {"first", 0, 1}}));
    EXPECT_EQ(selected(case_(when(mica::count() > 1, sum(count))).otherwise(0)).sql,
              R"(CASE WHEN count(*) > ?1 THEN sum("count") ELSE ?2 END)");
}

TEST_F(SqlCast, is_to_the_type_that_is_stored) {
    EXPECT_EQ(selected(name.cast<int>()), (Execution{R"(CAST("name" AS INTEGER))", {}}));
    EXPECT_EQ(selected(count.cast<double>()), (Execution{R"(CAST("count" AS REAL))", {}}));
    EXPECT_EQ(selected((count + 1).cast<std::string>()), (Execution{R"(CAST("count" + ?1 AS TEXT))", {1}}));
    EXPECT_EQ(selected(name.cast<std::vector<std::byte>>()), (Execution{R"(CAST("name" AS BLOB))", {}}));
    EXPECT_EQ(selected(count.cast<Color>()), (Execution{R"(CAST("count" AS INTEGER))", {}}));
    EXPECT_EQ(selected(name.cast<mica::EnumText<Color>>()), (Execution{R"(CAST("name" AS TEXT))", {}}));
}

TEST_F(SqlCast, is_null_where_its_operand_is) {
    static_assert(gives<int>(name.cast<int>()));
    static_assert(gives<std::optional<int>>(note.cast<int>()));
    static_assert(gives<std::optional<int>>(name.cast<std::optional<int>>()));
    static_assert(gives<Color>(count.cast<Color>()));
}

TEST_F(SqlCollate, binds_more_tightly_than_all_but_signs) {
    EXPECT_EQ(selected(name.collate<"NOCASE">() == "x"), (Execution{R"("name" COLLATE "NOCASE" = ?1)", {"x"}}));
    EXPECT_EQ(selected((name || "x").collate<"RTRIM">()), (Execution{R"(("name" || ?1) COLLATE "RTRIM")", {"x"}}));
    EXPECT_EQ(selected(name || name.collate<"NOCASE">()), (Execution{R"("name" || "name" COLLATE "NOCASE")", {}}));
    EXPECT_EQ(selected(name.collate<"my \"own\"">()), (Execution{R"("name" COLLATE "my ""own""")", {}}));
    static_assert(gives<std::optional<std::string>>(note.collate<"NOCASE">()));
}

TEST_F(SqlCollate, sorts_and_groups) {
    EXPECT_EQ(run(select(name).order_by(name.collate<"NOCASE">().desc())).sql,
              R"(SELECT "Item"."name" FROM "Item" ORDER BY "Item"."name" COLLATE "NOCASE" DESC)");
    EXPECT_EQ(run(select(mica::count(), name.collate<"NOCASE">()).group_by(name.collate<"NOCASE">())).sql,
              R"(SELECT count(*), "Item"."name" COLLATE "NOCASE" FROM "Item" GROUP BY "Item"."name" COLLATE "NOCASE")");
}

TEST_F(SqlLabel, names_what_is_selected) {
    EXPECT_EQ(run(select(name.as<"title">(), (count + 1).as<"a \"b\"">())),
              (Execution{R"(SELECT "Item"."name" AS "title", "Item"."count" + ?1 AS "a ""b""" FROM "Item")", {1}}));
    static_assert(gives<std::optional<std::string>>(note.as<"x">()));
}

TEST_F(SqlLabel, stands_for_what_it_names_in_orders_and_groups) {
    const auto twice = (count * 2).as<"twice">();
    EXPECT_EQ(
        run(select(twice, mica::count()).group_by(twice).order_by(twice.desc())),
        (Execution{R"(SELECT "Item"."count" * ?1 AS "twice", count(*) FROM "Item" GROUP BY 1 ORDER BY "twice" DESC)",
                   {2}}));
}

TEST_F(SqlLabel, is_the_expression_itself_elsewhere) {
    const auto twice = (count * 2).as<"twice">();
    EXPECT_EQ(selected(twice + 1), (Execution{R"("count" * ?1 + ?2)", {2, 1}}));
    EXPECT_EQ(selected((count + 1).as<"x">() * 2), (Execution{R"(("count" + ?1) * ?2)", {1, 2}}));
    EXPECT_EQ(
        run(select(name).where(twice > 3).order_by(twice)),
        (Execution{R"(SELECT "Item"."name" FROM "Item" WHERE "Item"."count" * ?1 > ?2 ORDER BY "Item"."count" * ?3)",
                   {2, 3, 2}}));
}

}  // namespace
}  // namespace sql_case
