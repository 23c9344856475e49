// SPDX-License-Identifier: BSL-1.0
#include <support/music_database.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace integration_query_prepared {
namespace {

using mica::col;
using mica::param;
using mica::select;
using music::Album;
using music::Artist;
using music::Track;
using Names = std::vector<std::string>;

constexpr auto name = col<&Track::name>;
constexpr auto seconds = col<&Track::seconds>;

struct QueryPrepared : mica::test::MusicDatabase {};

TEST_F(QueryPrepared, runs_with_other_values_each_time) {
    const auto longer = connection.prepare(select(name).where(seconds > param<int>).order_by(name));
    EXPECT_EQ(longer(150).all(), (Names{"Three", "Two"}));
    EXPECT_EQ(longer(250).all(), Names{"Three"});
    EXPECT_EQ(longer(1000).all(), Names{});
    EXPECT_EQ(longer(0).first(), "Four");
    EXPECT_EQ(longer(250).one(), "Three");
}

TEST_F(QueryPrepared, gives_whole_rows) {
    const auto by_id =
        connection.prepare(select<Track, Album>().left_join<Album>().where(col<&Track::id> == param<int>));
    EXPECT_EQ(by_id(4).one(), (std::tuple<Track, std::optional<Album>>{{4, "Four", 50, std::nullopt}, std::nullopt}));
    EXPECT_EQ(by_id(1).one(), (std::tuple<Track, std::optional<Album>>{{1, "One", 100, 1}, Album{1, "Red", 1999, 1}}));
}

TEST_F(QueryPrepared, gives_each_value_to_its_parameter) {
    const auto old = mica::cte<"old">(select<Album>().where(col<&Album::year> < param<int>));
    const auto search = connection.prepare(select(name, param<std::string> || old.col<"title">)
                                               .join(old, old.col<"id"> == col<&Track::album_id>)
                                               .where(seconds > param<int> && seconds < 1000)
                                               .order_by(name)
                                               .limit(param<int>));
    EXPECT_EQ(search(2010, "on ", 150, 5).all(),
              (std::vector<std::tuple<std::string, std::string>>{{"Three", "on Blue"}, {"Two", "on Red"}}));
    EXPECT_EQ(search(2000, "of ", 0, 1).all(), (std::vector<std::tuple<std::string, std::string>>{{"One", "of Red"}}));
}

TEST_F(QueryPrepared, takes_null) {
    const auto of_album =
        connection.prepare(select(name).where(col<&Track::album_id>.is_not_distinct_from(param<std::optional<int>>)));
    EXPECT_EQ(of_album(std::nullopt).all(), Names{"Four"});
    EXPECT_EQ(of_album(2).all(), Names{"Three"});
}

TEST_F(QueryPrepared, changes_rows) {
    const auto rename = connection.prepare(mica::update<Track>()
                                               .set(name = param<std::string>, seconds = seconds + param<int>)
                                               .where(col<&Track::id> == param<int>));
    EXPECT_EQ(rename("Uno", 5, 1).rows_affected(), 1);
    EXPECT_EQ(rename(std::string{"Due"}, 6, 2).rows_affected(), 1);
    EXPECT_EQ(rename("Nobody", 0, 99).rows_affected(), 0);
    EXPECT_EQ(connection.all(select(name, seconds).where(col<&Track::id> < 3).order_by(col<&Track::id>)),
              (std::vector<std::tuple<std::string, int>>{{"Uno", 105}, {"Due", 206}}));
}

TEST_F(QueryPrepared, streams_beside_itself) {
    const auto of_album = connection.prepare(select(name).where(col<&Track::album_id> == param<int>).order_by(name));
    Names names;
    for (const std::string& outer : of_album(1)) {
        for (const std::string& inner : of_album(2)) names.push_back(outer + inner);
    }
    EXPECT_EQ(names, (Names{"OneThree", "TwoThree"}));
}

TEST_F(QueryPrepared, is_usable_after_a_failure) {
    const auto set_id =
        connection.prepare(mica::update<Track>().set(col<&Track::id> = param<int>).where(name == param<std::string>));
    EXPECT_THROW(set_id(2, "One"), mica::IntegrityError);
    EXPECT_EQ(set_id(9, "One").rows_affected(), 1);
}

TEST_F(QueryPrepared, takes_values_of_every_text) {
    const auto by_name = connection.prepare(select(seconds).where(name == param<std::string>));
    EXPECT_EQ(by_name("'; DROP TABLE track; --").all(), std::vector<int>{});
    EXPECT_EQ(by_name("One").all(), std::vector<int>{100});
}

TEST_F(QueryPrepared, may_have_a_part_that_is_known_only_at_run_time) {
    mica::Filter<Track> filter{seconds > 60};
    const auto prepared = connection.prepare(
        select(name).where(name != param<std::string>).where(filter).where(seconds < param<int>).order_by(name));
    EXPECT_EQ(prepared("One", 250).all(), Names{"Two"});
    EXPECT_EQ(prepared("Two", 1000).all(), (Names{"One", "Three"}));
}

}  // namespace
}  // namespace integration_query_prepared
