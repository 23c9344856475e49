// SPDX-License-Identifier: BSL-1.0
#include <support/music.hpp>
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>

namespace sql_grouping {
namespace {

using mica::col;
using mica::count;
using mica::select;
using mica::test::RecordedValues;
using music::Album;
using music::Artist;
using music::Track;

constexpr auto title = col<&Album::title>;
constexpr auto year = col<&Album::year>;

struct SqlGrouping : mica::test::RecordedSql {};

TEST_F(SqlGrouping, stands_between_where_and_order_by) {
    const auto query = select(year, count() + 1)
                           .order_by(count() * 5)
                           .limit(6)
                           .group_by(year, length(title) + 3)
                           .having(count() > 4)
                           .where(title != "2");
    static_assert(decltype(query)::sql() ==
                  R"(SELECT "album"."year", count(*) + ?1 FROM "album" WHERE "album"."title" <> ?2 )"
                  R"(GROUP BY "album"."year", length("album"."title") + ?3 HAVING count(*) > ?4 )"
                  R"(ORDER BY count(*) * ?5 LIMIT ?6)");
    EXPECT_EQ(run(query).values, (RecordedValues{1, "2", 3, 4, 5, 6}));
}

TEST_F(SqlGrouping, takes_several_conditions_on_groups) {
    mica::test::show(select(year).group_by(year).having(count() > 1).having(min(title) == "a" || year > 2));
    static_assert(select(year).group_by(year).having(count() > 1).having(min(title) == "a" || year > 2).sql() ==
                  R"(SELECT "album"."year" FROM "album" GROUP BY "album"."year" )"
                  R"(HAVING count(*) > ?1 AND (min("album"."title") = ?2 OR "album"."year" > ?3))");
}

TEST_F(SqlGrouping, goes_by_the_place_of_a_named_term) {
    const auto initial = substr(title, 1, 1).as<"title">();  // a name that is a column's too
    const auto query = select(count(), initial).group_by(initial).having(initial != "x").order_by(initial.desc());
    static_assert(decltype(query)::sql() ==
                  R"(SELECT count(*), substr("album"."title", ?1, ?2) AS "title" FROM "album" GROUP BY 2 )"
                  R"(HAVING substr("album"."title", ?3, ?4) <> ?5 ORDER BY "title" DESC)");
    EXPECT_EQ(run(query).values, (RecordedValues{1, 1, 1, 1, "x"}));
}

TEST_F(SqlGrouping, counts_the_columns_of_an_entity_before_a_named_term) {
    constexpr auto decade = (year / 10).as<"decade">();
    mica::test::show(select(col<&Artist::id>, decade, count()).join<Album>().group_by(col<&Artist::id>, decade));
    static_assert(select(col<&Artist::id>, decade, count()).join<Album>().group_by(col<&Artist::id>, decade).sql() ==
                  R"(SELECT "Artist"."id", "album"."year" / ?1 AS "decade", count(*) FROM "Artist" )"
                  R"(JOIN "album" ON "album"."artist_id" = "Artist"."id" GROUP BY "Artist"."id", 2)");
    constexpr auto artist = mica::alias<Artist, "artist">;
    static_assert(select(artist, lower(artist.col<&Artist::name>).as<"small">())
                      .group_by(artist.col<&Artist::id>, lower(artist.col<&Artist::name>).as<"small">())
                      .sql()
                      .ends_with(R"(GROUP BY "artist"."id", 4)"));
}

TEST_F(SqlGrouping, frees_the_columns_of_a_table_by_its_key) {
    constexpr auto query = select(col<&Artist::name>, col<&Artist::country>, count(col<&Album::id>))
                               .left_join<Album>()
                               .group_by(col<&Artist::id>)
                               .order_by(col<&Artist::name>);
    static_assert(query.sql() == R"(SELECT "Artist"."name", "Artist"."country", count("album"."id") FROM "Artist" )"
                                 R"(LEFT JOIN "album" ON "album"."artist_id" = "Artist"."id" GROUP BY "Artist"."id" )"
                                 R"(ORDER BY "Artist"."name")");
    EXPECT_EQ(run(query).sql, query.sql());
    EXPECT_EQ(run(select<Artist>().join<Album>().group_by(col<&Artist::id>).having(count() > 1)).values,
              RecordedValues{1});
}

TEST_F(SqlGrouping, frees_what_is_made_of_its_terms) {
    run(select(lower(title) || "!", count()).group_by(lower(title)));
    run(select(lower(title).as<"small">()).group_by(lower(title).as<"small">()).having(lower(title) != "x"));
    run(select(year + 1, count()).group_by(year));
    run(select(year, title).group_by(year, title));
    run(select(year.as<"y">(), count()).group_by(year));
}

TEST_F(SqlGrouping, of_all_rows_together_needs_no_term) {
    run(select(count(), max(year), sum(col<&Track::seconds>)).from<Album>().left_join<Track>());
    run(select(count() + max(year)));
    run(select(max(year), select(count()).from<Track>().scalar_subquery()));
    run(select(mica::test::bound(1), count()).from<Album>());
}

TEST_F(SqlGrouping, keeps_the_types_of_aggregates) {
    using Query = decltype(select(count(), count(year), sum(year), avg(year), min(title), total(year)).group_by(title));
    static_assert(std::same_as<Query::Row, std::tuple<std::int64_t, std::int64_t, std::optional<std::int64_t>,
                                                      std::optional<double>, std::optional<std::string>, double>>);
}

TEST_F(SqlGrouping, joins_groups_of_a_subquery) {
    const auto lengths =
        mica::subquery<"lengths">(select(col<&Track::album_id>, sum(col<&Track::seconds>).as<"length">())
                                      .group_by(col<&Track::album_id>)
                                      .having(count() > 1));
    const auto query = select(title, lengths.col<"length">).join(lengths, lengths.col<"album_id"> == col<&Album::id>);
    static_assert(
        decltype(query)::sql() ==
        R"(SELECT "album"."title", "lengths"."length" FROM "album" JOIN (SELECT "track"."album_id", )"
        R"(sum("track"."seconds") AS "length" FROM "track" GROUP BY "track"."album_id" HAVING count(*) > ?1) )"
        R"(AS "lengths" ON "lengths"."album_id" = "album"."id")");
    EXPECT_EQ(run(query).values, RecordedValues{1});
}

}  // namespace
}  // namespace sql_grouping
