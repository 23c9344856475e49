// SPDX-License-Identifier: BSL-1.0
#include <support/music.hpp>
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <type_traits>

namespace sql_joins {
namespace {

using mica::col;
using mica::select;
using music::Album;
using music::Artist;
using music::Track;

struct SqlJoins : mica::test::RecordedSql {};

template <class Query>
using RowOf = typename Query::Row;

TEST_F(SqlJoins, find_the_condition_in_a_foreign_key_of_the_joined_table) {
    const auto query = select(col<&Artist::name>).join<Album>();
    static_assert(decltype(query)::sql() ==
                  R"(SELECT "Artist"."name" FROM "Artist" JOIN "album" ON "album"."artist_id" = "Artist"."id")");
    EXPECT_EQ(run(query).sql, query.sql());
}

TEST_F(SqlJoins, find_the_condition_in_a_foreign_key_to_the_joined_table) {
    const auto query = select(col<&Album::title>).join<Artist>();
    static_assert(decltype(query)::sql() ==
                  R"(SELECT "album"."title" FROM "album" JOIN "Artist" ON "album"."artist_id" = "Artist"."id")");
    EXPECT_EQ(run(query).sql, query.sql());
}

TEST_F(SqlJoins, find_the_one_of_several_tables_that_a_key_leads_to) {
    const auto query = select(col<&Artist::name>).join<Album>().join<Track>();
    static_assert(decltype(query)::sql() ==
                  R"(SELECT "Artist"."name" FROM "Artist" JOIN "album" ON "album"."artist_id" = "Artist"."id" )"
                  R"(JOIN "track" ON "track"."album_id" = "album"."id")");
    EXPECT_EQ(run(query).sql, query.sql());
}

TEST_F(SqlJoins, have_five_kinds) {
    constexpr auto id = col<&Artist::id>;
    mica::test::show(select(id).left_join<Album>());
    static_assert(select(id).left_join<Album>().sql() ==
                  R"(SELECT "Artist"."id" FROM "Artist" LEFT JOIN "album" ON "album"."artist_id" = "Artist"."id")");
    mica::test::show(select(id).right_join<Album>());
    static_assert(select(id).right_join<Album>().sql() ==
                  R"(SELECT "Artist"."id" FROM "Artist" RIGHT JOIN "album" ON "album"."artist_id" = "Artist"."id")");
    mica::test::show(select(id).full_join<Album>());
    static_assert(select(id).full_join<Album>().sql() ==
                  R"(SELECT "Artist"."id" FROM "Artist" FULL JOIN "album" ON "album"."artist_id" = "Artist"."id")");
    mica::test::show(select(id).cross_join<Album>());
    static_assert(select(id).cross_join<Album>().sql() == R"(SELECT "Artist"."id" FROM "Artist" CROSS JOIN "album")");
    run(select(id).left_join<Album>());
    run(select(id).right_join<Album>());
    run(select(id).full_join<Album>());
    run(select(id).cross_join<Album>());
}

TEST_F(SqlJoins, take_a_condition) {
    const auto query = select(col<&Artist::name>)
                           .left_join<Album>(col<&Album::artist_id> == col<&Artist::id> && col<&Album::year> > 5);
    static_assert(decltype(query)::sql() == R"(SELECT "Artist"."name" FROM "Artist" LEFT JOIN "album" )"
                                            R"(ON "album"."artist_id" = "Artist"."id" AND "album"."year" > ?1)");
    EXPECT_EQ(run(query).values, mica::test::RecordedValues{5});
}

TEST_F(SqlJoins, take_a_condition_that_no_key_declares) {
    mica::test::show(select(col<&Artist::name>).join<Track>(col<&Track::name> == col<&Artist::name>));
    static_assert(select(col<&Artist::name>).join<Track>(col<&Track::name> == col<&Artist::name>).sql() ==
                  R"(SELECT "Artist"."name" FROM "Artist" JOIN "track" ON "track"."name" = "Artist"."name")");
}

TEST_F(SqlJoins, bind_their_values_between_those_of_the_list_and_those_of_where) {
    const auto query = select(col<&Artist::id> + 1)
                           .where(col<&Artist::name> == "4")
                           .join<Album>(col<&Album::year> == 2)
                           .left_join<Track>(col<&Track::seconds> > 3)
                           .order_by(col<&Artist::id> + 5)
                           .limit(6);
    static_assert(decltype(query)::sql() ==
                  R"(SELECT "Artist"."id" + ?1 FROM "Artist" JOIN "album" ON "album"."year" = ?2 )"
                  R"(LEFT JOIN "track" ON "track"."seconds" > ?3 WHERE "Artist"."name" = ?4 )"
                  R"(ORDER BY "Artist"."id" + ?5 LIMIT ?6)");
    EXPECT_EQ(run(query).values, (mica::test::RecordedValues{1, 2, 3, "4", 5, 6}));
}

TEST_F(SqlJoins, list_the_columns_of_all_entities) {
    constexpr auto query = select<Album, Artist>().join<Artist>();
    static_assert(query.sql() ==
                  R"(SELECT "album"."id", "album"."title", "album"."year", "album"."artist_id", "Artist"."id", )"
                  R"("Artist"."name", "Artist"."country" FROM "album" JOIN "Artist" )"
                  R"(ON "album"."artist_id" = "Artist"."id")");
    static_assert(std::same_as<decltype(query)::Row, std::tuple<Album, Artist>>);
    EXPECT_EQ(run(query).sql, query.sql());
}

TEST_F(SqlJoins, begin_with_the_table_that_from_names) {
    mica::test::show(select(col<&Album::title>).from<Artist>().join<Album>());
    static_assert(select(col<&Album::title>).from<Artist>().join<Album>().sql() ==
                  R"(SELECT "album"."title" FROM "Artist" JOIN "album" ON "album"."artist_id" = "Artist"."id")");
    static_assert(select<Album, Artist>().from<Artist>().left_join<Album>().sql().ends_with(
        R"( FROM "Artist" LEFT JOIN "album" ON "album"."artist_id" = "Artist"."id")"));
}

TEST_F(SqlJoins, make_the_outer_side_of_a_left_join_optional) {
    using Left = decltype(select<Artist, Album>().left_join<Album>());
    static_assert(std::same_as<RowOf<Left>, std::tuple<Artist, std::optional<Album>>>);
    using Fields = decltype(select(col<&Artist::name>, col<&Album::title>, col<&Album::year>).left_join<Album>());
    static_assert(std::same_as<RowOf<Fields>, std::tuple<std::string, std::optional<std::string>, std::optional<int>>>);
}

TEST_F(SqlJoins, make_everything_before_a_right_join_optional) {
    using Right = decltype(select<Artist, Album, Track>().join<Album>().right_join<Track>());
    static_assert(std::same_as<RowOf<Right>, std::tuple<std::optional<Artist>, std::optional<Album>, Track>>);
    using Before = decltype(select<Artist, Album, Track>().right_join<Album>().join<Track>());
    static_assert(std::same_as<RowOf<Before>, std::tuple<std::optional<Artist>, Album, Track>>);
}

TEST_F(SqlJoins, make_both_sides_of_a_full_join_optional) {
    using Full = decltype(select<Artist, Album, Track>().full_join<Album>().left_join<Track>());
    static_assert(
        std::same_as<RowOf<Full>, std::tuple<std::optional<Artist>, std::optional<Album>, std::optional<Track>>>);
}

TEST_F(SqlJoins, leave_the_sides_of_inner_and_cross_joins_as_they_are) {
    static_assert(
        std::same_as<RowOf<decltype(select<Artist, Album>().cross_join<Album>())>, std::tuple<Artist, Album>>);
    static_assert(std::same_as<RowOf<decltype(select(col<&Album::title>).join<Artist>())>, std::string>);
}

TEST_F(SqlJoins, make_expressions_over_an_outer_side_optional) {
    using Sum = decltype(select(col<&Artist::id> + col<&Track::seconds>).left_join<Track>(col<&Track::seconds> > 1));
    static_assert(std::same_as<RowOf<Sum>, std::optional<std::int64_t>>);
    using Own = decltype(select(col<&Artist::id> + 1).left_join<Album>());
    static_assert(std::same_as<RowOf<Own>, std::int64_t>);
    using Tests =
        decltype(select(col<&Album::title>.is_null(), col<&Album::title> == "x").from<Artist>().left_join<Album>());
    static_assert(std::same_as<RowOf<Tests>, std::tuple<bool, std::optional<bool>>>);
    using Coalesced = decltype(select(mica::coalesce(col<&Album::title>, "none")).from<Artist>().left_join<Album>());
    static_assert(std::same_as<RowOf<Coalesced>, std::string>);
    using Counted = decltype(select(mica::count(col<&Album::id>)).from<Artist>().left_join<Album>());
    static_assert(std::same_as<RowOf<Counted>, std::int64_t>);
}

}  // namespace
}  // namespace sql_joins
