// SPDX-License-Identifier: BSL-1.0
#include <support/music_database.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace integration_query_subquery {
namespace {

using mica::col;
using mica::count;
using mica::exists;
using mica::select;
using music::Album;
using music::Artist;
using music::Track;
using Names = std::vector<std::string>;
using Numbers = std::vector<std::int64_t>;
using Maybe = std::optional<bool>;

constexpr auto artist_name = col<&Artist::name>;
constexpr auto artist_id = col<&Artist::id>;
constexpr auto title = col<&Album::title>;
constexpr auto own_albums = [] { return select<Album>().where(col<&Album::artist_id> == artist_id); };

struct QuerySubquery : mica::test::MusicDatabase {
    template <class Condition>
    Names artists(const Condition& condition) {
        return connection.all(select(artist_name).where(condition).order_by(artist_id));
    }
};

TEST_F(QuerySubquery, is_asked_for_a_row) {
    EXPECT_EQ(artists(exists(own_albums())), (Names{"Ada", "Bix"}));
    EXPECT_EQ(artists(!exists(own_albums())), Names{"Cyd"});
    EXPECT_EQ(artists(exists(own_albums().where(col<&Album::year> > 2000))), Names{"Ada"});
    EXPECT_EQ(artists(exists(select<Album>().where(title == "Red"))), (Names{"Ada", "Bix", "Cyd"}));
    EXPECT_EQ(connection.all(select(exists(own_albums())).from<Artist>().order_by(artist_id)),
              (std::vector<bool>{true, true, false}));
}

TEST_F(QuerySubquery, is_searched) {
    EXPECT_EQ(artists(artist_id.in(select(col<&Album::artist_id>).where(title == "Blue" || title == "Green"))),
              (Names{"Ada", "Bix"}));
    EXPECT_EQ(artists(artist_id.not_in(select(col<&Album::artist_id>))), Names{"Cyd"});
    EXPECT_EQ(artists(artist_name.in(select(col<&Track::name>))), Names{});
    EXPECT_EQ(artists((artist_id + 1).in(select(artist_id).where(artist_name != "Ada"))), (Names{"Ada", "Bix"}));
}

TEST_F(QuerySubquery, with_a_null_among_its_rows_is_unknown_for_what_it_lacks) {
    EXPECT_EQ(connection.all(select(artist_id.in(select(col<&Track::album_id>))).order_by(artist_id)),
              (std::vector<Maybe>{true, true, std::nullopt}));
    EXPECT_EQ(artists(artist_id.not_in(select(col<&Track::album_id>))), Names{});
    EXPECT_EQ(artists(artist_id.not_in(select(col<&Track::album_id>).where(col<&Track::album_id>.is_not_null()))),
              Names{"Cyd"});
    EXPECT_EQ(connection.all(select(col<&Track::album_id>.in(select(col<&Album::id>))).order_by(col<&Track::id>)),
              (std::vector<Maybe>{true, true, true, std::nullopt}));
    EXPECT_EQ(connection.all(select(col<&Track::album_id>.in(select(col<&Album::id>).where(title == "none")))),
              (std::vector<Maybe>{false, false, false, false}));
}

TEST_F(QuerySubquery, is_a_value) {
    EXPECT_EQ(
        connection.all(select(col<&Track::name>).where(col<&Track::seconds> == select(max(col<&Track::seconds>)))),
        Names{"Three"});
    EXPECT_EQ(
        connection.all(select(title, select(sum(col<&Track::seconds>)).where(col<&Track::album_id> == col<&Album::id>))
                           .order_by(col<&Album::id>)),
        (std::vector<std::tuple<std::string, std::optional<std::int64_t>>>{
            {"Red", 300}, {"Blue", 300}, {"Green", std::nullopt}}));
    EXPECT_EQ(connection.scalar(select(select(count()).from<Track>().scalar_subquery() * 2)), 8);
}

TEST_F(QuerySubquery, without_a_row_is_null) {
    const auto nobody = select(artist_name).where(artist_id == 99);
    EXPECT_EQ(connection.one(select(nobody.scalar_subquery())), std::nullopt);
    EXPECT_EQ(connection.one(select(nobody.scalar_subquery().is_null())), true);
    EXPECT_EQ(artists(artist_name == nobody), Names{});
    EXPECT_EQ(connection.one(select(coalesce(nobody.scalar_subquery(), "nobody"))), "nobody");
}

TEST_F(QuerySubquery, takes_its_first_row) {
    const auto longest = select(col<&Track::name>)
                             .join<Album>()
                             .where(col<&Album::artist_id> == artist_id)
                             .order_by(col<&Track::seconds>.desc())
                             .limit(1);
    EXPECT_EQ(connection.all(select(artist_name, longest).order_by(artist_id)),
              (std::vector<std::tuple<std::string, std::optional<std::string>>>{
                  {"Ada", "Three"}, {"Bix", std::nullopt}, {"Cyd", std::nullopt}}));
    EXPECT_EQ(artists(longest.scalar_subquery() == "Three"), Names{"Ada"});
    EXPECT_EQ(connection.all(select(artist_name).order_by(longest.scalar_subquery().nulls_last(), artist_name.desc())),
              (Names{"Ada", "Cyd", "Bix"}));
}

TEST_F(QuerySubquery, inside_of_another_reaches_both) {
    EXPECT_EQ(artists(exists(own_albums().where(
                  exists(select<Track>().where(col<&Track::album_id> == col<&Album::id> && artist_name == "Ada"))))),
              Names{"Ada"});
}

TEST_F(QuerySubquery, stands_in_groups_and_joins) {
    const auto tracks = select(count()).from<Track>().where(col<&Track::album_id> == col<&Album::id>);
    EXPECT_EQ(connection.all(select(tracks.scalar_subquery(), count())
                                 .from<Album>()
                                 .group_by(tracks.scalar_subquery())
                                 .order_by(tracks.scalar_subquery())),
              (std::vector<std::tuple<std::int64_t, std::int64_t>>{{0, 1}, {1, 1}, {2, 1}}));
    EXPECT_EQ(connection.all(select(artist_name)
                                 .join<Album>()
                                 .group_by(artist_id)
                                 .having(count() > select(count()).from<Track>().where(col<&Track::seconds> > 250))),
              Names{"Ada"});
    EXPECT_EQ(connection.all(
                  select(artist_name, title).join<Album>(tracks.scalar_subquery() == artist_id).order_by(artist_id)),
              (std::vector<std::tuple<std::string, std::string>>{{"Ada", "Blue"}, {"Bix", "Red"}}));
}

TEST_F(QuerySubquery, says_which_rows_to_change) {
    EXPECT_EQ(connection
                  .execute(mica::update<Album>()
                               .set(title = "Quiet")
                               .where(!exists(select<Track>().where(col<&Track::album_id> == col<&Album::id>))))
                  .rows_affected(),
              1);
    EXPECT_EQ(connection.all(select(title).order_by(col<&Album::id>)), (Names{"Red", "Blue", "Quiet"}));
    connection.execute(
        mica::delete_from<Track>().where(col<&Track::album_id>.in(select(col<&Album::id>).where(title == "Red")) ||
                                         col<&Track::album_id> == std::nullopt));
    EXPECT_EQ(connection.all(select(col<&Track::name>)), Names{"Three"});
}

TEST_F(QuerySubquery, gives_the_limit) {
    EXPECT_EQ(connection.all(select(col<&Track::id>).order_by(col<&Track::id>).limit(select(count()).from<Artist>())),
              (Numbers{1, 2, 3}));
}

TEST_F(QuerySubquery, is_a_source_of_rows) {
    const auto sums = mica::subquery<"sums">(
        select(col<&Track::album_id>, sum(col<&Track::seconds>).as<"length">(), count().as<"n">())
            .group_by(col<&Track::album_id>));
    EXPECT_EQ(connection.all(select(title, sums.col<"length">, sums.col<"n">)
                                 .left_join(sums, sums.col<"album_id"> == col<&Album::id>)
                                 .order_by(title)),
              (std::vector<std::tuple<std::string, std::optional<std::int64_t>, std::optional<std::int64_t>>>{
                  {"Blue", 300, 1}, {"Green", std::nullopt, std::nullopt}, {"Red", 300, 2}}));
    EXPECT_EQ(connection.scalar(select(max(sums.col<"n">)).from(sums)), 2);
}

TEST_F(QuerySubquery, limits_before_what_is_around_it_filters) {
    const auto first = mica::subquery<"first">(select<Track>().order_by(col<&Track::seconds>).limit(2));
    const auto named = mica::subquery<"named">(
        select(first.col<&Track::name>, first.col<"seconds">).from(first).where(first.col<"seconds"> > 60));
    EXPECT_EQ(connection.all(select(named.col<&Track::name>).from(named)), Names{"One"});
}

TEST_F(QuerySubquery, hands_on_null_of_an_outer_join) {
    const auto pairs = mica::subquery<"pairs">(select(artist_name, title, col<&Album::artist_id>).left_join<Album>());
    EXPECT_EQ(
        connection.all(select(pairs.col<"name">, pairs.col<"title">)
                           .from(pairs)
                           .where(pairs.col<"artist_id"> != 1 || pairs.col<"artist_id"> == std::nullopt)
                           .order_by(pairs.col<"name">)),
        (std::vector<std::tuple<std::string, std::optional<std::string>>>{{"Bix", "Green"}, {"Cyd", std::nullopt}}));
}

TEST_F(QuerySubquery, with_a_limit_stands_in_both_members_of_a_union) {
    const auto shortest = select(col<&Track::name>).order_by(col<&Track::seconds>).limit(1);
    const auto both = mica::union_(select(shortest.scalar_subquery()), select(shortest.scalar_subquery()));
    EXPECT_EQ(connection.all(both).size(), 1U);
    EXPECT_EQ(
        connection.all(mica::union_all(select(shortest.scalar_subquery()), select(shortest.scalar_subquery()))).size(),
        2U);
}

}  // namespace
}  // namespace integration_query_subquery
