// SPDX-License-Identifier: BSL-1.0
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace sql_patterns {

struct Word {
    std::int64_t id = 0;
    std::string text;
    std::string other;
};

namespace {

using mica::col;
using mica::select;
using mica::test::Execution;
using mica::test::RecordedValues;
using sql_patterns::Word;

constexpr auto text = col<&Word::text>;

struct SqlPatterns : mica::test::RecordedSql {
    template <class Condition>
    Execution where(const Condition& condition) {
        Execution execution = run(select(col<&Word::id>).where(condition));
        execution.sql.erase(0, execution.sql.find(" WHERE ") + 7);
        return execution;
    }
};

TEST_F(SqlPatterns, are_like_and_glob) {
    EXPECT_EQ(where(text.like("a%")), (Execution{R"("Word"."text" LIKE ?1)", {"a%"}}));
    EXPECT_EQ(where(text.glob(std::string{"a*"})), (Execution{R"("Word"."text" GLOB ?1)", {"a*"}}));
    EXPECT_EQ(where(!text.like("a%")), (Execution{R"(NOT "Word"."text" LIKE ?1)", {"a%"}}));
}

TEST_F(SqlPatterns, can_be_columns) {
    EXPECT_EQ(where(text.like(col<&Word::other>)), (Execution{R"("Word"."text" LIKE "Word"."other")"}));
    EXPECT_EQ(where(text.glob(col<&Word::other> || "*")),
              (Execution{R"("Word"."text" GLOB "Word"."other" || ?1)", {"*"}}));
}

TEST_F(SqlPatterns, are_made_of_a_literal_text) {
    EXPECT_EQ(where(text.contains("b")), (Execution{R"("Word"."text" LIKE ?1 ESCAPE '\')", {"%b%"}}));
    EXPECT_EQ(where(text.starts_with("b")), (Execution{R"("Word"."text" LIKE ?1 ESCAPE '\')", {"b%"}}));
    EXPECT_EQ(where(text.ends_with("b")), (Execution{R"("Word"."text" LIKE ?1 ESCAPE '\')", {"%b"}}));
}

TEST_F(SqlPatterns, escape_what_like_would_interpret) {
    EXPECT_EQ(where(text.contains("100%")).values, RecordedValues{R"(%100\%%)"});
    EXPECT_EQ(where(text.starts_with("a_b")).values, RecordedValues{R"(a\_b%)"});
    EXPECT_EQ(where(text.ends_with(R"(\)")).values, RecordedValues{R"(%\\)"});
    EXPECT_EQ(where(text.contains(R"(%_\*?[)")).values, RecordedValues{R"(%\%\_\\*?[%)"});
    EXPECT_EQ(where(text.contains("")).values, RecordedValues{"%%"});
}

TEST_F(SqlPatterns, take_every_kind_of_string) {
    const std::string string = "x";
    const char* const pointer = "x";
    EXPECT_EQ(where(text.starts_with(string)).values, RecordedValues{"x%"});
    EXPECT_EQ(where(text.starts_with(std::string_view{string})).values, RecordedValues{"x%"});
    EXPECT_EQ(where(text.starts_with(pointer)).values, RecordedValues{"x%"});
    EXPECT_EQ(where(text.like(string)).values, RecordedValues{"x"});
    EXPECT_EQ(where(text.like(pointer)).values, RecordedValues{"x"});
}

TEST_F(SqlPatterns, are_compile_time_texts) {
    static_assert(decltype(select(text).where(text.like("a")))::sql() ==
                  R"(SELECT "Word"."text" FROM "Word" WHERE "Word"."text" LIKE ?1)");
    static_assert(decltype(select(text).where(text.contains("a")))::sql() ==
                  R"(SELECT "Word"."text" FROM "Word" WHERE "Word"."text" LIKE ?1 ESCAPE '\')");
}

TEST_F(SqlPatterns, own_their_text) {
    std::string pattern = "before";
    const auto query = select(text).where(text.like(pattern) && text.contains(pattern));
    pattern = "behind";
    EXPECT_EQ(run(query).values, (RecordedValues{"before", "%before%"}));
}

}  // namespace
}  // namespace sql_patterns
