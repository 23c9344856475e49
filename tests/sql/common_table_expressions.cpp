// SPDX-License-Identifier: BSL-1.0
#include <support/music.hpp>
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>

namespace sql_common_table_expressions {
namespace {

using mica::col;
using mica::cte;
using mica::recursive_cte;
using mica::select;
using mica::SetOperator;
using mica::test::RecordedValues;
using music::Album;
using music::Artist;
using music::Employee;
using music::Track;

constexpr auto subordinates = [](auto walk) {
    return select(col<&Employee::id>, walk.template col<"depth"> + 1)
        .join(walk, col<&Employee::boss_id> == walk.template col<"id">);
};

struct SqlCommonTableExpressions : mica::test::RecordedSql {};

TEST_F(SqlCommonTableExpressions, are_defined_in_front) {
    constexpr auto recent = cte<"recent">(select(col<&Album::title>, col<&Album::artist_id>));
    constexpr auto query = select(recent.col<&Album::title>).from(recent);
    static_assert(query.sql() == R"(WITH "recent" AS (SELECT "album"."title", "album"."artist_id" FROM "album") )"
                                 R"(SELECT "recent"."title" FROM "recent")");
    static_assert(std::same_as<decltype(query)::Row, std::string>);
    EXPECT_EQ(run(query).sql, query.sql());
}

TEST_F(SqlCommonTableExpressions, bind_their_values_first) {
    const auto recent = cte<"recent">(select(col<&Album::artist_id>).where(col<&Album::year> > 1).limit(2));
    const auto query = select(col<&Artist::id> + 3)
                           .join(recent, recent.col<"artist_id"> == col<&Artist::id> && recent.col<"artist_id"> < 4)
                           .where(col<&Artist::name> == "5")
                           .limit(6);
    static_assert(decltype(query)::sql() ==
                  R"(WITH "recent" AS (SELECT "album"."artist_id" FROM "album" WHERE "album"."year" > ?1 LIMIT ?2) )"
                  R"(SELECT "Artist"."id" + ?3 FROM "Artist" JOIN "recent" )"
                  R"(ON "recent"."artist_id" = "Artist"."id" AND "recent"."artist_id" < ?4 )"
                  R"(WHERE "Artist"."name" = ?5 LIMIT ?6)");
    EXPECT_EQ(run(query).values, (RecordedValues{1, 2, 3, 4, "5", 6}));
}

TEST_F(SqlCommonTableExpressions, stand_beside_each_other) {
    const auto old = cte<"old">(select(col<&Album::id>).where(col<&Album::year> < 1));
    const auto young = cte<"young">(select(col<&Album::id>).where(col<&Album::year> > 2));
    const auto query = select(old.col<"id">).from(old).left_join(young, young.col<"id"> == old.col<"id">);
    static_assert(decltype(query)::sql() ==
                  R"(WITH "old" AS (SELECT "album"."id" FROM "album" WHERE "album"."year" < ?1), )"
                  R"("young" AS (SELECT "album"."id" FROM "album" WHERE "album"."year" > ?2) )"
                  R"(SELECT "old"."id" FROM "old" LEFT JOIN "young" ON "young"."id" = "old"."id")");
    EXPECT_EQ(run(query).values, (RecordedValues{1, 2}));
}

TEST_F(SqlCommonTableExpressions, read_from_each_other) {
    const auto first = cte<"first">(select(col<&Album::id>).where(col<&Album::year> > 1));
    const auto second = cte<"second">(select(first.col<"id">).from(first).where(first.col<"id"> > 2));
    const auto query = select(second.col<"id">).from(second).where(second.col<"id"> > 3);
    static_assert(decltype(query)::sql() ==
                  R"(WITH "second" AS (WITH "first" AS (SELECT "album"."id" FROM "album" WHERE "album"."year" > ?1) )"
                  R"(SELECT "first"."id" FROM "first" WHERE "first"."id" > ?2) )"
                  R"(SELECT "second"."id" FROM "second" WHERE "second"."id" > ?3)");
    EXPECT_EQ(run(query).values, (RecordedValues{1, 2, 3}));
}

TEST_F(SqlCommonTableExpressions, are_defined_again_in_a_subquery) {
    const auto recent = cte<"recent">(select(col<&Album::artist_id>).where(col<&Album::year> > 1));
    const auto query = select(recent.col<"artist_id">)
                           .from(recent)
                           .where(recent.col<"artist_id">.in(select(recent.col<"artist_id">).from(recent)));
    static_assert(decltype(query)::sql() ==
                  R"(WITH "recent" AS (SELECT "album"."artist_id" FROM "album" WHERE "album"."year" > ?1) )"
                  R"(SELECT "recent"."artist_id" FROM "recent" WHERE "recent"."artist_id" IN )"
                  R"((WITH "recent" AS (SELECT "album"."artist_id" FROM "album" WHERE "album"."year" > ?2) )"
                  R"(SELECT "recent"."artist_id" FROM "recent"))");
    EXPECT_EQ(run(query).values, (RecordedValues{1, 1}));
}

TEST_F(SqlCommonTableExpressions, make_a_wrapped_member_of_a_set_operation) {
    constexpr auto recent = cte<"recent">(select(col<&Album::id>));
    mica::test::show(mica::union_(select(recent.col<"id">).from(recent), select(col<&Artist::id>)));
    static_assert(mica::union_(select(recent.col<"id">).from(recent), select(col<&Artist::id>)).sql() ==
                  R"(SELECT * FROM (WITH "recent" AS (SELECT "album"."id" FROM "album") SELECT "recent"."id" )"
                  R"(FROM "recent") UNION SELECT "Artist"."id" FROM "Artist")");
}

TEST_F(SqlCommonTableExpressions, are_made_of_set_operations) {
    constexpr auto all = cte<"all">(mica::union_all(select(col<&Artist::id>), select(col<&Track::album_id>)));
    mica::test::show(select(all.col<"id">).from(all));
    static_assert(
        select(all.col<"id">).from(all).sql() ==
        R"(WITH "all" AS (SELECT "Artist"."id" FROM "Artist" UNION ALL SELECT "track"."album_id" FROM "track") )"
        R"(SELECT "all"."id" FROM "all")");
    static_assert(std::same_as<mica::ValueOf<decltype(all.col<"id">)>, std::optional<std::int64_t>>);
}

TEST_F(SqlCommonTableExpressions, follow_rows_recursively) {
    const auto walk = recursive_cte<"walk">(
        select(col<&Employee::id>, mica::test::bound(1).as<"depth">()).where(col<&Employee::boss_id>.is_null()),
        subordinates);
    const auto query = select(walk.col<"id">, walk.col<"depth">).from(walk).where(walk.col<"depth"> < 3);
    static_assert(decltype(query)::sql() ==
                  R"(WITH RECURSIVE "walk" AS (SELECT "Employee"."id", ?1 AS "depth" FROM "Employee" )"
                  R"(WHERE "Employee"."boss_id" IS NULL UNION ALL SELECT "Employee"."id", "walk"."depth" + ?2 )"
                  R"(FROM "Employee" JOIN "walk" ON "Employee"."boss_id" = "walk"."id") )"
                  R"(SELECT "walk"."id", "walk"."depth" FROM "walk" WHERE "walk"."depth" < ?3)");
    static_assert(std::same_as<decltype(query)::Row, std::tuple<std::int64_t, int>>);
    EXPECT_EQ(run(query).values, (RecordedValues{1, 1, 3}));
}

TEST_F(SqlCommonTableExpressions, follow_no_row_twice) {
    constexpr auto walk =
        recursive_cte<"walk", SetOperator::distinct_union>(select(col<&Employee::id>), [](auto known) {
            return select(coalesce(col<&Employee::boss_id>, 0))
                .join(known, known.template col<"id"> == col<&Employee::id>)
                .where(col<&Employee::boss_id>.is_not_null());
        });
    EXPECT_NE(select(walk.col<"id">).from(walk).sql().find(R"( UNION SELECT )"), std::string_view::npos);
}

TEST_F(SqlCommonTableExpressions, sort_and_limit_the_walk) {
    const auto walk =
        recursive_cte<"walk">(select(col<&Employee::id>, mica::test::bound(1).as<"depth">()), [](auto self) {
            return subordinates(self).order_by((self.template col<"depth"> + 1).desc(), col<&Employee::id>).limit(2);
        });
    const auto query = select(walk.col<"id">).from(walk);
    EXPECT_NE(decltype(query)::sql().find(R"(ORDER BY 2 DESC, 1 LIMIT ?3))"), std::string_view::npos);
    EXPECT_EQ(run(query).values, (RecordedValues{1, 1, 2}));
}

TEST_F(SqlCommonTableExpressions, put_what_the_recursive_member_reads_from_in_front_of_both) {
    const auto walk = recursive_cte<"walk">(select(col<&Employee::id>).where(col<&Employee::id> == 2), [](auto self) {
        const auto old = cte<"old">(select(col<&Album::id>).where(col<&Album::year> < 1));
        return select(self.template col<"id"> + 3)
            .from(self)
            .join(old, old.template col<"id"> == self.template col<"id">);
    });
    const auto query = select(walk.col<"id">).from(walk);
    static_assert(decltype(query)::sql() ==
                  R"(WITH RECURSIVE "walk" AS (WITH "old" AS (SELECT "album"."id" FROM "album" )"
                  R"(WHERE "album"."year" < ?1) SELECT "Employee"."id" FROM "Employee" WHERE "Employee"."id" = ?2 )"
                  R"(UNION ALL SELECT "walk"."id" + ?3 FROM "walk" JOIN "old" ON "old"."id" = "walk"."id") )"
                  R"(SELECT "walk"."id" FROM "walk")");
    EXPECT_EQ(run(query).values, (RecordedValues{1, 2, 3}));
}

TEST_F(SqlCommonTableExpressions, begin_with_several_selects) {
    constexpr auto walk =
        recursive_cte<"walk">(mica::union_(select(col<&Artist::id>), select(col<&Album::id>)), [](auto self) {
            return select(self.template col<"id">).from(self).where(self.template col<"id"> < self.template col<"id">);
        });
    static_assert(
        select(walk.col<"id">)
            .from(walk)
            .sql()
            .starts_with(R"(WITH RECURSIVE "walk" AS (SELECT * FROM (SELECT "Artist"."id" FROM "Artist" UNION )"
                         R"(SELECT "album"."id" FROM "album") UNION ALL SELECT "walk"."id" FROM "walk")"));
}

TEST_F(SqlCommonTableExpressions, join_like_tables_and_may_be_missing) {
    constexpr auto titles = cte<"titles">(select(col<&Album::title>, col<&Album::artist_id>));
    using Query = decltype(select(col<&Artist::name>, titles.col<"title">)
                               .left_join(titles, titles.col<"artist_id"> == col<&Artist::id>));
    static_assert(std::same_as<Query::Row, std::tuple<std::string, std::optional<std::string>>>);
}

TEST_F(SqlCommonTableExpressions, are_read_from_by_changes) {
    const auto recent = cte<"recent">(select(col<&Album::artist_id>).where(col<&Album::year> > 1));
    const auto removal =
        mica::delete_from<Artist>().where(col<&Artist::id>.in(select(recent.col<"artist_id">).from(recent)));
    static_assert(decltype(removal)::sql() ==
                  R"(DELETE FROM "Artist" WHERE "Artist"."id" IN (WITH "recent" AS (SELECT "album"."artist_id" )"
                  R"(FROM "album" WHERE "album"."year" > ?1) SELECT "recent"."artist_id" FROM "recent"))");
    EXPECT_EQ(run(removal).values, RecordedValues{1});
}

}  // namespace
}  // namespace sql_common_table_expressions
