// SPDX-License-Identifier: BSL-1.0
#include <support/selected_expression.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>

namespace sql_aggregates {

enum class Color { red, green };

struct Item {
    std::int64_t id = 0;
    std::string name;
    int count = 0;
    std::optional<int> rank;
    double weight = 0;
    float ratio = 0;
    bool flag = false;
    Color color = Color::red;
    mica::EnumText<Color> shade;
    std::chrono::sys_days day;
    std::chrono::milliseconds length{};
};

namespace {

using mica::col;
using mica::select;
using mica::test::Execution;
using mica::test::gives;
using sql_aggregates::Color;
using sql_aggregates::Item;

constexpr auto name = col<&Item::name>;
constexpr auto count = col<&Item::count>;
constexpr auto rank = col<&Item::rank>;
constexpr auto weight = col<&Item::weight>;
constexpr auto flag = col<&Item::flag>;
constexpr auto color = col<&Item::color>;

struct SqlAggregates : mica::test::SelectedExpression<Item> {};

TEST_F(SqlAggregates, count) {
    EXPECT_EQ(selected(mica::count()), (Execution{"count(*)", {}}));
    EXPECT_EQ(selected(mica::count(rank)), (Execution{R"(count("rank"))", {}}));
    EXPECT_EQ(selected(count_distinct(color)), (Execution{R"(count(DISTINCT "color"))", {}}));
    static_assert(gives<std::int64_t>(mica::count()));
    static_assert(gives<std::int64_t>(mica::count(rank)));
    static_assert(gives<std::int64_t>(count_distinct(rank)));
}

TEST_F(SqlAggregates, add_up) {
    EXPECT_EQ(selected(sum(count)), (Execution{R"(sum("count"))", {}}));
    EXPECT_EQ(selected(sum(count * weight)), (Execution{R"(sum("count" * "weight"))", {}}));
    EXPECT_EQ(selected(sum(count > 3)), (Execution{R"(sum("count" > ?1))", {3}}));
    EXPECT_EQ(selected(total(rank)), (Execution{R"(total("rank"))", {}}));
    EXPECT_EQ(selected(avg(rank)), (Execution{R"(avg("rank"))", {}}));
    EXPECT_EQ(selected(sum(count).distinct()), (Execution{R"(sum(DISTINCT "count"))", {}}));
}

TEST_F(SqlAggregates, of_numbers_may_have_no_row_to_add) {
    static_assert(gives<std::optional<std::int64_t>>(sum(count)));
    static_assert(gives<std::optional<std::int64_t>>(sum(rank)));
    static_assert(gives<std::optional<std::int64_t>>(sum(flag)));
    static_assert(gives<std::optional<double>>(sum(weight)));
    static_assert(gives<std::optional<double>>(sum(col<&Item::ratio>)));
    static_assert(gives<std::optional<std::chrono::milliseconds>>(sum(col<&Item::length>)));
    static_assert(gives<std::optional<double>>(avg(count)));
    static_assert(gives<double>(total(count)));
    static_assert(gives<std::int64_t>(coalesce(sum(count), 0)));
}

TEST_F(SqlAggregates, keep_the_type_of_the_smallest_and_the_largest) {
    EXPECT_EQ(selected(min(name)), (Execution{R"(min("name"))", {}}));
    EXPECT_EQ(selected(max(color)), (Execution{R"(max("color"))", {}}));
    static_assert(gives<std::optional<std::string>>(min(name)));
    static_assert(gives<std::optional<int>>(max(count)));
    static_assert(gives<std::optional<float>>(max(col<&Item::ratio>)));
    static_assert(gives<std::optional<Color>>(min(color)));
    static_assert(gives<std::optional<mica::EnumText<Color>>>(min(col<&Item::shade>)));
    static_assert(gives<std::optional<std::chrono::sys_days>>(max(col<&Item::day>)));
}

TEST_F(SqlAggregates, put_texts_together) {
    EXPECT_EQ(selected(group_concat(name)), (Execution{R"(group_concat("name"))", {}}));
    EXPECT_EQ(selected(group_concat(count, " / ")), (Execution{R"(group_concat("count", ?1))", {" / "}}));
    EXPECT_EQ(selected(group_concat(name).distinct()), (Execution{R"(group_concat(DISTINCT "name"))", {}}));
    static_assert(gives<std::optional<std::string>>(group_concat(count)));
}

TEST_F(SqlAggregates, see_only_the_rows_of_their_filter) {
    EXPECT_EQ(selected(mica::count().filter(count > 2)), (Execution{R"(count(*) FILTER (WHERE "count" > ?1))", {2}}));
    EXPECT_EQ(selected(group_concat(name, "+").filter(flag).filter(rank < 3)),
              (Execution{R"(group_concat("name", ?1) FILTER (WHERE "flag" AND "rank" < ?2))", {"+", 3}}));
    EXPECT_EQ(selected(count_distinct(name).filter(!flag)),
              (Execution{R"(count(DISTINCT "name") FILTER (WHERE NOT "flag"))", {}}));
}

TEST_F(SqlAggregates, calculate_and_compare) {
    EXPECT_EQ(selected(sum(count) * 100 / mica::count()), (Execution{R"(sum("count") * ?1 / count(*))", {100}}));
    EXPECT_EQ(selected(round(avg(weight), 2)), (Execution{R"(round(avg("weight"), ?1))", {2}}));
    EXPECT_EQ(selected(max(color) == Color::green), (Execution{R"(max("color") = ?1)", {1}}));
}

TEST_F(SqlAggregates, stand_beside_grouped_columns) {
    const auto query = select(color, mica::count(), sum(count).as<"total">())
                           .group_by(color)
                           .having(mica::count() > 1 && avg(weight) < 2.5)
                           .order_by(sum(count).as<"total">().desc(), min(name));
    static_assert(std::same_as<decltype(query)::Row, std::tuple<Color, std::int64_t, std::optional<std::int64_t>>>);
    EXPECT_EQ(run(query), (Execution{R"(SELECT "Item"."color", count(*), sum("Item"."count") AS "total" FROM "Item" )"
                                     R"(GROUP BY "Item"."color" HAVING count(*) > ?1 AND avg("Item"."weight") < ?2 )"
                                     R"(ORDER BY "total" DESC, min("Item"."name"))",
                                     {1, 2.5}}));
}

TEST_F(SqlAggregates, of_a_whole_table_make_one_row) {
    static_assert(gives<std::int64_t>(select(mica::count()).from<Item>().scalar_subquery()));
    EXPECT_EQ(run(select(name).where(count == select(max(count)))),
              (Execution{R"(SELECT "Item"."name" FROM "Item" )"
                         R"(WHERE "Item"."count" = (SELECT max("Item"."count") FROM "Item"))",
                         {}}));
}

}  // namespace
}  // namespace sql_aggregates
