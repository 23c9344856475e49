// SPDX-License-Identifier: BSL-1.0
#include <support/music.hpp>
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sql_prepared {
namespace {

using mica::col;
using mica::param;
using mica::select;
using mica::test::RecordedValues;
using music::Album;
using music::Artist;
using music::Track;

constexpr auto id = col<&Album::id>;
constexpr auto title = col<&Album::title>;
constexpr auto year = col<&Album::year>;

struct SqlPrepared : mica::test::RecordedSql {
    /// The values of a run.
    template <class Prepared, class... Arguments>
    RecordedValues values(const Prepared& prepared, const Arguments&... arguments) {
        static_cast<void>(prepared(arguments...));
        return recording.last().values;
    }
};

TEST_F(SqlPrepared, has_its_text_at_compile_time) {
    mica::test::show(select(id).where(year > param<int> && title == param<std::string>).limit(param<int>));
    static_assert(select(id).where(year > param<int> && title == param<std::string>).limit(param<int>).sql() ==
                  R"(SELECT "album"."id" FROM "album" WHERE "album"."year" > ?1 AND "album"."title" = ?2 LIMIT ?3)");
}

TEST_F(SqlPrepared, is_prepared_at_once_and_never_again) {
    const auto newer = connection.prepare(select(id).where(year > param<int>));
    EXPECT_EQ(recording.prepared.size(), 1U);
    EXPECT_TRUE(recording.executed.empty());
    EXPECT_EQ(values(newer, 2000), RecordedValues{2000});
    EXPECT_EQ(values(newer, 1999), RecordedValues{1999});
    EXPECT_EQ(recording.prepared.size(), 1U);
}

TEST_F(SqlPrepared, mixes_values_of_both_kinds_in_the_order_of_the_text) {
    const auto prepared = connection.prepare(select(id + param<int>, id + 2)
                                                 .join<Artist>(col<&Artist::name> == param<std::string>)
                                                 .where(year > 4 && year < param<int>)
                                                 .limit(param<std::int64_t>)
                                                 .offset(7));
    EXPECT_EQ(values(prepared, 1, "3", 5, 6), (RecordedValues{1, 2, "3", 4, 5, 6, 7}));
}

TEST_F(SqlPrepared, follows_the_text_through_expressions_and_subqueries) {
    const auto recent = mica::cte<"recent">(select(col<&Album::artist_id>).where(year > param<int>));
    const auto prepared = connection.prepare(
        select(col<&Artist::id> + param<int>)
            .join(recent, recent.col<"artist_id"> == param<int>)
            .where(col<&Artist::id>.in(select(col<&Album::artist_id>).where(title == param<std::string>)))
            .where(exists(select(id).where(id == param<int>))));
    EXPECT_EQ(recording.prepared.back(),
              R"(WITH "recent" AS (SELECT "album"."artist_id" FROM "album" WHERE "album"."year" > ?1) )"
              R"(SELECT "Artist"."id" + ?2 FROM "Artist" JOIN "recent" ON "recent"."artist_id" = ?3 )"
              R"(WHERE "Artist"."id" IN (SELECT "album"."artist_id" FROM "album" WHERE "album"."title" = ?4) )"
              R"(AND EXISTS (SELECT "album"."id" FROM "album" WHERE "album"."id" = ?5))");
    EXPECT_EQ(values(prepared, 1, 2, 3, "4", 5), (RecordedValues{1, 2, 3, "4", 5}));
}

TEST_F(SqlPrepared, follows_the_text_through_set_operations) {
    const auto prepared =
        connection.prepare(mica::union_(select(id).where(year == param<int>).limit(2),
                                        select(col<&Artist::id>).where(col<&Artist::name> == param<std::string>))
                               .limit(param<int>));
    EXPECT_EQ(values(prepared, 1, "3", 4), (RecordedValues{1, 2, "3", 4}));
}

TEST_F(SqlPrepared, takes_what_its_parameters_can_hold) {
    const auto number = connection.prepare(select(id).where(year > param<int>));
    EXPECT_EQ(values(number, std::int64_t{1}), RecordedValues{1});
    EXPECT_EQ(values(number, short{2}), RecordedValues{2});
    const auto real = connection.prepare(select(id).where(year > param<double>));
    EXPECT_EQ(values(real, 1), RecordedValues{1.0});
    EXPECT_EQ(values(real, 2.5F), RecordedValues{2.5});
    const auto text = connection.prepare(select(id).where(title == param<std::string>));
    EXPECT_EQ(values(text, "a"), RecordedValues{"a"});
    EXPECT_EQ(values(text, std::string_view{"b"}), RecordedValues{"b"});
    EXPECT_EQ(values(text, std::string{"c"}), RecordedValues{"c"});
    const char* const pointer = "d";
    EXPECT_EQ(values(text, pointer), RecordedValues{"d"});
}

TEST_F(SqlPrepared, takes_null_for_an_optional_parameter) {
    const auto prepared = connection.prepare(select(id).where(year.is_not_distinct_from(param<std::optional<int>>)));
    EXPECT_EQ(values(prepared, std::nullopt), RecordedValues{std::nullopt});
    EXPECT_EQ(values(prepared, std::optional<int>{}), RecordedValues{std::nullopt});
    EXPECT_EQ(values(prepared, std::optional<int>{3}), RecordedValues{3});
    EXPECT_EQ(values(prepared, 4), RecordedValues{4});
}

TEST_F(SqlPrepared, passes_over_the_values_of_a_condition_that_is_not_there) {
    const auto prepare = [&](bool first) {
        return connection.prepare(select(id)
                                      .where_if(first, id == param<int> && title == param<std::string>)
                                      .where(title == param<std::string>)
                                      .limit(param<int>));
    };
    EXPECT_EQ(values(prepare(true), 1, "2", "3", 4), (RecordedValues{1, "2", "3", 4}));
    EXPECT_EQ(values(prepare(false), 1, "2", "3", 4), (RecordedValues{"3", 4}));
}

TEST_F(SqlPrepared, changes_rows) {
    const auto rename =
        connection.prepare(mica::update<Album>().set(title = param<std::string>).where(id == param<int>));
    EXPECT_EQ(values(rename, "1", 2), (RecordedValues{"1", 2}));
    const auto remove = connection.prepare(mica::delete_from<Album>().where(id == param<int>));
    EXPECT_EQ(values(remove, 3), RecordedValues{3});
    recording.answer("DELETE", {.changes = 5});
    EXPECT_EQ(remove(4).rows_affected(), 5);
}

TEST_F(SqlPrepared, runs_beside_itself) {
    const auto prepared = connection.prepare(select(id).where(year > param<int>));
    recording.answer("SELECT", {.rows = {{1}, {2}}});
    recording.answer("SELECT", {.rows = {{3}}});
    auto outer = prepared(1);
    auto inner = prepared(2);
    EXPECT_EQ(inner.all(), std::vector<std::int64_t>{3});
    EXPECT_EQ(outer.all(), (std::vector<std::int64_t>{1, 2}));
}

}  // namespace
}  // namespace sql_prepared
