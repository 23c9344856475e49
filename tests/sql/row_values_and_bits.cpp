// SPDX-License-Identifier: BSL-1.0
#include <support/selected_expression.hpp>

#include <gtest/gtest.h>

#include <concepts>
#include <cstdint>
#include <optional>
#include <sstream>
#include <string>

namespace sql_rows {

enum class Color { red, green };

struct Item {
    std::int64_t id = 0;
    std::string name;
    int a = 0;
    int b = 0;
    std::optional<int> c;
    mica::EnumText<Color> shade;
};

namespace {

using mica::col;
using mica::row;
using mica::select;
using mica::test::Execution;
using mica::test::gives;
using sql_rows::Color;
using sql_rows::Item;

constexpr auto name = col<&Item::name>;
constexpr auto a = col<&Item::a>;
constexpr auto b = col<&Item::b>;
constexpr auto c = col<&Item::c>;

template <class Left, class Right>
concept Shiftable =
    requires(Left left, Right right) { left << right; } || requires(Left left, Right right) { left >> right; };

struct SqlRowValues : mica::test::SelectedExpression<Item> {};
struct SqlBits : mica::test::SelectedExpression<Item> {};
struct SqlPatternFunctions : mica::test::SelectedExpression<Item> {};

TEST_F(SqlRowValues, are_compared) {
    EXPECT_EQ(selected(row(a, b) == row(b, c)), (Execution{R"(("a", "b") = ("b", "c"))", {}}));
    EXPECT_EQ(selected(row(a, name) != row(1, "x")), (Execution{R"(("a", "name") <> (?1, ?2))", {1, "x"}}));
    EXPECT_EQ(selected(row(a, b) < row(1, 2)), (Execution{R"(("a", "b") < (?1, ?2))", {1, 2}}));
    EXPECT_EQ(selected(row(a, b) <= row(1, 2)), (Execution{R"(("a", "b") <= (?1, ?2))", {1, 2}}));
    EXPECT_EQ(selected(row(a, b) > row(1, 2)), (Execution{R"(("a", "b") > (?1, ?2))", {1, 2}}));
    EXPECT_EQ(selected(row(1, "x", a) >= row(b, name, 2)),
              (Execution{R"((?1, ?2, "a") >= ("b", "name", ?3))", {1, "x", 2}}));
    EXPECT_EQ(selected(!(row(a, b) == row(1, 2)) && a > 1),
              (Execution{R"(NOT ("a", "b") = (?1, ?2) AND "a" > ?3)", {1, 2, 1}}));
}

TEST_F(SqlRowValues, compare_to_a_condition_that_may_be_unknown) {
    static_assert(gives<bool>(row(a, b) == row(1, 2)));
    static_assert(gives<std::optional<bool>>(row(a, c) == row(1, 2)));
    static_assert(gives<std::optional<bool>>(row(a, b) < row(1, c)));
}

TEST_F(SqlRowValues, bind_with_the_codec_of_the_element_beside_them) {
    EXPECT_EQ(selected(row(a, col<&Item::shade>) == row(1, Color::green)).values,
              (mica::test::RecordedValues{1, "green"}));
}

TEST_F(SqlRowValues, are_looked_for_in_selects) {
    EXPECT_EQ(selected(row(a, name).in(select(b, name).where(c > 1))),
              (Execution{R"(("a", "name") IN (SELECT "b", "name" FROM "Item" WHERE "c" > ?1))", {1}}));
    EXPECT_EQ(selected(row(1, a).not_in(select(b, c))),
              (Execution{R"((?1, "a") NOT IN (SELECT "b", "c" FROM "Item"))", {1}}));
    static_assert(gives<bool>(row(a, b).in(select(a, b))));
    static_assert(gives<std::optional<bool>>(row(a, b).in(select(a, c))));
}

TEST_F(SqlBits, have_sqls_precedence) {
    EXPECT_EQ(selected(a & 3), (Execution{R"("a" & ?1)", {3}}));
    EXPECT_EQ(selected(a | (b & 1)), (Execution{R"("a" | ("b" & ?1))", {1}}));
    EXPECT_EQ(selected((a | b) & 1), (Execution{R"("a" | "b" & ?1)", {1}}));
    EXPECT_EQ(selected(1 << a), (Execution{R"(?1 << "a")", {1}}));
    EXPECT_EQ(selected(a >> (b + 1)), (Execution{R"("a" >> "b" + ?1)", {1}}));
    EXPECT_EQ(selected((a >> b) + 1), (Execution{R"(("a" >> "b") + ?1)", {1}}));
    EXPECT_EQ(selected(~a), (Execution{R"(~"a")", {}}));
    EXPECT_EQ(selected(~(a & b)), (Execution{R"(~("a" & "b"))", {}}));
    EXPECT_EQ(selected(-~a), (Execution{R"(-(~"a"))", {}}));
    EXPECT_EQ(selected((a & 1) == 1), (Execution{R"("a" & ?1 = ?2)", {1, 1}}));
}

TEST_F(SqlBits, are_64) {
    static_assert(gives<std::int64_t>(a & 1));
    static_assert(gives<std::int64_t>(~a));
    static_assert(gives<std::optional<std::int64_t>>(a | c));
    static_assert(gives<std::optional<std::int64_t>>(~c));
}

TEST_F(SqlBits, leave_streams_alone) {
    static_assert(!Shiftable<std::ostream&, decltype(a)>);
    static_assert(!Shiftable<std::istream&, decltype(a)>);
    static_assert(Shiftable<int, decltype(a)>);
}

TEST_F(SqlPatternFunctions, match_by_functions_of_the_connection) {
    EXPECT_EQ(selected(name.regexp("^a")), (Execution{R"("name" REGEXP ?1)", {"^a"}}));
    EXPECT_EQ(selected(!name.regexp("^a")), (Execution{R"(NOT "name" REGEXP ?1)", {"^a"}}));
    EXPECT_EQ(selected(name.match("one AND two")), (Execution{R"("name" MATCH ?1)", {"one AND two"}}));
    EXPECT_EQ(selected((name || "x").regexp(name)), (Execution{R"("name" || ?1 REGEXP "name")", {"x"}}));
}

}  // namespace
}  // namespace sql_rows
