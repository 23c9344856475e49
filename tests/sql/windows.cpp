// SPDX-License-Identifier: BSL-1.0
#include <support/selected_expression.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>

namespace sql_windows {

struct Sale {
    std::int64_t id = 0;
    std::string city;
    int amount = 0;
    std::optional<int> rebate;
    double price = 0;
};

namespace {

using mica::col;
using mica::current_row;
using mica::following;
using mica::groups_between;
using mica::order_by;
using mica::partition_by;
using mica::preceding;
using mica::range_between;
using mica::rows_between;
using mica::select;
using mica::unbounded_following;
using mica::unbounded_preceding;
using mica::test::Execution;
using mica::test::gives;
using sql_windows::Sale;

constexpr auto city = col<&Sale::city>;
constexpr auto amount = col<&Sale::amount>;
constexpr auto rebate = col<&Sale::rebate>;
constexpr auto price = col<&Sale::price>;

struct SqlWindows : mica::test::SelectedExpression<Sale> {
    /// The text of a frame and its values.
    template <class Frame>
    Execution frame(const Frame& frame) {
        Execution execution = selected(sum(amount).over(order_by(price), frame));
        const std::string before = R"(sum("amount") OVER (ORDER BY "price" )";
        EXPECT_TRUE(execution.sql.starts_with(before) && execution.sql.ends_with(")")) << execution;
        execution.sql = execution.sql.substr(before.size(), execution.sql.size() - before.size() - 1);
        return execution;
    }
};

TEST_F(SqlWindows, take_any_of_their_parts) {
    EXPECT_EQ(selected(sum(amount).over()), (Execution{R"(sum("amount") OVER ())", {}}));
    EXPECT_EQ(selected(sum(amount).over(partition_by(city, rebate))),
              (Execution{R"(sum("amount") OVER (PARTITION BY "city", "rebate"))", {}}));
    EXPECT_EQ(selected(sum(amount).over(order_by(price.desc(), rebate.nulls_last()))),
              (Execution{R"(sum("amount") OVER (ORDER BY "price" DESC, "rebate" NULLS LAST))", {}}));
    EXPECT_EQ(selected(sum(amount).over(rows_between(unbounded_preceding, current_row))),
              (Execution{R"(sum("amount") OVER (ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW))", {}}));
    EXPECT_EQ(
        selected(mica::count().over(partition_by(city), order_by(price), rows_between(preceding(1), following(1)))),
        (Execution{R"(count(*) OVER (PARTITION BY "city" ORDER BY "price" )"
                   R"(ROWS BETWEEN ?1 PRECEDING AND ?2 FOLLOWING))",
                   {1, 1}}));
}

TEST_F(SqlWindows, have_frames) {
    EXPECT_EQ(frame(rows_between(preceding(5), following(20))),
              (Execution{"ROWS BETWEEN ?1 PRECEDING AND ?2 FOLLOWING", {5, 20}}));
    EXPECT_EQ(frame(rows_between(following(1), unbounded_following)),
              (Execution{"ROWS BETWEEN ?1 FOLLOWING AND UNBOUNDED FOLLOWING", {1}}));
    EXPECT_EQ(frame(range_between(preceding(2.5), current_row)),
              (Execution{"RANGE BETWEEN ?1 PRECEDING AND CURRENT ROW", {2.5}}));
    EXPECT_EQ(frame(range_between(unbounded_preceding, unbounded_following)),
              (Execution{"RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING", {}}));
    EXPECT_EQ(frame(groups_between(preceding(2), preceding(1))),
              (Execution{"GROUPS BETWEEN ?1 PRECEDING AND ?2 PRECEDING", {2, 1}}));
}

TEST_F(SqlWindows, leave_rows_out) {
    EXPECT_EQ(frame(rows_between(unbounded_preceding, unbounded_following).exclude_current_row()).sql,
              "ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING EXCLUDE CURRENT ROW");
    EXPECT_EQ(frame(groups_between(current_row, current_row).exclude_group()).sql,
              "GROUPS BETWEEN CURRENT ROW AND CURRENT ROW EXCLUDE GROUP");
    EXPECT_EQ(frame(rows_between(current_row, unbounded_following).exclude_ties()).sql,
              "ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING EXCLUDE TIES");
}

TEST_F(SqlWindows, take_filtered_aggregates) {
    EXPECT_EQ(
        selected(
            group_concat(city, "-").filter(amount > 1).over(order_by(price), rows_between(preceding(2), current_row))),
        (Execution{R"(group_concat("city", ?1) FILTER (WHERE "amount" > ?2) )"
                   R"(OVER (ORDER BY "price" ROWS BETWEEN ?3 PRECEDING AND CURRENT ROW))",
                   {"-", 1, 2}}));
}

TEST_F(SqlWindows, number_the_rows) {
    EXPECT_EQ(selected(mica::row_number().over()), (Execution{"row_number() OVER ()", {}}));
    EXPECT_EQ(selected(mica::rank().over(order_by(price))), (Execution{R"(rank() OVER (ORDER BY "price"))", {}}));
    EXPECT_EQ(selected(mica::dense_rank().over(order_by(price))),
              (Execution{R"(dense_rank() OVER (ORDER BY "price"))", {}}));
    EXPECT_EQ(selected(mica::percent_rank().over(order_by(price))),
              (Execution{R"(percent_rank() OVER (ORDER BY "price"))", {}}));
    EXPECT_EQ(selected(mica::cume_dist().over(order_by(price))),
              (Execution{R"(cume_dist() OVER (ORDER BY "price"))", {}}));
    EXPECT_EQ(selected(mica::ntile(4).over(order_by(price))), (Execution{R"(ntile(?1) OVER (ORDER BY "price"))", {4}}));
    static_assert(gives<std::int64_t>(mica::row_number().over()));
    static_assert(gives<std::int64_t>(mica::rank().over(order_by(rebate))));
    static_assert(gives<double>(mica::percent_rank().over(order_by(rebate))));
    static_assert(gives<std::int64_t>(mica::ntile(4).over()));
}

TEST_F(SqlWindows, look_at_neighbours) {
    EXPECT_EQ(selected(lag(amount).over(order_by(price))), (Execution{R"(lag("amount") OVER (ORDER BY "price"))", {}}));
    EXPECT_EQ(selected(lag(amount, 2).over(order_by(price))),
              (Execution{R"(lag("amount", ?1) OVER (ORDER BY "price"))", {2}}));
    EXPECT_EQ(selected(lead(amount, 1, 0).over(order_by(price))),
              (Execution{R"(lead("amount", ?1, ?2) OVER (ORDER BY "price"))", {1, 0}}));
    static_assert(gives<std::optional<int>>(lag(amount).over()));
    static_assert(gives<std::optional<int>>(lead(amount, 2).over()));
    static_assert(gives<int>(lag(amount, 1, 0).over()));
    static_assert(gives<std::optional<int>>(lag(rebate, 1, 0).over()));
    static_assert(gives<std::string>(lag(city, 1, "none").over()));
}

TEST_F(SqlWindows, look_at_the_ends_of_the_frame) {
    EXPECT_EQ(selected(first_value(city).over(order_by(price))),
              (Execution{R"(first_value("city") OVER (ORDER BY "price"))", {}}));
    EXPECT_EQ(selected(last_value(city).over(order_by(price))),
              (Execution{R"(last_value("city") OVER (ORDER BY "price"))", {}}));
    EXPECT_EQ(selected(nth_value(city, 2).over(order_by(price))),
              (Execution{R"(nth_value("city", ?1) OVER (ORDER BY "price"))", {2}}));
}

TEST_F(SqlWindows, have_a_first_row_where_the_frame_holds_the_current_one) {
    static_assert(gives<std::string>(first_value(city).over()));
    static_assert(gives<std::optional<int>>(first_value(rebate).over()));
    static_assert(gives<std::string>(last_value(city).over(rows_between(preceding(1), following(1)))));
    static_assert(gives<std::string>(first_value(city).over(groups_between(current_row, following(1)).exclude_ties())));
    static_assert(gives<std::optional<std::string>>(first_value(city).over(rows_between(preceding(2), preceding(1)))));
    static_assert(gives<std::optional<std::string>>(
        last_value(city).over(rows_between(current_row, following(1)).exclude_current_row())));
    static_assert(gives<std::optional<std::string>>(nth_value(city, 1).over()));
}

TEST_F(SqlWindows, take_aggregates_of_groups) {
    const auto query =
        select(city, sum(sum(amount)).over(order_by(city)), mica::rank().over(order_by(mica::count().desc())))
            .group_by(city);
    EXPECT_EQ(run(query),
              (Execution{R"(SELECT "Sale"."city", sum(sum("Sale"."amount")) OVER (ORDER BY "Sale"."city"), )"
                         R"(rank() OVER (ORDER BY count(*) DESC) FROM "Sale" GROUP BY "Sale"."city")",
                         {}}));
}

TEST_F(SqlWindows, take_terms_of_group_by) {
    const auto initial = substr(city, 1, 1);
    const auto query = select(mica::count(), mica::rank().over(order_by(initial))).group_by(initial);
    EXPECT_EQ(run(query).sql, R"(SELECT count(*), rank() OVER (ORDER BY substr("Sale"."city", ?1, ?2)) FROM "Sale" )"
                              R"(GROUP BY substr("Sale"."city", ?3, ?4))");
}

TEST_F(SqlWindows, stand_beside_columns_and_sort_the_rows) {
    const auto place = mica::row_number().over(partition_by(city), order_by(amount.desc()));
    EXPECT_EQ(run(select(city, place.as<"place">()).order_by(place.as<"place">())),
              (Execution{R"(SELECT "Sale"."city", row_number() OVER (PARTITION BY "Sale"."city" )"
                         R"(ORDER BY "Sale"."amount" DESC) AS "place" FROM "Sale" ORDER BY "place")",
                         {}}));
    EXPECT_EQ(selected(iif(place == 1, "best", "other")),
              (Execution{R"(iif(row_number() OVER (PARTITION BY "city" ORDER BY "amount" DESC) = ?1, ?2, ?3))",
                         {1, "best", "other"}}));
}

}  // namespace
}  // namespace sql_windows
