// SPDX-License-Identifier: BSL-1.0
#include <support/selected_expression.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace sql_literals {

enum class Color { red, green };

struct Item {
    std::int64_t id = 0;
    std::optional<std::int64_t> parent;
};

namespace {

using mica::col;
using mica::literal;
using mica::select;
using mica::test::Execution;
using mica::test::gives;
using sql_literals::Color;
using sql_literals::Item;

struct SqlLiterals : mica::test::SelectedExpression<Item> {};

TEST_F(SqlLiterals, are_bound) {
    EXPECT_EQ(run(select(literal(1))), (Execution{"SELECT ?1", {1}}));
    EXPECT_EQ(run(select(literal("it's").as<"word">(), literal(0.5))),
              (Execution{R"(SELECT ?1 AS "word", ?2)", {"it's", 0.5}}));
    EXPECT_EQ(selected(literal(Color::green)), (Execution{"?1", {1}}));
    EXPECT_EQ(selected(literal(std::optional<int>{})), (Execution{"?1", {std::nullopt}}));
    EXPECT_EQ(selected(col<&Item::id> - literal(2)), (Execution{R"("id" - ?1)", {2}}));
}

TEST_F(SqlLiterals, have_the_width_of_arithmetic) {
    static_assert(gives<std::int64_t>(literal(1)));
    static_assert(gives<std::int64_t>(literal(short{1})));
    static_assert(gives<double>(literal(1.0F)));
    static_assert(gives<std::string>(literal("text")));
    EXPECT_TRUE(gives<std::string>(literal(std::string{"text"})));
    static_assert(gives<bool>(literal(true)));
    static_assert(gives<Color>(literal(Color::red)));
    static_assert(gives<std::chrono::sys_days>(literal(std::chrono::sys_days{})));
    static_assert(gives<std::optional<std::int64_t>>(literal(std::optional<int>{})));
    static_assert(gives<std::optional<Color>>(literal(std::optional<Color>{})));
}

TEST_F(SqlLiterals, begin_a_count_that_a_recursive_expression_goes_on_with) {
    const auto tree = mica::recursive_cte<"tree">(
        select(col<&Item::id>, literal(0).as<"depth">()).where(col<&Item::parent>.is_null()), [](auto above) {
            return select(col<&Item::id>, above.template col<"depth"> + 1)
                .join(above, col<&Item::parent> == above.template col<&Item::id>);
        });
    const auto query = select(tree.col<"depth">).from(tree);
    static_assert(std::is_same_v<decltype(query)::Row, std::int64_t>);
    mica::test::show(query);
    EXPECT_EQ(query.sql(),
              R"(WITH RECURSIVE "tree" AS (SELECT "Item"."id", ?1 AS "depth" FROM "Item" WHERE "Item"."parent" IS NULL)"
              R"( UNION ALL SELECT "Item"."id", "tree"."depth" + ?2 FROM "Item" JOIN "tree" ON "Item"."parent" = )"
              R"("tree"."id") SELECT "tree"."depth" FROM "tree")");
}

}  // namespace
}  // namespace sql_literals
