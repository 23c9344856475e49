// SPDX-License-Identifier: BSL-1.0
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

namespace sql_group_by_names {

struct Sale {
    std::int64_t id = 0;
    std::string place;
    int amount = 0;
};

}  // namespace sql_group_by_names

namespace {

using mica::col;
using mica::count;
using mica::select;
using sql_group_by_names::Sale;

constexpr auto size = mica::case_(mica::when(col<&Sale::amount> < 10, "small")).otherwise("large");

TEST(SqlGroupByNames, a_selected_name_is_grouped_and_sorted_by) {
    const auto label = size.as<"size">();
    EXPECT_EQ(select(label, count()).group_by(label).order_by(label.desc()).sql(),
              R"(SELECT CASE WHEN "Sale"."amount" < ?1 THEN ?2 ELSE ?3 END AS "size", count(*) FROM "Sale" )"
              R"(GROUP BY "size" ORDER BY "size" DESC)");
}

TEST(SqlGroupByNames, the_expression_is_the_same_with_and_without_its_name) {
    const auto label = size.as<"size">();
    EXPECT_EQ(select(label, count()).group_by(label).order_by(size).sql(),
              R"(SELECT CASE WHEN "Sale"."amount" < ?1 THEN ?2 ELSE ?3 END AS "size", count(*) FROM "Sale" )"
              R"(GROUP BY "size" ORDER BY CASE WHEN "Sale"."amount" < ?4 THEN ?5 ELSE ?6 END)");
    EXPECT_EQ(select(col<&Sale::place>.as<"where">(), count()).group_by(col<&Sale::place>).sql(),
              R"(SELECT "Sale"."place" AS "where", count(*) FROM "Sale" GROUP BY "Sale"."place")");
}

TEST(SqlGroupByNames, a_named_key_determines_the_columns_of_its_table) {
    const auto key = col<&Sale::id>.as<"key">();
    EXPECT_EQ(select(key, col<&Sale::place>, count()).group_by(key).sql(),
              R"(SELECT "Sale"."id" AS "key", "Sale"."place", count(*) FROM "Sale" GROUP BY "key")");
}

}  // namespace
