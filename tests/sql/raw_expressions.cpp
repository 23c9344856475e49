// SPDX-License-Identifier: BSL-1.0
#include <support/caught.hpp>
#include <support/music.hpp>
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace sql_raw_expressions {
namespace {

using mica::col;
using mica::select;
using mica::sql;
using mica::test::caught;
using mica::test::RecordedValues;
using music::Album;
using music::Track;

constexpr auto id = col<&Album::id>;

struct SqlRawExpressions : mica::test::RecordedSql {};

TEST_F(SqlRawExpressions, stand_in_parentheses) {
    EXPECT_EQ(run(select(id).where(sql<bool>("year % 4 = 0 OR year IS NULL") && id == 1)).sql,
              R"(SELECT "album"."id" FROM "album" WHERE (year % 4 = 0 OR year IS NULL) AND "album"."id" = ?1)");
}

TEST_F(SqlRawExpressions, bind_their_values_in_their_place) {
    const auto query =
        select(id + 1, sql<std::int64_t>("? * ?", 2, 3)).where(sql<bool>("id > ?", 4) && id < 5).limit(6);
    EXPECT_EQ(run(query).sql,
              R"(SELECT "album"."id" + ?1, (?2 * ?3) FROM "album" WHERE (id > ?4) AND "album"."id" < ?5 LIMIT ?6)");
    EXPECT_EQ(recording.last().values, (RecordedValues{1, 2, 3, 4, 5, 6}));
}

TEST_F(SqlRawExpressions, take_values_of_every_kind) {
    run(select(sql<std::string>("f(?, ?, ?, ?, ?, ?)", 1, 2.5, "text", std::string{"more"}, std::nullopt, true)));
    EXPECT_EQ(recording.last().values, (RecordedValues{1, 2.5, "text", "more", std::nullopt, 1}));
    run(select(sql<std::string>("f(?, ?)", std::optional<int>{}, std::vector<std::byte>{std::byte{7}})));
    const std::byte seven{7};
    EXPECT_EQ(recording.last().values, (RecordedValues{std::nullopt, mica::Bytes{&seven, 1}}));
}

TEST_F(SqlRawExpressions, own_their_text_and_their_values) {
    const auto make = [] {
        const std::string text = "length(title) + length(?) > 40 + 2";
        const std::string value = "a value that is too long for a small string";
        return select(id).where(sql<bool>(text, value));
    };
    EXPECT_EQ(run(make()).sql, R"(SELECT "album"."id" FROM "album" WHERE (length(title) + length(?1) > 40 + 2))");
    EXPECT_EQ(recording.last().values, RecordedValues{"a value that is too long for a small string"});
}

TEST_F(SqlRawExpressions, are_operands_of_their_type) {
    static_assert(std::same_as<decltype(select(sql<std::optional<int>>("x") + 1))::Row, std::optional<std::int64_t>>);
    static_assert(
        std::same_as<decltype(select(sql<int>("x") == 1, sql<std::string>("y")))::Row, std::tuple<bool, std::string>>);
    EXPECT_EQ(run(select(sql<std::string>("a || b").like("c%")).from<Album>()).sql,
              R"(SELECT (a || b) LIKE ?1 FROM "album")");
}

TEST_F(SqlRawExpressions, stand_in_every_clause) {
    EXPECT_EQ(
        run(select(mica::count())
                .from<Album>()
                .join<Track>(sql<bool>("a = ?", 1))
                .group_by(sql<int>("b + ?", 2))
                .having(sql<bool>("c > ?", 3))
                .order_by(sql<int>("d").desc()))
            .sql,
        R"(SELECT count(*) FROM "album" JOIN "track" ON (a = ?1) GROUP BY (b + ?2) HAVING (c > ?3) ORDER BY (d) DESC)");
    EXPECT_EQ(recording.last().values, (RecordedValues{1, 2, 3}));
    EXPECT_EQ(run(mica::update<Album>().set(col<&Album::title> = sql<std::string>("upper(?)", "a")).where(id == 2)).sql,
              R"(UPDATE "album" SET "title" = (upper(?1)) WHERE "album"."id" = ?2)");
}

TEST_F(SqlRawExpressions, know_a_parameter_from_a_quoted_one) {
    EXPECT_NO_THROW(static_cast<void>(sql<int>("a = '?' AND b = '''?' AND \"?\" = ? AND [?] = `?` -- ?", 1)));
    EXPECT_NO_THROW(static_cast<void>(sql<int>("a /* ? */ = ? -- ?\n + ?", 1, 2)));
    EXPECT_NO_THROW(static_cast<void>(sql<int>("a - ? / b", 1)));
    EXPECT_NO_THROW(static_cast<void>(sql<int>("unfinished '?")));
}

TEST_F(SqlRawExpressions, end_behind_a_comment) {
    EXPECT_EQ(run(select(sql<int>("1 -- one"), sql<int>("2"))).sql, "SELECT (1 -- one\n), (2)");
}

TEST_F(SqlRawExpressions, need_a_parameter_for_each_value) {
    const auto error = caught<mica::ProgrammingError>([] { static_cast<void>(sql<bool>("a = ?")); });
    EXPECT_STREQ(error.what(), "mica: sql<>() needs a bare ? in its text for each of its values [a = ?]");
    EXPECT_THROW(static_cast<void>(sql<bool>("a = b", 1)), mica::ProgrammingError);
    EXPECT_THROW(static_cast<void>(sql<bool>("a = ?", 1, 2)), mica::ProgrammingError);
    EXPECT_THROW(static_cast<void>(sql<bool>("a = '?'", 1)), mica::ProgrammingError);
}

TEST_F(SqlRawExpressions, take_no_numbered_parameter) {
    EXPECT_THROW(static_cast<void>(sql<bool>("a = ?1", 1)), mica::ProgrammingError);
}

}  // namespace
}  // namespace sql_raw_expressions
