// SPDX-License-Identifier: BSL-1.0
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace sql_null_tests {

struct Note {
    std::int64_t id = 0;
    std::optional<int> rank;
    std::optional<std::string> text;
    int weight = 0;
};

namespace {

using mica::col;
using mica::select;
using mica::test::Execution;
using sql_null_tests::Note;

constexpr auto rank = col<&Note::rank>;
constexpr auto text = col<&Note::text>;
constexpr auto weight = col<&Note::weight>;

struct SqlNullTests : mica::test::RecordedSql {
    template <class Condition>
    Execution where(const Condition& condition) {
        Execution execution = run(select(col<&Note::id>).where(condition));
        execution.sql.erase(0, execution.sql.find(" WHERE ") + 7);
        return execution;
    }
};

TEST_F(SqlNullTests, ask_for_null) {
    EXPECT_EQ(where(rank.is_null()), (Execution{R"("Note"."rank" IS NULL)"}));
    EXPECT_EQ(where(rank.is_not_null()), (Execution{R"("Note"."rank" IS NOT NULL)"}));
    EXPECT_EQ(where((rank + 1).is_null()), (Execution{R"("Note"."rank" + ?1 IS NULL)", {1}}));
}

TEST_F(SqlNullTests, are_what_comparing_with_nullopt_means) {
    EXPECT_EQ(where(rank == std::nullopt), (Execution{R"("Note"."rank" IS NULL)"}));
    EXPECT_EQ(where(std::nullopt == text), (Execution{R"(NULL IS "Note"."text")"}));
    EXPECT_EQ(where(text != std::nullopt), (Execution{R"("Note"."text" IS NOT NULL)"}));
    EXPECT_EQ(where(std::nullopt != text), (Execution{R"(NULL IS NOT "Note"."text")"}));
}

TEST_F(SqlNullTests, compare_so_that_null_equals_null) {
    EXPECT_EQ(where(rank.is_distinct_from(1)), (Execution{R"("Note"."rank" IS NOT ?1)", {1}}));
    EXPECT_EQ(where(rank.is_not_distinct_from(weight)), (Execution{R"("Note"."rank" IS "Note"."weight")"}));
    EXPECT_EQ(where(text.is_distinct_from("a")), (Execution{R"("Note"."text" IS NOT ?1)", {"a"}}));
    EXPECT_EQ(where(rank.is_not_distinct_from(std::optional<int>{})),
              (Execution{R"("Note"."rank" IS ?1)", {std::nullopt}}));
    EXPECT_EQ(where(rank.is_distinct_from(std::nullopt)), (Execution{R"("Note"."rank" IS NOT NULL)"}));
}

TEST_F(SqlNullTests, keep_their_operands_together) {
    EXPECT_EQ(where(rank.is_null() == text.is_null()).sql, R"(("Note"."rank" IS NULL) = ("Note"."text" IS NULL))");
    EXPECT_EQ(where((rank == 1).is_null()).sql, R"(("Note"."rank" = ?1) IS NULL)");
    EXPECT_EQ(where((!(rank == 1)).is_not_null()).sql, R"((NOT "Note"."rank" = ?1) IS NOT NULL)");
    EXPECT_EQ(where((rank == 1).is_not_distinct_from(!(weight == 1))).sql,
              R"(("Note"."rank" = ?1) IS (NOT "Note"."weight" = ?2))");
}

template <class Expression>
using Value = mica::ValueOf<Expression>;

TEST_F(SqlNullTests, are_never_null_themselves) {
    static_assert(std::same_as<Value<decltype(rank.is_null())>, bool>);
    static_assert(std::same_as<Value<decltype(rank.is_not_null())>, bool>);
    static_assert(std::same_as<Value<decltype(rank == std::nullopt)>, bool>);
    static_assert(std::same_as<Value<decltype(rank.is_distinct_from(1))>, bool>);
    static_assert(std::same_as<Value<decltype(weight.is_not_distinct_from(rank))>, bool>);
}

TEST_F(SqlNullTests, an_optional_value_is_never_unknown) {
    static_assert(std::same_as<Value<decltype(rank == std::optional<int>{})>, bool>);
    static_assert(std::same_as<Value<decltype(rank.in(std::vector<std::optional<int>>{}))>, bool>);
    EXPECT_EQ(where(rank == std::optional<int>{}), (Execution{R"("Note"."rank" IS ?1)", {std::nullopt}}));
    EXPECT_EQ(where(std::optional<int>{2} != rank), (Execution{R"(?1 IS NOT "Note"."rank")", {2}}));
}

TEST_F(SqlNullTests, everything_else_can_be_null_where_an_operand_can) {
    using Unknown = std::optional<bool>;
    static_assert(std::same_as<Value<decltype(weight == 1)>, bool>);
    static_assert(std::same_as<Value<decltype(rank == 1)>, Unknown>);
    static_assert(std::same_as<Value<decltype(weight < rank)>, Unknown>);
    static_assert(std::same_as<Value<decltype(!(rank == 1))>, Unknown>);
    static_assert(std::same_as<Value<decltype(weight == 1 && rank == 1)>, Unknown>);
    static_assert(std::same_as<Value<decltype(text.like("a"))>, Unknown>);
    static_assert(std::same_as<Value<decltype(rank.between(1, 2))>, Unknown>);
    static_assert(std::same_as<Value<decltype(weight.between(1, rank))>, Unknown>);
    static_assert(std::same_as<Value<decltype(rank.in({1}))>, Unknown>);
    static_assert(std::same_as<Value<decltype(weight.in({1}))>, bool>);
    static_assert(std::same_as<Value<decltype(weight + 1)>, std::int64_t>);
    static_assert(std::same_as<Value<decltype(rank + 1)>, std::optional<std::int64_t>>);
    static_assert(std::same_as<Value<decltype(weight / 1)>, std::optional<std::int64_t>>);
    static_assert(std::same_as<Value<decltype(weight % 2)>, std::optional<std::int64_t>>);
    static_assert(std::same_as<Value<decltype(-rank)>, std::optional<std::int64_t>>);
    static_assert(std::same_as<Value<decltype(text || "a")>, std::optional<std::string>>);
}

}  // namespace
}  // namespace sql_null_tests
