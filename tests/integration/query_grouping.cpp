// SPDX-License-Identifier: BSL-1.0
#include <support/music_database.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace integration_query_grouping {
namespace {

using mica::col;
using mica::count;
using mica::select;
using music::Album;
using music::Artist;
using music::Track;
using Names = std::vector<std::string>;
using Ids = std::vector<std::int64_t>;

constexpr auto artist_name = col<&Artist::name>;
constexpr auto title = col<&Album::title>;
constexpr auto album_id = col<&Track::album_id>;
constexpr auto seconds = col<&Track::seconds>;

struct QueryGrouping : mica::test::MusicDatabase {};

TEST_F(QueryGrouping, gives_a_row_for_each_group) {
    EXPECT_EQ(connection.all(select(album_id, count(), sum(seconds)).group_by(album_id).order_by(album_id)),
              (std::vector<std::tuple<std::optional<std::int64_t>, std::int64_t, std::optional<std::int64_t>>>{
                  {std::nullopt, 1, 50}, {1, 2, 300}, {2, 1, 300}}));
}

TEST_F(QueryGrouping, keeps_groups_that_the_condition_is_true_for) {
    EXPECT_EQ(connection.all(select(album_id, max(seconds))
                                 .where(seconds > 60)
                                 .group_by(album_id)
                                 .having(sum(seconds) == 300)
                                 .having(count() > 1)),
              (std::vector<std::tuple<std::optional<std::int64_t>, std::optional<int>>>{{1, 200}}));
}

TEST_F(QueryGrouping, frees_the_columns_of_a_row_by_its_key) {
    EXPECT_EQ(connection.all(select(artist_name, col<&Artist::country>, count(col<&Album::id>))
                                 .left_join<Album>()
                                 .group_by(col<&Artist::id>)
                                 .order_by(artist_name)),
              (std::vector<std::tuple<std::string, std::optional<std::string>, std::int64_t>>{
                  {"Ada", "GB", 2}, {"Bix", "US", 1}, {"Cyd", std::nullopt, 0}}));
    EXPECT_EQ(connection.all(select<Artist>().join<Album>().group_by(col<&Artist::id>).having(count() > 1)),
              (std::vector<Artist>{{1, "Ada", "GB"}}));
}

TEST_F(QueryGrouping, goes_by_an_expression_with_the_name_of_a_column) {
    // A name in GROUP BY would be that of the column: four groups in place of three.
    const auto initial = substr(col<&Track::name>, 1, 1).as<"name">();
    EXPECT_EQ(connection.all(select(initial, count()).group_by(initial).order_by(initial)),
              (std::vector<std::tuple<std::string, std::int64_t>>{{"F", 1}, {"O", 1}, {"T", 2}}));
}

TEST_F(QueryGrouping, sorts_by_what_the_groups_have_together) {
    EXPECT_EQ(
        connection.all(select(title).join<Track>().group_by(col<&Album::id>).order_by(max(seconds).desc(), title)),
        (Names{"Blue", "Red"}));
    const auto length = sum(seconds).as<"length">();
    EXPECT_EQ(connection.all(select(col<&Album::artist_id>, length)
                                 .join<Track>()
                                 .group_by(col<&Album::artist_id>)
                                 .having(length > 100)
                                 .order_by(length.desc())),
              (std::vector<std::tuple<std::int64_t, std::optional<std::int64_t>>>{{1, 600}}));
}

TEST_F(QueryGrouping, of_all_rows_gives_one_row) {
    EXPECT_EQ(connection.one(select(count(), sum(seconds), min(col<&Track::name>))),
              (std::tuple<std::int64_t, std::optional<std::int64_t>, std::optional<std::string>>{4, 650, "Four"}));
    EXPECT_EQ(connection.one(select(count(), sum(seconds)).where(seconds > 1000)),
              (std::tuple<std::int64_t, std::optional<std::int64_t>>{0, std::nullopt}));
}

TEST_F(QueryGrouping, of_no_rows_gives_no_group) {
    EXPECT_EQ(connection.all(select(count()).from<Track>().where(seconds > 1000).group_by(album_id)), Ids{});
}

TEST_F(QueryGrouping, of_distinct_rows_counts_each_once) {
    EXPECT_EQ(connection.scalar(select(count_distinct(album_id))), 2);
    EXPECT_EQ(connection.all(select(count()).from<Track>().group_by(album_id).distinct().order_by(count())),
              (Ids{1, 2}));
    EXPECT_EQ(connection.all(select(col<&Album::artist_id>).join<Track>().distinct()), Ids{1});
}

TEST_F(QueryGrouping, compares_groups_with_a_subquery) {
    const auto average = select(avg(seconds));
    EXPECT_EQ(connection.all(select(album_id).group_by(album_id).having(max(seconds) > average).order_by(album_id)),
              (std::vector<std::optional<std::int64_t>>{1, 2}));
}

TEST_F(QueryGrouping, counts_the_groups_in_a_subquery) {
    const auto groups = mica::subquery<"groups">(select(album_id).group_by(album_id));
    EXPECT_EQ(connection.scalar(select(count()).from(groups)), 3);
}

}  // namespace
}  // namespace integration_query_grouping
