// SPDX-License-Identifier: BSL-1.0
#include <support/music_database.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace integration_query_set_operations {
namespace {

using mica::col;
using mica::except;
using mica::intersect;
using mica::select;
using mica::union_;
using mica::union_all;
using music::Album;
using music::Artist;
using music::Track;
using Ids = std::vector<std::int64_t>;
using MaybeIds = std::vector<std::optional<std::int64_t>>;

constexpr auto artist = col<&Artist::id>;
constexpr auto album = col<&Album::id>;
constexpr auto track = col<&Track::id>;
constexpr auto artists = select(artist);
constexpr auto albums = select(album);
constexpr auto tracks = select(track);
constexpr auto album_of_track = select(col<&Track::album_id>);

struct QuerySetOperations : mica::test::MusicDatabase {};

TEST_F(QuerySetOperations, put_rows_together_and_take_them_away) {
    EXPECT_EQ(connection.all(union_(artists, tracks).order_by(artist)), (Ids{1, 2, 3, 4}));
    EXPECT_EQ(connection.all(union_all(artists, tracks).order_by(artist)), (Ids{1, 1, 2, 2, 3, 3, 4}));
    EXPECT_EQ(connection.all(intersect(tracks, artists, albums.where(album != 2)).order_by(track)), (Ids{1, 3}));
    EXPECT_EQ(connection.all(except(tracks, artists)), Ids{4});
    EXPECT_EQ(connection.all(except(tracks, artists.where(artist == 1), albums.where(album == 2)).order_by(track)),
              (Ids{3, 4}));
}

TEST_F(QuerySetOperations, take_null_for_equal_to_null) {
    EXPECT_EQ(connection.all(union_(album_of_track, albums).order_by(col<&Track::album_id>)),
              (MaybeIds{std::nullopt, 1, 2, 3}));
    EXPECT_EQ(connection.all(except(album_of_track, albums)), MaybeIds{std::nullopt});
    EXPECT_EQ(connection.all(intersect(albums, album_of_track).order_by(album.desc())), (MaybeIds{2, 1}));
}

TEST_F(QuerySetOperations, sort_and_limit_members_by_themselves) {
    EXPECT_EQ(
        connection.all(union_all(artists.order_by(artist.desc()).limit(1), tracks.order_by(track).limit(2).offset(1))),
        (Ids{3, 2, 3}));
    EXPECT_EQ(connection.all(union_all(artists.order_by(artist.desc()).limit(2), tracks.where(track == 4))
                                 .order_by(artist.desc())
                                 .limit(2)),
              (Ids{4, 3}));
    EXPECT_EQ(connection.all(union_all(artists, tracks).order_by(artist).offset(5)), (Ids{3, 4}));
    EXPECT_EQ(connection.first(union_all(artists, tracks).order_by(artist.desc())), 4);
}

TEST_F(QuerySetOperations, contain_each_other) {
    // Without the inner pair of parentheses these would be other rows.
    EXPECT_EQ(connection.all(except(tracks, except(artists, albums.where(album == 2))).order_by(track)), (Ids{2, 4}));
    EXPECT_EQ(connection.all(union_all(artists.limit(1), union_(artists, artists)).order_by(artist)),
              (Ids{1, 1, 2, 3}));
    EXPECT_EQ(
        connection.all(intersect(union_(artists, tracks).order_by(artist).limit(3), except(tracks, artists.limit(0)))
                           .order_by(artist)),
        (Ids{1, 2, 3}));
}

TEST_F(QuerySetOperations, give_entities) {
    EXPECT_EQ(connection.all(except(select<Artist>(), select<Artist>().join<Album>())),
              (std::vector<Artist>{{3, "Cyd", std::nullopt}}));
    const auto pairs = union_(select<Artist, Album>().join<Album>().where(col<&Album::year> > 2000),
                              select<Artist, Album>().left_join<Album>().where(album.is_null()));
    EXPECT_EQ(connection.all(pairs.order_by(col<&Artist::name>)),
              (std::vector<std::tuple<Artist, std::optional<Album>>>{{{1, "Ada", "GB"}, Album{2, "Blue", 2005, 1}},
                                                                     {{3, "Cyd", std::nullopt}, std::nullopt}}));
}

TEST_F(QuerySetOperations, give_the_wider_of_two_numbers) {
    EXPECT_EQ(connection.all(union_all(select(avg(col<&Track::seconds>)), select(artist).limit(1))),
              (std::vector<std::optional<double>>{162.5, 1.0}));
    EXPECT_EQ(
        connection.all(union_all(select(col<&Track::seconds>).where(track == 1), select(artist).where(artist == 2))),
        (Ids{100, 2}));
}

struct Entry {
    std::string name;
    std::optional<int> number;
    bool operator==(const Entry&) const = default;
};

TEST_F(QuerySetOperations, are_read_into_an_aggregate) {
    const auto query =
        union_all(select(col<&Album::title>, col<&Album::year>), select(col<&Track::name>, col<&Track::seconds>))
            .into<Entry>()
            .order_by(col<&Album::year>.desc(), col<&Album::title>)
            .limit(2);
    EXPECT_EQ(connection.all(query), (std::vector<Entry>{{"Blue", 2005}, {"Red", 1999}}));
}

TEST_F(QuerySetOperations, are_searched_counted_and_read_from) {
    EXPECT_EQ(connection.all(select(artist).where(artist.in(except(artists, album_of_track))).order_by(artist)),
              Ids{3});
    EXPECT_EQ(connection.scalar(select(exists(intersect(albums, artists)))), true);
    EXPECT_EQ(connection.scalar(select(exists(except(albums, artists)))), false);
    const auto both = mica::subquery<"both">(union_all(artists, albums));
    EXPECT_EQ(connection.scalar(select(mica::count()).from(both)), 6);
    EXPECT_EQ(connection.all(
                  select(both.col<"id">, mica::count()).from(both).group_by(both.col<"id">).order_by(both.col<"id">)),
              (std::vector<std::tuple<std::int64_t, std::int64_t>>{{1, 2}, {2, 2}, {3, 2}}));
    const auto maybe = mica::subquery<"maybe">(union_(albums, album_of_track));
    EXPECT_EQ(connection.all(select(maybe.col<"id">).from(maybe).order_by(maybe.col<"id">)),
              (MaybeIds{std::nullopt, 1, 2, 3}));
}

TEST_F(QuerySetOperations, reach_the_statement_around_them) {
    EXPECT_EQ(
        connection.all(select(col<&Artist::name>)
                           .where(!exists(union_all(select(album).where(col<&Album::artist_id> == artist),
                                                    select(track).where(col<&Track::name> == col<&Artist::name>))))),
        std::vector<std::string>{"Cyd"});
}

}  // namespace
}  // namespace integration_query_set_operations
