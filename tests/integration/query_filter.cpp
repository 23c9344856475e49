// SPDX-License-Identifier: BSL-1.0
#include <support/music_database.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace integration_query_filter {
namespace {

using mica::col;
using mica::Filter;
using mica::Order;
using mica::select;
using music::Album;
using music::Artist;
using music::Track;
using Names = std::vector<std::string>;

constexpr auto id = col<&Track::id>;
constexpr auto name = col<&Track::name>;
constexpr auto seconds = col<&Track::seconds>;

struct QueryFilter : mica::test::MusicDatabase {
    template <class Condition>
    Names where(const Condition& condition) {
        return connection.all(select(name).where(condition).order_by(id));
    }
};

/// A filter is a name in a signature, whatever it is made of.
Filter<Track> longer_than(std::optional<int> least, std::optional<std::string> part) {
    Filter<Track> filter;
    if (least) filter &= seconds > *least;
    if (part) filter &= name.contains(*part);
    return filter;
}

TEST_F(QueryFilter, grows_at_run_time) {
    EXPECT_EQ(where(longer_than(std::nullopt, std::nullopt)), (Names{"One", "Two", "Three", "Four"}));
    EXPECT_EQ(where(longer_than(60, std::nullopt)), (Names{"One", "Two", "Three"}));
    EXPECT_EQ(where(longer_than(60, "o")), (Names{"One", "Two"}));
    EXPECT_EQ(where(longer_than(std::nullopt, "Four")), Names{"Four"});
}

TEST_F(QueryFilter, means_what_it_says_in_the_order_it_was_said) {
    Filter<Track> filter{id == 1};
    filter |= id == 2;
    filter &= seconds > 150;
    EXPECT_EQ(where(filter), Names{"Two"});
    filter |= id == 4;
    EXPECT_EQ(where(filter), (Names{"Two", "Four"}));
    EXPECT_EQ(where(!filter), (Names{"One", "Three"}));
    EXPECT_EQ(where(filter && seconds < 60), Names{"Four"});
    EXPECT_EQ(where(seconds == 100 || filter), (Names{"One", "Two", "Four"}));
}

TEST_F(QueryFilter, is_unknown_where_its_condition_is) {
    const Filter<Track> filter{col<&Track::album_id> == 1};
    EXPECT_EQ(where(filter), (Names{"One", "Two"}));
    EXPECT_EQ(where(!filter), Names{"Three"});
    EXPECT_EQ(connection.all(select(filter).from<Track>().order_by(id)),
              (std::vector<std::optional<bool>>{true, true, false, std::nullopt}));
}

TEST_F(QueryFilter, takes_many_conditions) {
    Filter<Track> any;
    for (int i = 3; i < 950; ++i) any |= id == i;
    EXPECT_EQ(where(any), (Names{"Three", "Four"}));
    Filter<Track> all;
    for (int i = 5; i < 950; ++i) all &= id != i;
    EXPECT_EQ(where(all && id > 2), (Names{"Three", "Four"}));
    Filter<Track> mixed;
    for (int i = 0; i < 20; ++i) {
        mixed |= id == i;
        mixed &= name != "One";
    }
    EXPECT_EQ(where(mixed), (Names{"Two", "Three", "Four"}));
}

TEST_F(QueryFilter, reads_from_joined_tables) {
    Filter<Track, Album, Artist> filter{col<&Artist::name> == "Ada"};
    filter &= col<&Album::year> < 2000;
    filter &= Filter<Track>{seconds > 150};
    EXPECT_EQ(connection.all(select(name).join<Album>().join<Artist>().where(filter)), Names{"Two"});
    const Filter<Artist> british{col<&Artist::country> == "GB"};
    EXPECT_EQ(connection.all(select(col<&Album::title>)
                                 .join<Artist>(col<&Album::artist_id> == col<&Artist::id> && british)
                                 .order_by(col<&Album::title>)),
              (Names{"Blue", "Red"}));
}

TEST_F(QueryFilter, holds_subqueries_and_lists) {
    Filter<Album> filter{col<&Album::id>.in(std::vector<int>{1, 3, 5})};
    filter &= !exists(select<Track>().where(col<&Track::album_id> == col<&Album::id> && seconds > 100));
    filter |= col<&Album::artist_id>.in(select(col<&Artist::id>).where(col<&Artist::name> == "Zed"));
    EXPECT_EQ(connection.all(select(col<&Album::title>).where(filter)), Names{"Green"});
    EXPECT_EQ(connection.all(
                  select(col<&Artist::name>)
                      .where(exists(select<Album>().where(filter).where(col<&Album::artist_id> == col<&Artist::id>)))),
              Names{"Bix"});
}

TEST_F(QueryFilter, takes_every_text_for_a_value) {
    const std::vector<std::string> texts{"'",
                                         "\"",
                                         "?",
                                         "?1",
                                         "--",
                                         "/*",
                                         ";",
                                         "'; DROP TABLE track; --",
                                         std::string{"a\0b", 3},
                                         "",
                                         "測試",
                                         "\xF0\x9F\x8E\xB5",
                                         "%_\\"};
    for (const std::string& text : texts) {
        connection.execute(mica::update<Track>().set(name = text).where(id == 1));
        Filter<Track> filter{name == text};
        filter &= name.in(Names{text, "x"});
        EXPECT_EQ(where(filter), Names{text});
        EXPECT_EQ(where(mica::sql<bool>("name = ?", text)), Names{text});
        EXPECT_EQ(connection.all(select(name).where_if(true, name == text)), Names{text});
    }
    EXPECT_EQ(connection.scalar(select(mica::count()).from<Track>()), 4);
}

TEST_F(QueryFilter, is_copied_moved_and_kept) {
    Filter<Track> filter{id == 1};
    const auto query = select(name).where(filter);
    Filter<Track> copy = filter;
    copy |= id == 2;
    filter &= id == 3;
    EXPECT_EQ(connection.all(query), Names{"One"});
    EXPECT_EQ(where(copy), (Names{"One", "Two"}));
    EXPECT_EQ(where(filter), Names{});
    const Filter<Track> moved = std::move(copy);
    EXPECT_EQ(where(moved), (Names{"One", "Two"}));
    EXPECT_EQ(connection.all(query), Names{"One"});
}

TEST_F(QueryFilter, is_there_or_not) {
    const auto search = [&](std::optional<int> least, const std::string& part) {
        return connection.all(select(name)
                                  .where_if(least.has_value(), seconds >= least.value_or(0))
                                  .where_if(!part.empty(), name.contains(part))
                                  .order_by(id));
    };
    EXPECT_EQ(search(std::nullopt, ""), (Names{"One", "Two", "Three", "Four"}));
    EXPECT_EQ(search(200, ""), (Names{"Two", "Three"}));
    EXPECT_EQ(search(200, "Tw"), Names{"Two"});
    EXPECT_EQ(search(std::nullopt, "o"), (Names{"One", "Two", "Four"}));
}

TEST_F(QueryFilter, orders_as_it_is_told) {
    const auto sorted = [&](const Order<Track>& order) { return connection.all(select(name).order_by(order)); };
    EXPECT_EQ(sorted(name), (Names{"Four", "One", "Three", "Two"}));
    EXPECT_EQ(sorted(seconds.desc()), (Names{"Three", "Two", "One", "Four"}));
    EXPECT_EQ(sorted(Order<Track>{col<&Track::album_id>.desc().nulls_first(), name.desc()}),
              (Names{"Four", "Three", "Two", "One"}));
    EXPECT_EQ(sorted(Order<Track>{col<&Track::album_id> == 2}.then(id)), (Names{"Four", "One", "Two", "Three"}));
    EXPECT_EQ(sorted({}).size(), 4U);
    EXPECT_EQ(connection.first(select(name).order_by(Order<Track>{id.desc()})), "Four");
    EXPECT_EQ(connection.all(select(name).join<Album>().order_by(Order<Track, Album>{col<&Album::title>, id.desc()})),
              (Names{"Three", "Two", "One"}));
}

TEST_F(QueryFilter, says_which_rows_to_change) {
    EXPECT_EQ(
        connection.execute(mica::update<Track>().set(name = "x").where(longer_than(150, std::nullopt))).rows_affected(),
        2);
    EXPECT_EQ(connection.execute(mica::delete_from<Track>().where(longer_than(std::nullopt, "x"))).rows_affected(), 2);
    EXPECT_EQ(where(Filter<Track>{}), (Names{"One", "Four"}));
}

TEST_F(QueryFilter, selects_the_objects_of_a_session) {
    {
        const mica::Connection given_back = std::move(connection);
    }
    mica::Session session{engine};
    const auto query = session.query<Track>().where(longer_than(60, "o")).order_by(Order<Track>{id.desc()});
    EXPECT_EQ(query.count(), 2);
    EXPECT_TRUE(query.exists());
    EXPECT_EQ(query.first()->name, "Two");
    EXPECT_EQ(query.all().size(), 2U);
    EXPECT_THROW(static_cast<void>(query.one()), mica::MultipleResultsFound);
    EXPECT_THROW(static_cast<void>(session.query<Track>().where(longer_than(1000, std::nullopt)).one()),
                 mica::NoResultFound);
    EXPECT_EQ(session.query<Track>().where(longer_than(60, "o")).update(seconds = 1), 2);
    EXPECT_EQ(session.query<Track>().where(longer_than(60, std::nullopt)).remove(), 1);
}

}  // namespace
}  // namespace integration_query_filter
