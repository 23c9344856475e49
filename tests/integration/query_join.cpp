// SPDX-License-Identifier: BSL-1.0
#include <support/music_database.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace integration_query_join {
namespace {

using mica::col;
using mica::select;
using music::Album;
using music::Artist;
using music::Track;
using Names = std::vector<std::string>;
using MaybeName = std::optional<std::string>;

constexpr auto artist_name = col<&Artist::name>;
constexpr auto title = col<&Album::title>;
constexpr auto track_name = col<&Track::name>;

const Artist ada{1, "Ada", "GB"};
const Artist bix{2, "Bix", "US"};
const Artist cyd{3, "Cyd", std::nullopt};
const Album red{1, "Red", 1999, 1};
const Album blue{2, "Blue", 2005, 1};
const Album green{3, "Green", std::nullopt, 2};
const Track four{4, "Four", 50, std::nullopt};

struct QueryJoin : mica::test::MusicDatabase {};

TEST_F(QueryJoin, gives_tuples_of_entities) {
    const auto rows = connection.all(select<Album, Artist>().join<Artist>().order_by(col<&Album::id>));
    EXPECT_EQ(rows, (std::vector<std::tuple<Album, Artist>>{{red, ada}, {blue, ada}, {green, bix}}));
}

TEST_F(QueryJoin, filters_by_a_table_that_is_not_selected) {
    EXPECT_EQ(connection.all(select<Album>().join<Artist>().where(artist_name == "Bix")), std::vector<Album>{green});
}

TEST_F(QueryJoin, goes_through_three_tables) {
    EXPECT_EQ(
        connection.all(select(artist_name, title, track_name).join<Album>().join<Track>().order_by(col<&Track::id>)),
        (std::vector<std::tuple<std::string, std::string, std::string>>{
            {"Ada", "Red", "One"}, {"Ada", "Red", "Two"}, {"Ada", "Blue", "Three"}}));
}

TEST_F(QueryJoin, to_the_left_keeps_who_has_no_partner) {
    const auto rows =
        connection.all(select<Artist, Album>().left_join<Album>().order_by(col<&Artist::id>, col<&Album::id>));
    EXPECT_EQ(rows, (std::vector<std::tuple<Artist, std::optional<Album>>>{
                        {ada, red}, {ada, blue}, {bix, green}, {cyd, std::nullopt}}));
}

TEST_F(QueryJoin, to_the_left_finds_who_has_no_partner) {
    EXPECT_EQ(connection.all(select<Artist>().left_join<Album>().where(col<&Album::id>.is_null())),
              std::vector<Artist>{cyd});
}

TEST_F(QueryJoin, to_the_right_keeps_the_joined_table) {
    const auto rows = connection.all(
        select<Album, Track>().right_join<Track>().where(col<&Track::seconds> < 150).order_by(track_name));
    EXPECT_EQ(rows, (std::vector<std::tuple<std::optional<Album>, Track>>{{std::nullopt, four},
                                                                          {red, Track{1, "One", 100, 1}}}));
}

TEST_F(QueryJoin, in_full_keeps_both_sides) {
    const auto rows = connection.all(select(title, track_name).full_join<Track>().order_by(title, track_name));
    EXPECT_EQ(rows,
              (std::vector<std::tuple<MaybeName, MaybeName>>{
                  {std::nullopt, "Four"}, {"Blue", "Three"}, {"Green", std::nullopt}, {"Red", "One"}, {"Red", "Two"}}));
}

TEST_F(QueryJoin, in_full_makes_everything_before_it_optional) {
    const auto rows = connection.all(select<Artist, Album, Track>()
                                         .join<Album>()
                                         .full_join<Track>()
                                         .where(col<&Track::id> == 4 || col<&Album::id> == 3)
                                         .order_by(col<&Track::id>));
    EXPECT_EQ(rows, (std::vector<std::tuple<std::optional<Artist>, std::optional<Album>, std::optional<Track>>>{
                        {bix, green, std::nullopt}, {std::nullopt, std::nullopt, four}}));
}

TEST_F(QueryJoin, crosses_every_row_with_every_row) {
    EXPECT_EQ(connection.scalar(select(mica::count()).from<Artist>().cross_join<Track>()), 12);
}

TEST_F(QueryJoin, takes_conditions_with_values) {
    const auto rows =
        connection.all(select(artist_name, title)
                           .left_join<Album>(col<&Album::artist_id> == col<&Artist::id> && col<&Album::year> > 2000)
                           .where(artist_name != "Cyd")
                           .order_by(artist_name));
    EXPECT_EQ(rows, (std::vector<std::tuple<std::string, MaybeName>>{{"Ada", "Blue"}, {"Bix", std::nullopt}}));
}

TEST_F(QueryJoin, spreads_null_through_expressions) {
    const auto rows = connection.all(select(col<&Artist::id> + col<&Album::artist_id>, title || "!", title == "Red")
                                         .left_join<Album>()
                                         .where(col<&Artist::id> != 2)
                                         .order_by(title));
    EXPECT_EQ(rows, (std::vector<std::tuple<std::optional<std::int64_t>, MaybeName, std::optional<bool>>>{
                        {std::nullopt, std::nullopt, std::nullopt}, {2, "Blue!", false}, {2, "Red!", true}}));
}

TEST_F(QueryJoin, streams_optional_entities) {
    Names titles;
    for (const auto& [artist, album] :
         connection.execute(select<Artist, Album>().left_join<Album>().order_by(col<&Artist::id>.desc(), title))) {
        titles.push_back(artist.name + ":" + (album ? album->title : "none"));
    }
    EXPECT_EQ(titles, (Names{"Cyd:none", "Bix:Green", "Ada:Blue", "Ada:Red"}));
}

TEST_F(QueryJoin, streams_a_single_optional_entity) {
    const auto query = select<Album>().from<Artist>().left_join<Album>().order_by(col<&Artist::id>, title);
    static_assert(std::same_as<decltype(query)::Row, std::optional<Album>>);
    std::vector<std::optional<Album>> albums;
    for (const auto& album : connection.execute(query)) albums.push_back(album);
    EXPECT_EQ(albums, (std::vector<std::optional<Album>>{blue, red, green, std::nullopt}));
    EXPECT_EQ(connection.all(query), albums);
    EXPECT_EQ(connection.first(query), std::optional<std::optional<Album>>{blue});
}

struct Line {
    std::string artist;
    MaybeName title;
    std::optional<int> year;
    bool operator==(const Line&) const = default;
};

TEST_F(QueryJoin, reads_an_outer_side_into_optional_fields) {
    const auto rows = connection.all(
        select(artist_name, title, col<&Album::year>).left_join<Album>().into<Line>().order_by(artist_name, title));
    EXPECT_EQ(rows, (std::vector<Line>{{"Ada", "Blue", 2005},
                                       {"Ada", "Red", 1999},
                                       {"Bix", "Green", std::nullopt},
                                       {"Cyd", std::nullopt, std::nullopt}}));
}

TEST_F(QueryJoin, counts_what_is_not_missing) {
    EXPECT_EQ(connection.all(select(artist_name, count(col<&Album::id>))
                                 .left_join<Album>()
                                 .group_by(col<&Artist::id>)
                                 .order_by(col<&Artist::id>)),
              (std::vector<std::tuple<std::string, std::int64_t>>{{"Ada", 2}, {"Bix", 1}, {"Cyd", 0}}));
}

TEST_F(QueryJoin, takes_a_condition_that_is_always_or_never_true) {
    const auto pairs = select(artist_name, title);
    EXPECT_EQ(connection.all(pairs.join<Album>(mica::literal(true))).size(), 9U);
    EXPECT_TRUE(connection.all(pairs.join<Album>(mica::literal(false))).empty());
    EXPECT_EQ(connection.all(pairs.left_join<Album>(mica::literal(false)).order_by(artist_name)),
              (std::vector<std::tuple<std::string, MaybeName>>{
                  {"Ada", std::nullopt}, {"Bix", std::nullopt}, {"Cyd", std::nullopt}}));
}

}  // namespace
}  // namespace integration_query_join
