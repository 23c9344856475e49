// SPDX-License-Identifier: BSL-1.0
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sql_where {

struct Item {
    std::int64_t id = 0;
    int x = 0;
    std::optional<int> y;
    bool flag = false;
    double weight = 0;
    std::string name;
};

namespace {

using mica::col;
using mica::select;
using mica::test::Execution;
using mica::test::RecordedValues;
using sql_where::Item;

constexpr auto x = col<&Item::x>;
constexpr auto y = col<&Item::y>;
constexpr auto flag = col<&Item::flag>;
constexpr auto weight = col<&Item::weight>;
constexpr auto name = col<&Item::name>;

struct SqlWhere : mica::test::RecordedSql {
    /// The condition's text and its values.
    template <class Condition>
    Execution where(const Condition& condition) {
        Execution execution = run(select(col<&Item::id>).where(condition));
        const std::string before = R"(SELECT "Item"."id" FROM "Item" WHERE )";
        EXPECT_TRUE(execution.sql.starts_with(before)) << execution;
        execution.sql.erase(0, before.size());
        return execution;
    }
};

TEST_F(SqlWhere, is_a_compile_time_text) {
    static_assert(decltype(select(col<&Item::id>).where(x == 1 && !flag))::sql() ==
                  R"(SELECT "Item"."id" FROM "Item" WHERE "Item"."x" = ?1 AND NOT "Item"."flag")");
    mica::test::show(select(col<&Item::id>).where(x >= y));
    static_assert(select(col<&Item::id>).where(x >= y).sql() ==
                  R"(SELECT "Item"."id" FROM "Item" WHERE "Item"."x" >= "Item"."y")");
}

TEST_F(SqlWhere, compares_a_column_with_a_value) {
    EXPECT_EQ(where(x == 1), (Execution{R"("Item"."x" = ?1)", {1}}));
    EXPECT_EQ(where(x != 1), (Execution{R"("Item"."x" <> ?1)", {1}}));
    EXPECT_EQ(where(x < 1), (Execution{R"("Item"."x" < ?1)", {1}}));
    EXPECT_EQ(where(x <= 1), (Execution{R"("Item"."x" <= ?1)", {1}}));
    EXPECT_EQ(where(x > 1), (Execution{R"("Item"."x" > ?1)", {1}}));
    EXPECT_EQ(where(x >= 1), (Execution{R"("Item"."x" >= ?1)", {1}}));
}

TEST_F(SqlWhere, compares_a_value_with_a_column) {
    EXPECT_EQ(where(1 == x), (Execution{R"(?1 = "Item"."x")", {1}}));
    EXPECT_EQ(where(1 != x), (Execution{R"(?1 <> "Item"."x")", {1}}));
    EXPECT_EQ(where(1 < x), (Execution{R"(?1 < "Item"."x")", {1}}));
    EXPECT_EQ(where(1 <= x), (Execution{R"(?1 <= "Item"."x")", {1}}));
    EXPECT_EQ(where(1 > x), (Execution{R"(?1 > "Item"."x")", {1}}));
    EXPECT_EQ(where(1 >= x), (Execution{R"(?1 >= "Item"."x")", {1}}));
}

TEST_F(SqlWhere, compares_two_columns) {
    EXPECT_EQ(where(x == y), (Execution{R"("Item"."x" = "Item"."y")"}));
    EXPECT_EQ(where(weight < x), (Execution{R"("Item"."weight" < "Item"."x")"}));
}

TEST_F(SqlWhere, binds_a_value_in_its_own_storage_class) {
    EXPECT_EQ(where(weight > 1).values, RecordedValues{1});
    EXPECT_EQ(where(weight > 1.0).values, RecordedValues{1.0});
    EXPECT_EQ(where(weight > 1.5F).values, RecordedValues{1.5});
    EXPECT_EQ(where(x == INT64_MIN).values, RecordedValues{INT64_MIN});
    EXPECT_EQ(where(x == std::uint32_t{4294967295U}).values, RecordedValues{INT64_C(4294967295)});
    EXPECT_EQ(where(flag == true).values, RecordedValues{1});
    EXPECT_EQ(where(false == flag).values, RecordedValues{0});
}

TEST_F(SqlWhere, binds_every_kind_of_string) {
    const std::string string = "string";
    const char* const pointer = "pointer";
    char buffer[] = "buffer";
    EXPECT_EQ(where(name == "literal").values, RecordedValues{"literal"});
    EXPECT_EQ(where(name == string).values, RecordedValues{"string"});
    EXPECT_EQ(where(name == std::string{"temporary"}).values, RecordedValues{"temporary"});
    EXPECT_EQ(where(name == std::string_view{"view"}).values, RecordedValues{"view"});
    EXPECT_EQ(where(name == pointer).values, RecordedValues{"pointer"});
    EXPECT_EQ(where(name == buffer).values, RecordedValues{"buffer"});
    EXPECT_EQ(where("literal" == name).values, RecordedValues{"literal"});
    EXPECT_EQ(where(name == "").values, RecordedValues{""});
}

TEST_F(SqlWhere, owns_what_is_not_a_literal) {
    std::string text = "first";
    char buffer[] = "first";
    const auto by_string = select<Item>().where(name == text);
    const auto by_view = select<Item>().where(name == std::string_view{text});
    const auto by_optional_view = select<Item>().where(name == std::optional<std::string_view>{text});
    const auto by_buffer = select<Item>().where(name == buffer);
    text = "other";
    buffer[0] = 'F';
    EXPECT_EQ(run(by_string).values, RecordedValues{"first"});
    EXPECT_EQ(run(by_view).values, RecordedValues{"first"});
    EXPECT_EQ(run(by_optional_view).values, RecordedValues{"first"});
    EXPECT_EQ(run(by_buffer).values, RecordedValues{"first"});
}

TEST_F(SqlWhere, binds_an_optional_as_its_value_or_null) {
    EXPECT_EQ(where(y == std::optional<int>{3}), (Execution{R"("Item"."y" IS ?1)", {3}}));
    EXPECT_EQ(where(y == std::optional<int>{}), (Execution{R"("Item"."y" IS ?1)", {std::nullopt}}));
}

TEST_F(SqlWhere, takes_a_bool_column_as_a_condition) {
    EXPECT_EQ(where(flag), (Execution{R"("Item"."flag")"}));
    EXPECT_EQ(where(!flag), (Execution{R"(NOT "Item"."flag")"}));
    EXPECT_EQ(where(flag && x == 1), (Execution{R"("Item"."flag" AND "Item"."x" = ?1)", {1}}));
}

TEST_F(SqlWhere, combines_conditions) {
    EXPECT_EQ(where(x == 1 && y == 2), (Execution{R"("Item"."x" = ?1 AND "Item"."y" = ?2)", {1, 2}}));
    EXPECT_EQ(where(x == 1 || y == 2), (Execution{R"("Item"."x" = ?1 OR "Item"."y" = ?2)", {1, 2}}));
    EXPECT_EQ(where(flag || true), (Execution{R"("Item"."flag" OR ?1)", {1}}));
}

TEST_F(SqlWhere, combines_repeated_calls_by_and) {
    EXPECT_EQ(run(select(x).where(x == 1).where(y == 2).where(flag)),
              (Execution{R"(SELECT "Item"."x" FROM "Item" WHERE "Item"."x" = ?1 AND "Item"."y" = ?2 AND "Item"."flag")",
                         {1, 2}}));
}

TEST_F(SqlWhere, keeps_an_or_together_in_repeated_calls) {
    EXPECT_EQ(run(select(x).where(x == 1 || x == 2).where(y == 3 || y == 4)).sql,
              R"(SELECT "Item"."x" FROM "Item" WHERE ("Item"."x" = ?1 OR "Item"."x" = ?2) )"
              R"(AND ("Item"."y" = ?3 OR "Item"."y" = ?4))");
}

TEST_F(SqlWhere, calculates) {
    EXPECT_EQ(where(x + 1 == 2), (Execution{R"("Item"."x" + ?1 = ?2)", {1, 2}}));
    EXPECT_EQ(where(1 - x > weight * 2.5), (Execution{R"(?1 - "Item"."x" > "Item"."weight" * ?2)", {1, 2.5}}));
    EXPECT_EQ(where(x / 2 == 3), (Execution{R"("Item"."x" / ?1 = ?2)", {2, 3}}));
    EXPECT_EQ(where(7 % x == 1), (Execution{R"(?1 % "Item"."x" = ?2)", {7, 1}}));
    EXPECT_EQ(where(-x < 0), (Execution{R"(-"Item"."x" < ?1)", {0}}));
}

TEST_F(SqlWhere, concatenates_texts) {
    EXPECT_EQ(where((name || "b") == "ab"), (Execution{R"("Item"."name" || ?1 = ?2)", {"b", "ab"}}));
    EXPECT_EQ(where(("a" || name) != name), (Execution{R"(?1 || "Item"."name" <> "Item"."name")", {"a"}}));
    EXPECT_EQ(where((name || "b" || "c" || "d" || "e") == "abcde").sql,
              R"("Item"."name" || ?1 || ?2 || ?3 || ?4 = ?5)");
}

TEST_F(SqlWhere, takes_between_with_both_ends) {
    EXPECT_EQ(where(x.between(1, 5)), (Execution{R"("Item"."x" BETWEEN ?1 AND ?2)", {1, 5}}));
    EXPECT_EQ(where(weight.between(x, 5.5)), (Execution{R"("Item"."weight" BETWEEN "Item"."x" AND ?1)", {5.5}}));
    EXPECT_EQ(where(name.between("a", std::string{"b"})),
              (Execution{R"("Item"."name" BETWEEN ?1 AND ?2)", {"a", "b"}}));
    EXPECT_EQ(where((x + 1).between(x - 1, 2 * x)).sql,
              R"("Item"."x" + ?1 BETWEEN "Item"."x" - ?2 AND ?3 * "Item"."x")");
}

}  // namespace
}  // namespace sql_where
