// SPDX-License-Identifier: BSL-1.0
#include <support/music.hpp>
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>

namespace sql_set_operations {
namespace {

using mica::col;
using mica::except;
using mica::intersect;
using mica::select;
using mica::union_;
using mica::union_all;
using mica::test::RecordedValues;
using music::Album;
using music::Artist;
using music::Track;

constexpr auto artists = select(col<&Artist::id>);
constexpr auto albums = select(col<&Album::id>);
constexpr auto tracks = select(col<&Track::id>);

struct Named {
    std::string name;
};

struct SqlSetOperations : mica::test::RecordedSql {};

TEST_F(SqlSetOperations, have_four_kinds) {
    mica::test::show(union_(artists, albums));
    static_assert(union_(artists, albums).sql() ==
                  R"(SELECT "Artist"."id" FROM "Artist" UNION SELECT "album"."id" FROM "album")");
    mica::test::show(union_all(artists, albums));
    static_assert(union_all(artists, albums).sql() ==
                  R"(SELECT "Artist"."id" FROM "Artist" UNION ALL SELECT "album"."id" FROM "album")");
    mica::test::show(intersect(artists, albums));
    static_assert(intersect(artists, albums).sql() ==
                  R"(SELECT "Artist"."id" FROM "Artist" INTERSECT SELECT "album"."id" FROM "album")");
    mica::test::show(except(artists, albums));
    static_assert(except(artists, albums).sql() ==
                  R"(SELECT "Artist"."id" FROM "Artist" EXCEPT SELECT "album"."id" FROM "album")");
    run(union_(artists, albums));
    run(union_all(artists, albums));
    run(intersect(artists, albums));
    run(except(artists, albums));
}

TEST_F(SqlSetOperations, take_any_number_of_members) {
    mica::test::show(union_all(artists, albums, tracks, artists));
    static_assert(union_all(artists, albums, tracks, artists).sql() ==
                  R"(SELECT "Artist"."id" FROM "Artist" UNION ALL SELECT "album"."id" FROM "album" )"
                  R"(UNION ALL SELECT "track"."id" FROM "track" UNION ALL SELECT "Artist"."id" FROM "Artist")");
}

TEST_F(SqlSetOperations, wrap_a_member_that_is_sorted_or_limited) {
    const auto query = union_all(artists.order_by(col<&Artist::name>).limit(1), albums.limit(2), tracks);
    static_assert(decltype(query)::sql() ==
                  R"(SELECT * FROM (SELECT "Artist"."id" FROM "Artist" ORDER BY "Artist"."name" LIMIT ?1) UNION ALL )"
                  R"(SELECT * FROM (SELECT "album"."id" FROM "album" LIMIT ?2) UNION ALL )"
                  R"(SELECT "track"."id" FROM "track")");
    EXPECT_EQ(run(query).values, (RecordedValues{1, 2}));
}

TEST_F(SqlSetOperations, wrap_each_other) {
    mica::test::show(except(union_all(artists, albums), intersect(albums, tracks)));
    static_assert(
        except(union_all(artists, albums), intersect(albums, tracks)).sql() ==
        R"(SELECT * FROM (SELECT "Artist"."id" FROM "Artist" UNION ALL SELECT "album"."id" FROM "album") )"
        R"(EXCEPT SELECT * FROM (SELECT "album"."id" FROM "album" INTERSECT SELECT "track"."id" FROM "track"))");
}

TEST_F(SqlSetOperations, bind_their_values_member_by_member) {
    const auto query = union_(artists.where(col<&Artist::name> == "1"), albums.where(col<&Album::year> > 2).limit(3),
                              tracks.where(col<&Track::seconds> < 4))
                           .limit(5)
                           .offset(6);
    static_assert(decltype(query)::sql().ends_with(R"("track"."seconds" < ?4 LIMIT ?5 OFFSET ?6)"));
    EXPECT_EQ(run(query).values, (RecordedValues{"1", 2, 3, 4, 5, 6}));
}

TEST_F(SqlSetOperations, are_sorted_by_places) {
    constexpr auto both =
        union_(select(col<&Artist::id>, col<&Artist::name>), select(col<&Album::id>, col<&Album::title>));
    mica::test::show(both.order_by(col<&Artist::name>.desc(), col<&Artist::id>));
    static_assert(both.order_by(col<&Artist::name>.desc(), col<&Artist::id>).sql() ==
                  R"(SELECT "Artist"."id", "Artist"."name" FROM "Artist" UNION )"
                  R"(SELECT "album"."id", "album"."title" FROM "album" ORDER BY 2 DESC, 1)");
    static_assert(both.order_by(col<&Artist::name>)
                      .order_by(col<&Artist::id>.nulls_last())
                      .sql()
                      .ends_with("ORDER BY 2, 1 NULLS LAST"));
}

TEST_F(SqlSetOperations, are_sorted_by_a_name_and_by_columns_of_an_entity) {
    constexpr auto named = union_all(select(col<&Artist::id>, lower(col<&Artist::name>).as<"n">()),
                                     select(col<&Album::id>, col<&Album::title>));
    static_assert(named.order_by(lower(col<&Artist::name>).as<"n">()).sql().ends_with("ORDER BY 2"));
    static_assert(named.order_by(lower(col<&Artist::name>).desc()).sql().ends_with("ORDER BY 2 DESC"));
    constexpr auto whole = union_(select<Artist, Album>().join<Album>(), select<Artist, Album>().left_join<Album>());
    static_assert(whole.order_by(col<&Album::title>, col<&Artist::country>).sql().ends_with("ORDER BY 5, 3"));
}

TEST_F(SqlSetOperations, have_rows_of_what_holds_the_values_of_all_members) {
    static_assert(std::same_as<decltype(union_(artists, albums))::Row, std::int64_t>);
    static_assert(
        std::same_as<decltype(union_(artists, select(col<&Track::album_id>)))::Row, std::optional<std::int64_t>>);
    static_assert(std::same_as<decltype(union_(select(col<&Album::year>), artists))::Row, std::optional<std::int64_t>>);
    static_assert(std::same_as<decltype(union_(artists, select(total(col<&Track::seconds>))))::Row, double>);
    static_assert(std::same_as<decltype(union_(select(col<&Artist::name>, col<&Album::year>).join<Album>(),
                                               select(col<&Artist::country>, col<&Artist::id>)))::Row,
                               std::tuple<std::optional<std::string>, std::optional<std::int64_t>>>);
}

TEST_F(SqlSetOperations, have_rows_of_entities) {
    static_assert(std::same_as<decltype(except(select<Artist>(), select<Artist>().join<Album>()))::Row, Artist>);
    static_assert(std::same_as<decltype(union_(select<Artist, Album>().join<Album>(),
                                               select<Artist, Album>().left_join<Album>()))::Row,
                               std::tuple<Artist, std::optional<Album>>>);
    constexpr auto right = mica::alias<Artist, "right">;
    static_assert(std::same_as<decltype(union_(select<Artist>(), select(right)))::Row, Artist>);
}

TEST_F(SqlSetOperations, are_read_into_an_aggregate) {
    constexpr auto query = union_(select(col<&Artist::name>), select(col<&Album::title>)).into<Named>();
    static_assert(std::same_as<decltype(query)::Row, Named>);
    EXPECT_EQ(run(query).sql, R"(SELECT "Artist"."name" FROM "Artist" UNION SELECT "album"."title" FROM "album")");
    static_assert(std::same_as<decltype(union_(select(col<&Artist::name>).into<Named>(),
                                               select(col<&Album::title>).into<Named>()))::Row,
                               Named>);
}

TEST_F(SqlSetOperations, are_parts_of_other_statements) {
    static_assert(
        select<Artist>()
            .where(col<&Artist::id>.in(except(artists, albums)))
            .sql()
            .ends_with(
                R"(WHERE "Artist"."id" IN (SELECT "Artist"."id" FROM "Artist" EXCEPT SELECT "album"."id" FROM "album"))"));
    mica::test::show(select(exists(intersect(artists, albums))));
    static_assert(select(exists(intersect(artists, albums))).sql() ==
                  R"(SELECT EXISTS (SELECT "Artist"."id" FROM "Artist" INTERSECT SELECT "album"."id" FROM "album"))");
    mica::test::show(select(union_(artists, albums).order_by(col<&Artist::id>).limit(1).scalar_subquery()));
    static_assert(select(union_(artists, albums).order_by(col<&Artist::id>).limit(1).scalar_subquery()).sql() ==
                  R"(SELECT (SELECT "Artist"."id" FROM "Artist" UNION SELECT "album"."id" FROM "album" )"
                  R"(ORDER BY 1 LIMIT ?1))");
}

TEST_F(SqlSetOperations, reach_columns_of_the_statement_around_them) {
    mica::test::show(select(col<&Artist::id>)
                         .where(exists(union_all(albums.where(col<&Album::artist_id> == col<&Artist::id>),
                                                 tracks.where(col<&Track::name> == col<&Artist::name>)))));
    static_assert(select(col<&Artist::id>)
                      .where(exists(union_all(albums.where(col<&Album::artist_id> == col<&Artist::id>),
                                              tracks.where(col<&Track::name> == col<&Artist::name>))))
                      .sql() ==
                  R"(SELECT "Artist"."id" FROM "Artist" WHERE EXISTS (SELECT "album"."id" FROM "album" )"
                  R"(WHERE "album"."artist_id" = "Artist"."id" UNION ALL SELECT "track"."id" FROM "track" )"
                  R"(WHERE "track"."name" = "Artist"."name"))");
}

}  // namespace
}  // namespace sql_set_operations
