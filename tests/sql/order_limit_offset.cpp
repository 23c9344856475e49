// SPDX-License-Identifier: BSL-1.0
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>

namespace sql_order {

struct Row {
    std::int64_t id = 0;
    int x = 0;
    std::string name;
};

namespace {

using mica::col;
using mica::select;
using mica::test::Execution;
using sql_order::Row;

constexpr auto x = col<&Row::x>;
constexpr auto name = col<&Row::name>;
constexpr auto rows = select(x);

struct SqlOrder : mica::test::RecordedSql {
    /// What follows the table's name.
    template <class Query>
    Execution tail(const Query& query) {
        Execution execution = run(query);
        const std::string before = R"(SELECT "Row"."x" FROM "Row" )";
        EXPECT_TRUE(execution.sql.starts_with(before)) << execution;
        execution.sql.erase(0, before.size());
        return execution;
    }
};

TEST_F(SqlOrder, sorts_by_columns_up_and_down) {
    EXPECT_EQ(tail(rows.order_by(x)).sql, R"(ORDER BY "Row"."x")");
    EXPECT_EQ(tail(rows.order_by(x.asc())).sql, R"(ORDER BY "Row"."x")");
    EXPECT_EQ(tail(rows.order_by(x.desc())).sql, R"(ORDER BY "Row"."x" DESC)");
    EXPECT_EQ(tail(rows.order_by(x.desc(), name, col<&Row::id>.asc())).sql,
              R"(ORDER BY "Row"."x" DESC, "Row"."name", "Row"."id")");
}

TEST_F(SqlOrder, sorts_by_expressions) {
    EXPECT_EQ(tail(rows.order_by((x * 2 + 1).desc())), (Execution{R"(ORDER BY "Row"."x" * ?1 + ?2 DESC)", {2, 1}}));
    EXPECT_EQ(tail(rows.order_by(x == 1 || x == 2, name || "a")),
              (Execution{R"(ORDER BY "Row"."x" = ?1 OR "Row"."x" = ?2, "Row"."name" || ?3)", {1, 2, "a"}}));
}

TEST_F(SqlOrder, goes_on_with_a_second_call) {
    EXPECT_EQ(tail(rows.order_by(x % 5).order_by(name.desc(), x)),
              (Execution{R"(ORDER BY "Row"."x" % ?1, "Row"."name" DESC, "Row"."x")", {5}}));
}

TEST_F(SqlOrder, limits) {
    static_assert(decltype(rows.limit(2))::sql() == R"(SELECT "Row"."x" FROM "Row" LIMIT ?1)");
    EXPECT_EQ(tail(rows.limit(2)), (Execution{"LIMIT ?1", {2}}));
    EXPECT_EQ(tail(rows.limit(0)), (Execution{"LIMIT ?1", {0}}));
    EXPECT_EQ(tail(rows.limit(1 + 2)), (Execution{"LIMIT ?1", {3}}));
}

TEST_F(SqlOrder, needs_a_limit_for_an_offset_alone) {
    static_assert(decltype(rows.offset(2))::sql() == R"(SELECT "Row"."x" FROM "Row" LIMIT -1 OFFSET ?1)");
    EXPECT_EQ(tail(rows.offset(2)), (Execution{"LIMIT -1 OFFSET ?1", {2}}));
    EXPECT_EQ(tail(rows.offset(0)), (Execution{"LIMIT -1 OFFSET ?1", {0}}));
}

TEST_F(SqlOrder, limits_behind_an_offset) {
    EXPECT_EQ(tail(rows.limit(3).offset(2)), (Execution{"LIMIT ?1 OFFSET ?2", {3, 2}}));
    EXPECT_EQ(tail(rows.offset(2).limit(3)), (Execution{"LIMIT ?1 OFFSET ?2", {3, 2}}));
    EXPECT_EQ(tail(rows.limit(1).limit(2)), (Execution{"LIMIT ?1", {2}}));
}

TEST_F(SqlOrder, says_where_null_goes) {
    EXPECT_EQ(tail(rows.order_by(x.nulls_first(), x.desc().nulls_last(), x.asc().nulls_first())).sql,
              R"(ORDER BY "Row"."x" NULLS FIRST, "Row"."x" DESC NULLS LAST, "Row"."x" NULLS FIRST)");
}

TEST_F(SqlOrder, has_the_same_type_for_other_values) {
    static_assert(std::same_as<decltype(rows.limit(1).offset(2)), decltype(rows.limit(3).offset(4))>);
}

TEST_F(SqlOrder, limits_the_first_row_of_an_ordered_query_only) {
    static_cast<void>(connection.first(rows.order_by(x)));
    EXPECT_EQ(recording.last(), (Execution{R"(SELECT "Row"."x" FROM "Row" ORDER BY "Row"."x" LIMIT ?1)", {1}}));
    static_cast<void>(connection.first(rows));
    EXPECT_EQ(recording.last(), (Execution{R"(SELECT "Row"."x" FROM "Row")"}));
    static_cast<void>(connection.first(rows.order_by(x).limit(5)));
    EXPECT_EQ(recording.last(), (Execution{R"(SELECT "Row"."x" FROM "Row" ORDER BY "Row"."x" LIMIT ?1)", {5}}));
    static_cast<void>(connection.first(rows.order_by(x).offset(5)));
    EXPECT_EQ(recording.last().values, mica::test::RecordedValues{5});
}

TEST_F(SqlOrder, is_limited_by_the_size_of_a_container_too) {
    static_cast<void>(connection.all(rows.limit(std::string{"abc"}.size()).offset(std::size_t{1})));
    EXPECT_EQ(recording.last().values, (mica::test::RecordedValues{3, 1}));
}

TEST_F(SqlOrder, takes_a_number_that_no_column_holds_for_the_largest_one) {
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    static_cast<void>(connection.all(rows.limit(std::numeric_limits<std::size_t>::max())));
    EXPECT_EQ(recording.last().values, (mica::test::RecordedValues{most}));
}

}  // namespace
}  // namespace sql_order
