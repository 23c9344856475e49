// SPDX-License-Identifier: BSL-1.0
#include <support/selected_expression.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sql_choice {

enum class Color { red, green };

struct Item {
    std::int64_t id = 0;
    std::string name;
    std::optional<std::string> note;
    int count = 0;
    std::optional<int> rank;
    std::optional<std::int64_t> large;
    double weight = 0;
    std::optional<Color> color;
    mica::EnumText<Color> shade;
    std::optional<std::chrono::sys_seconds> seen;
    std::optional<bool> flag;
};

namespace {

using mica::col;
using mica::select;
using mica::test::Execution;
using mica::test::gives;
using sql_choice::Color;
using sql_choice::Item;
using namespace std::chrono_literals;

constexpr auto name = col<&Item::name>;
constexpr auto note = col<&Item::note>;
constexpr auto count = col<&Item::count>;
constexpr auto rank = col<&Item::rank>;
constexpr auto large = col<&Item::large>;
constexpr auto color = col<&Item::color>;
constexpr auto seen = col<&Item::seen>;
constexpr auto flag = col<&Item::flag>;

struct SqlChoice : mica::test::SelectedExpression<Item> {};

TEST_F(SqlChoice, coalesces) {
    EXPECT_EQ(selected(coalesce(note, "none")), (Execution{R"(coalesce("note", ?1))", {"none"}}));
    EXPECT_EQ(selected(coalesce(rank, large, count)), (Execution{R"(coalesce("rank", "large", "count"))", {}}));
    EXPECT_EQ(selected(ifnull(rank, 0)), (Execution{R"(ifnull("rank", ?1))", {0}}));
    EXPECT_EQ(selected(nullif(count, 0)), (Execution{R"(nullif("count", ?1))", {0}}));
    EXPECT_EQ(selected(iif(rank > 1, "much", note)), (Execution{R"(iif("rank" > ?1, ?2, "note"))", {1, "much"}}));
}

TEST_F(SqlChoice, is_null_only_where_all_values_are) {
    static_assert(gives<std::string>(coalesce(note, "none")));
    static_assert(gives<std::string>(coalesce(note, name)));
    static_assert(gives<std::optional<std::string>>(coalesce(note, std::nullopt)));
    static_assert(gives<std::optional<std::string>>(coalesce(note, std::optional<std::string>{})));
    static_assert(gives<std::int64_t>(coalesce(rank, large, 0)));
    static_assert(gives<int>(ifnull(rank, 0)));
    static_assert(gives<std::optional<int>>(nullif(count, 0)));
}

TEST_F(SqlChoice, asks_no_more_of_a_condition_than_whether_it_is_true) {
    static_assert(gives<std::string>(iif(rank > 1, "a", "b")));
    static_assert(gives<std::optional<std::string>>(iif(rank > 1, "a", note)));
    static_assert(gives<std::optional<int>>(iif(count > 1, count, std::nullopt)));
}

TEST_F(SqlChoice, gives_a_type_that_holds_all_values) {
    static_assert(gives<int>(coalesce(rank, 0)));
    static_assert(gives<std::int64_t>(coalesce(rank, std::int64_t{0})));
    static_assert(gives<std::int64_t>(coalesce(large, 0)));
    static_assert(gives<double>(coalesce(rank, 0.5)));
    static_assert(gives<bool>(coalesce(flag, false)));
    static_assert(gives<Color>(coalesce(color, Color::red)));
    static_assert(gives<std::chrono::sys_seconds>(coalesce(seen, std::chrono::sys_seconds{})));
}

TEST_F(SqlChoice, binds_a_value_with_the_codec_of_the_expression_beside_it) {
    EXPECT_EQ(selected(coalesce(color, Color::green)).values, (mica::test::RecordedValues{1}));
    EXPECT_EQ(selected(iif(count > 1, col<&Item::shade>, Color::green)).values,
              (mica::test::RecordedValues{1, "green"}));
    EXPECT_EQ(selected(iif(count > 1, Color::green, col<&Item::shade>)).values,
              (mica::test::RecordedValues{1, "green"}));
    EXPECT_EQ(selected(coalesce(seen, std::chrono::sys_days{2012y / 10 / 15})).values,
              (mica::test::RecordedValues{"2012-10-15 00:00:00"}));
}

TEST_F(SqlChoice, is_a_condition_where_its_values_are) {
    EXPECT_EQ(run(select(count).where(coalesce(flag, false) || iif(rank > 1, true, flag))),
              (Execution{R"(SELECT "Item"."count" FROM "Item" )"
                         R"(WHERE coalesce("Item"."flag", ?1) OR iif("Item"."rank" > ?2, ?3, "Item"."flag"))",
                         {0, 1, 1}}));
}

TEST_F(SqlChoice, finds_the_smallest_and_the_largest_of_several) {
    EXPECT_EQ(selected(min(count, 3)), (Execution{R"(min("count", ?1))", {3}}));
    EXPECT_EQ(selected(max(count, rank, 2.5)), (Execution{R"(max("count", "rank", ?1))", {2.5}}));
    EXPECT_EQ(selected(max(name, "m")), (Execution{R"(max("name", ?1))", {"m"}}));
    static_assert(gives<int>(min(count, 3)));
    static_assert(gives<std::optional<double>>(max(count, rank, 2.5)));
    static_assert(gives<std::string>(max(name, "m")));
}

TEST_F(SqlChoice, is_not_mistaken_for_that_of_the_standard_library) {
    const auto longer = name || "x";
    const auto as_long = name || "y";
    EXPECT_EQ(selected(max(longer, as_long)), (Execution{R"(max("name" || ?1, "name" || ?2))", {"x", "y"}}));
    EXPECT_EQ(selected(min(longer, as_long)), (Execution{R"(min("name" || ?1, "name" || ?2))", {"x", "y"}}));
}

TEST_F(SqlChoice, takes_values_alone) {
    EXPECT_EQ(selected(mica::coalesce(1, 2)), (Execution{"coalesce(?1, ?2)", {1, 2}}));
    EXPECT_EQ(selected(mica::max("a", std::string{"b"})), (Execution{"max(?1, ?2)", {"a", "b"}}));
}

TEST_F(SqlChoice, takes_the_values_of_selects) {
    EXPECT_EQ(selected(coalesce(select(note).where(count == 1), "none")),
              (Execution{R"(coalesce((SELECT "note" FROM "Item" WHERE "count" = ?1), ?2))", {1, "none"}}));
    static_assert(gives<std::string>(coalesce(select(note), "none")));
}

}  // namespace
}  // namespace sql_choice
