// SPDX-License-Identifier: BSL-1.0
#include <support/music.hpp>
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>

namespace sql_derived_tables {

struct Size {
    int width = 0;
    std::optional<double> height;
};
struct Inner {
    std::string unit;
    Size size;
};
struct Picture {
    std::int64_t id = 0;
    std::string note;
    Inner inner;
    std::string title;
    static constexpr auto mapping() { return mica::table(mica::ignore<&Picture::note>); }
};

namespace {

using mica::col;
using mica::count;
using mica::select;
using mica::subquery;
using mica::test::RecordedValues;
using music::Album;
using music::Artist;
using music::Track;
using sql_derived_tables::Picture;

template <class Column>
using ValueOf = mica::ValueOf<Column>;

struct SqlDerivedTables : mica::test::RecordedSql {};

TEST_F(SqlDerivedTables, have_columns_by_name_and_by_member) {
    const auto top =
        subquery<"top">(select(col<&Album::title>, count(col<&Album::id>).as<"n">()).group_by(col<&Album::title>));
    const auto query = select(top.col<&Album::title>, top.col<"n">).from(top).where(top.col<"title"> == "x");
    static_assert(
        decltype(query)::sql() ==
        R"(SELECT "top"."title", "top"."n" FROM )"
        R"((SELECT "album"."title", count("album"."id") AS "n" FROM "album" GROUP BY "album"."title") AS "top" )"
        R"(WHERE "top"."title" = ?1)");
    static_assert(std::same_as<decltype(query)::Row, std::tuple<std::string, std::int64_t>>);
    EXPECT_EQ(run(query).values, RecordedValues{"x"});
}

TEST_F(SqlDerivedTables, have_all_columns_of_an_entity) {
    constexpr auto old = subquery<"old">(select<Album>());
    mica::test::show(select(old.col<&Album::title>, old.col<"year">).from(old));
    static_assert(select(old.col<&Album::title>, old.col<"year">).from(old).sql() ==
                  R"(SELECT "old"."title", "old"."year" FROM (SELECT "album"."id", "album"."title", "album"."year", )"
                  R"("album"."artist_id" FROM "album") AS "old")");
    static_assert(std::same_as<ValueOf<decltype(old.col<"year">)>, std::optional<int>>);
    static_assert(std::same_as<ValueOf<decltype(old.col<"YEAR">)>, std::optional<int>>);
}

TEST_F(SqlDerivedTables, bind_their_values_where_they_stand) {
    const auto recent = subquery<"recent">(select(col<&Album::artist_id>).where(col<&Album::year> > 2).limit(3));
    const auto query = select(col<&Artist::id> + 1)
                           .join(recent, recent.col<"artist_id"> == col<&Artist::id> && recent.col<"artist_id"> > 4)
                           .where(col<&Artist::name> == "5");
    static_assert(
        decltype(query)::sql() ==
        R"(SELECT "Artist"."id" + ?1 FROM "Artist" JOIN (SELECT "album"."artist_id" FROM "album" )"
        R"(WHERE "album"."year" > ?2 LIMIT ?3) AS "recent" )"
        R"(ON "recent"."artist_id" = "Artist"."id" AND "recent"."artist_id" > ?4 WHERE "Artist"."name" = ?5)");
    EXPECT_EQ(run(query).values, (RecordedValues{1, 2, 3, 4, "5"}));
}

TEST_F(SqlDerivedTables, nest) {
    constexpr auto inner = subquery<"inner">(select(col<&Album::title>, col<&Album::year>));
    constexpr auto outer = subquery<"outer">(
        select(inner.col<&Album::title>, (inner.col<"year"> + inner.col<"year">).as<"twice">()).from(inner));
    constexpr auto query = select(outer.col<&Album::title>, outer.col<"twice">).from(outer);
    static_assert(query.sql() ==
                  R"(SELECT "outer"."title", "outer"."twice" FROM (SELECT "inner"."title", )"
                  R"("inner"."year" + "inner"."year" AS "twice" FROM (SELECT "album"."title", "album"."year" )"
                  R"(FROM "album") AS "inner") AS "outer")");
    static_assert(std::same_as<decltype(query)::Row, std::tuple<std::string, std::optional<std::int64_t>>>);
    EXPECT_EQ(run(query).sql, query.sql());
}

TEST_F(SqlDerivedTables, are_optional_on_an_outer_side) {
    constexpr auto sums = subquery<"sums">(
        select(col<&Track::album_id>, total(col<&Track::seconds>).as<"length">()).group_by(col<&Track::album_id>));
    using Query = decltype(select(col<&Album::title>, sums.col<"length">)
                               .left_join(sums, sums.col<"album_id"> == col<&Album::id>));
    static_assert(std::same_as<Query::Row, std::tuple<std::string, std::optional<double>>>);
}

TEST_F(SqlDerivedTables, hand_on_what_an_outer_join_inside_makes_optional) {
    constexpr auto pairs =
        subquery<"pairs">(select<Artist, Track>().left_join<Track>(col<&Track::name> == col<&Artist::name>));
    static_assert(std::same_as<ValueOf<decltype(pairs.col<"seconds">)>, std::optional<int>>);
    static_assert(std::same_as<ValueOf<decltype(pairs.col<"country">)>, std::optional<std::string>>);
    constexpr auto titles = subquery<"titles">(select(col<&Artist::name>, col<&Album::title>).left_join<Album>());
    static_assert(std::same_as<ValueOf<decltype(titles.col<"name">)>, std::string>);
    static_assert(std::same_as<ValueOf<decltype(titles.col<"title">)>, std::optional<std::string>>);
}

TEST_F(SqlDerivedTables, hold_the_values_of_all_members_of_a_set_operation) {
    constexpr auto all = subquery<"all">(mica::union_all(select(col<&Artist::id>, col<&Artist::name>),
                                                         select(col<&Track::album_id>, col<&Track::name>)));
    static_assert(std::same_as<ValueOf<decltype(all.col<"id">)>, std::optional<std::int64_t>>);
    static_assert(std::same_as<ValueOf<decltype(all.col<"name">)>, std::string>);
    mica::test::show(select(all.col<"name">).from(all));
    static_assert(select(all.col<"name">).from(all).sql() ==
                  R"(SELECT "all"."name" FROM (SELECT "Artist"."id", "Artist"."name" FROM "Artist" UNION ALL )"
                  R"(SELECT "track"."album_id", "track"."name" FROM "track") AS "all")");
    constexpr auto numbers =
        subquery<"numbers">(mica::union_(select(col<&Artist::id>), select(total(col<&Track::seconds>))));
    static_assert(std::same_as<ValueOf<decltype(numbers.col<"id">)>, double>);
}

TEST_F(SqlDerivedTables, keep_the_types_inside_of_embedded_objects) {
    constexpr auto pictures = subquery<"pictures">(select<Picture>());
    static_assert(std::same_as<ValueOf<decltype(pictures.col<"inner_unit">)>, std::string>);
    static_assert(std::same_as<ValueOf<decltype(pictures.col<"inner_size_width">)>, int>);
    static_assert(std::same_as<ValueOf<decltype(pictures.col<"inner_size_height">)>, std::optional<double>>);
    static_assert(std::same_as<ValueOf<decltype(pictures.col<&Picture::title>)>, std::string>);
    static_assert(select(pictures.col<"inner_size_height">)
                      .from(pictures)
                      .sql()
                      .starts_with(R"(SELECT "pictures"."inner_size_height" FROM)"));
}

TEST_F(SqlDerivedTables, are_counted_and_grouped_like_tables) {
    constexpr auto tracks = subquery<"tracks">(select<Track>());
    mica::test::show(select(tracks.col<"album_id">, count()).from(tracks).group_by(tracks.col<"album_id">));
    static_assert(
        select(tracks.col<"album_id">, count()).from(tracks).group_by(tracks.col<"album_id">).sql() ==
        R"(SELECT "tracks"."album_id", count(*) FROM (SELECT "track"."id", "track"."name", "track"."seconds", )"
        R"("track"."album_id" FROM "track") AS "tracks" GROUP BY "tracks"."album_id")");
}

TEST_F(SqlDerivedTables, keep_any_name) {
    constexpr auto strange = subquery<"select \"測試\"">(select(col<&Album::id>.as<"fr'om">()));
    mica::test::show(select(strange.col<"fr'om">).from(strange));
    static_assert(select(strange.col<"fr'om">).from(strange).sql() ==
                  R"(SELECT "select ""測試"""."fr'om" FROM (SELECT "album"."id" AS "fr'om" FROM "album") )"
                  R"(AS "select ""測試""")");
}

}  // namespace
}  // namespace sql_derived_tables
