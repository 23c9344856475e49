// SPDX-License-Identifier: BSL-1.0
#include <support/music.hpp>
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>

namespace sql_subqueries {
namespace {

using mica::col;
using mica::count;
using mica::exists;
using mica::select;
using mica::test::RecordedValues;
using music::Album;
using music::Artist;
using music::Track;

constexpr auto albums_of_artist = [] {
    return select(col<&Album::id>).where(col<&Album::artist_id> == col<&Artist::id>);
};

struct SqlSubqueries : mica::test::RecordedSql {};

TEST_F(SqlSubqueries, are_asked_whether_they_have_a_row) {
    constexpr auto query = select(col<&Artist::name>).where(exists(albums_of_artist()));
    static_assert(query.sql() == R"(SELECT "Artist"."name" FROM "Artist" WHERE EXISTS )"
                                 R"((SELECT "album"."id" FROM "album" WHERE "album"."artist_id" = "Artist"."id"))");
    EXPECT_EQ(run(query).sql, query.sql());
}

TEST_F(SqlSubqueries, are_asked_whether_they_have_none) {
    mica::test::show(select(col<&Artist::id>).where(!exists(albums_of_artist())));
    static_assert(select(col<&Artist::id>).where(!exists(albums_of_artist())).sql() ==
                  R"(SELECT "Artist"."id" FROM "Artist" WHERE NOT EXISTS )"
                  R"((SELECT "album"."id" FROM "album" WHERE "album"."artist_id" = "Artist"."id"))");
}

TEST_F(SqlSubqueries, are_searched) {
    const auto query = select(col<&Artist::name>)
                           .where(col<&Artist::id>.in(select(col<&Album::artist_id>).where(col<&Album::year> > 5)));
    static_assert(decltype(query)::sql() == R"(SELECT "Artist"."name" FROM "Artist" WHERE "Artist"."id" IN )"
                                            R"((SELECT "album"."artist_id" FROM "album" WHERE "album"."year" > ?1))");
    EXPECT_EQ(run(query).values, RecordedValues{5});
    mica::test::show(select(col<&Artist::name>).where(col<&Artist::id>.not_in(select(col<&Track::album_id>))));
    static_assert(select(col<&Artist::name>).where(col<&Artist::id>.not_in(select(col<&Track::album_id>))).sql() ==
                  R"(SELECT "Artist"."name" FROM "Artist" WHERE "Artist"."id" NOT IN )"
                  R"((SELECT "track"."album_id" FROM "track"))");
}

TEST_F(SqlSubqueries, are_compared_with_a_column) {
    mica::test::show(select(col<&Track::name>).where(col<&Track::seconds> == select(max(col<&Track::seconds>))));
    static_assert(select(col<&Track::name>).where(col<&Track::seconds> == select(max(col<&Track::seconds>))).sql() ==
                  R"(SELECT "track"."name" FROM "track" WHERE "track"."seconds" = )"
                  R"((SELECT max("track"."seconds") FROM "track"))");
    mica::test::show(select(col<&Track::name>).where(select(max(col<&Track::seconds>)) > col<&Track::seconds>));
    static_assert(select(col<&Track::name>).where(select(max(col<&Track::seconds>)) > col<&Track::seconds>).sql() ==
                  R"(SELECT "track"."name" FROM "track" WHERE )"
                  R"((SELECT max("track"."seconds") FROM "track") > "track"."seconds")");
}

TEST_F(SqlSubqueries, are_selected) {
    constexpr auto query =
        select(col<&Artist::name>,
               select(count()).from<Album>().where(col<&Album::artist_id> == col<&Artist::id>).scalar_subquery());
    static_assert(query.sql() == R"(SELECT "Artist"."name", (SELECT count(*) FROM "album" )"
                                 R"(WHERE "album"."artist_id" = "Artist"."id") FROM "Artist")");
    static_assert(std::same_as<decltype(query)::Row, std::tuple<std::string, std::int64_t>>);
    EXPECT_EQ(run(query).sql, query.sql());
}

TEST_F(SqlSubqueries, are_selected_as_they_are) {
    static_assert(std::same_as<decltype(select(col<&Artist::id>, select(col<&Album::title>)))::Row,
                               std::tuple<std::int64_t, std::optional<std::string>>>);
}

TEST_F(SqlSubqueries, never_say_what_to_read_from) {
    static_assert(
        select(exists(select<Album>()), col<&Artist::id>).sql().ends_with(R"(), "Artist"."id" FROM "Artist")"));
    static_assert(select(exists(select<Album>())).sql().ends_with(R"("album"))"));
    mica::test::show(select(select(count()).from<Album>().scalar_subquery(), col<&Artist::id>));
    static_assert(select(select(count()).from<Album>().scalar_subquery(), col<&Artist::id>).sql() ==
                  R"(SELECT (SELECT count(*) FROM "album"), "Artist"."id" FROM "Artist")");
}

TEST_F(SqlSubqueries, can_be_null_where_they_may_have_no_row) {
    using First = decltype(select(select(col<&Album::title>).limit(1).scalar_subquery()));
    static_assert(std::same_as<First::Row, std::optional<std::string>>);
    using Grouped = decltype(select(select(count()).from<Album>().group_by(col<&Album::year>).scalar_subquery()));
    static_assert(std::same_as<Grouped::Row, std::optional<std::int64_t>>);
    using Counted = decltype(select(select(count()).from<Album>().scalar_subquery()));
    static_assert(std::same_as<Counted::Row, std::int64_t>);
    using Summed = decltype(select(select(sum(col<&Track::seconds>)).scalar_subquery()));
    static_assert(std::same_as<Summed::Row, std::optional<std::int64_t>>);
}

TEST_F(SqlSubqueries, may_be_unknown_in_a_condition) {
    using Known = decltype(select(col<&Artist::id>.in(select(col<&Album::artist_id>))));
    static_assert(std::same_as<Known::Row, bool>);
    using Unknown = decltype(select(col<&Artist::id>.in(select(col<&Track::album_id>))));
    static_assert(std::same_as<Unknown::Row, std::optional<bool>>);
}

TEST_F(SqlSubqueries, join_and_sort_and_limit_by_themselves) {
    const auto longest = select(col<&Track::name>)
                             .join<Album>()
                             .where(col<&Album::artist_id> == col<&Artist::id> && col<&Album::year> > 2)
                             .order_by(col<&Track::seconds>.desc())
                             .limit(3);
    const auto query =
        select(col<&Artist::id> + 1, longest.scalar_subquery()).where(longest.scalar_subquery() != "4").limit(5);
    static_assert(decltype(query)::sql() ==
                  R"(SELECT "Artist"."id" + ?1, (SELECT "track"."name" FROM "track" )"
                  R"(JOIN "album" ON "track"."album_id" = "album"."id" )"
                  R"(WHERE "album"."artist_id" = "Artist"."id" AND "album"."year" > ?2 )"
                  R"(ORDER BY "track"."seconds" DESC LIMIT ?3) FROM "Artist" )"
                  R"(WHERE (SELECT "track"."name" FROM "track" JOIN "album" ON "track"."album_id" = "album"."id" )"
                  R"(WHERE "album"."artist_id" = "Artist"."id" AND "album"."year" > ?4 )"
                  R"(ORDER BY "track"."seconds" DESC LIMIT ?5) <> ?6 LIMIT ?7)");
    EXPECT_EQ(run(query).values, (RecordedValues{1, 2, 3, 2, 3, "4", 5}));
}

TEST_F(SqlSubqueries, reach_through_another_subquery) {
    constexpr auto query = select(col<&Artist::id>)
                               .where(exists(select(col<&Album::id>)
                                                 .where(exists(select(col<&Track::id>)
                                                                   .where(col<&Track::album_id> == col<&Album::id> &&
                                                                          col<&Track::name> == col<&Artist::name>)))));
    static_assert(query.sql() == R"(SELECT "Artist"."id" FROM "Artist" WHERE EXISTS (SELECT "album"."id" FROM "album" )"
                                 R"(WHERE EXISTS (SELECT "track"."id" FROM "track" )"
                                 R"(WHERE "track"."album_id" = "album"."id" AND "track"."name" = "Artist"."name")))");
    EXPECT_EQ(run(query).sql, query.sql());
}

TEST_F(SqlSubqueries, stand_in_every_clause) {
    constexpr auto tracks = [] {
        return select(count()).from<Track>().where(col<&Track::album_id> == col<&Album::id>).scalar_subquery();
    };
    constexpr auto text = R"((SELECT count(*) FROM "track" WHERE "track"."album_id" = "album"."id"))";
    mica::test::show(select(col<&Album::id>).order_by(tracks().desc()));
    EXPECT_EQ(select(col<&Album::id>).order_by(tracks().desc()).sql(),
              std::string{R"(SELECT "album"."id" FROM "album" ORDER BY )"} + text + " DESC");
    mica::test::show(select(count()).from<Album>().group_by(tracks()).having(count() > tracks()));
    EXPECT_EQ(select(count()).from<Album>().group_by(tracks()).having(count() > tracks()).sql(),
              std::string{R"(SELECT count(*) FROM "album" GROUP BY )"} + text + " HAVING count(*) > " + text);
    mica::test::show(select(col<&Artist::id>).join<Album>(tracks() == col<&Artist::id>));
    EXPECT_EQ(select(col<&Artist::id>).join<Album>(tracks() == col<&Artist::id>).sql(),
              std::string{R"(SELECT "Artist"."id" FROM "Artist" JOIN "album" ON )"} + text + R"( = "Artist"."id")");
    mica::test::show(select(sum(tracks())).from<Album>());
    EXPECT_EQ(select(sum(tracks())).from<Album>().sql(), std::string{"SELECT sum("} + text + R"() FROM "album")");
    mica::test::show(select(col<&Album::id>).where(col<&Album::id>.between(tracks(), tracks() + tracks())));
    EXPECT_EQ(select(col<&Album::id>).where(col<&Album::id>.between(tracks(), tracks() + tracks())).sql(),
              std::string{R"(SELECT "album"."id" FROM "album" WHERE "album"."id" BETWEEN )"} + text + " AND " + text +
                  " + " + text);
}

TEST_F(SqlSubqueries, limit_a_statement) {
    mica::test::show(select(col<&Album::id>).limit(select(count()).from<Artist>()));
    static_assert(select(col<&Album::id>).limit(select(count()).from<Artist>()).sql() ==
                  R"(SELECT "album"."id" FROM "album" LIMIT (SELECT count(*) FROM "Artist"))");
}

TEST_F(SqlSubqueries, say_which_rows_are_changed) {
    const auto change = mica::update<Album>()
                            .set(col<&Album::title> = "1")
                            .where(!exists(select<Track>().where(col<&Track::album_id> == col<&Album::id> &&
                                                                 col<&Track::seconds> > 2)));
    static_assert(decltype(change)::sql() ==
                  R"(UPDATE "album" SET "title" = ?1 WHERE NOT EXISTS (SELECT "track"."id", "track"."name", )"
                  R"("track"."seconds", "track"."album_id" FROM "track" )"
                  R"(WHERE "track"."album_id" = "album"."id" AND "track"."seconds" > ?2))");
    EXPECT_EQ(run(change).values, (RecordedValues{"1", 2}));
    const auto removal = mica::delete_from<Album>().where(
        col<&Album::artist_id>.in(select(col<&Artist::id>).where(col<&Artist::name> == "3")));
    static_assert(decltype(removal)::sql() == R"(DELETE FROM "album" WHERE "album"."artist_id" IN )"
                                              R"((SELECT "Artist"."id" FROM "Artist" WHERE "Artist"."name" = ?1))");
    EXPECT_EQ(run(removal).values, RecordedValues{"3"});
}

}  // namespace
}  // namespace sql_subqueries
