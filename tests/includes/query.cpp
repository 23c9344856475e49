// SPDX-License-Identifier: BSL-1.0
// <mica/query.hpp> alone: statements, and an engine with connections that run them.
#include <mica/query.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

using mica::col;
using mica::select;

namespace {

struct Artist {
    std::int64_t id = 0;
    std::string name;
};

struct Album {
    std::int64_t id = 0;
    std::string title;
    int year = 0;
    std::int64_t artist_id = 0;

    static constexpr auto mapping() { return mica::table("album", mica::foreign_key<&Album::artist_id, &Artist::id>); }
};

struct QueryHeader : testing::Test {
    QueryHeader() {
        engine.create_all<Artist, Album>();
        const mica::Connection connection = engine.connect();
        std::vector<Artist> artists{{.name = "Coltrane"}, {.name = "Davis"}};
        connection.insert(artists);
        std::vector<Album> albums{{.title = "Blue Train", .year = 1957, .artist_id = artists[0].id},
                                  {.title = "Giant Steps", .year = 1959, .artist_id = artists[0].id},
                                  {.title = "Kind of Blue", .year = 1959, .artist_id = artists[1].id}};
        connection.insert(albums);
    }

    mica::Engine engine{"sqlite://"};
};

}  // namespace

TEST_F(QueryHeader, a_connection_runs_a_join_with_groups) {
    const mica::Connection connection = engine.connect();
    const auto counted = select(col<&Artist::name>, mica::count())
                             .from<Artist>()
                             .join<Album>()
                             .group_by(col<&Artist::name>)
                             .order_by(col<&Artist::name>);
    using Rows = std::vector<std::tuple<std::string, std::int64_t>>;
    EXPECT_EQ(connection.all(counted), (Rows{{"Coltrane", 2}, {"Davis", 1}}));
}

TEST_F(QueryHeader, windows_and_set_operations_are_there) {
    const mica::Connection connection = engine.connect();
    const auto numbered = select(mica::row_number().over(mica::order_by(col<&Album::title>))).from<Album>();
    EXPECT_EQ(connection.all(numbered).size(), 3U);
    const auto both = mica::union_all(select(col<&Artist::name>), select(col<&Album::title>));
    EXPECT_EQ(connection.all(both).size(), 5U);
}

TEST_F(QueryHeader, a_prepared_statement_takes_values_later) {
    const mica::Connection connection = engine.connect();
    const auto by_year = connection.prepare(
        select(col<&Album::title>).where(col<&Album::year> == mica::param<int>).order_by(col<&Album::id>));
    std::vector<std::string> found;
    for (const std::string& title : by_year(1959)) found.push_back(title);
    for (const std::string& title : by_year(1957)) found.push_back(title);
    EXPECT_EQ(found, (std::vector<std::string>{"Giant Steps", "Kind of Blue", "Blue Train"}));
}

TEST_F(QueryHeader, statements_write_and_objects_are_written) {
    const mica::Connection connection = engine.connect();
    connection.execute(mica::update<Album>().set(col<&Album::year> = 1958).where(col<&Album::title> == "Blue Train"));
    std::optional<Album> album = connection.get<Album>(1);
    ASSERT_TRUE(album);
    EXPECT_EQ(album->year, 1958);
    album->year = 1957;
    connection.update(*album);
    connection.execute(mica::delete_from<Album>().where(col<&Album::year> == 1959));
    EXPECT_EQ(connection.scalar(select(mica::count()).from<Album>()), 1);
}

TEST_F(QueryHeader, a_reader_reads_a_filter_made_at_run_time) {
    mica::Filter<Album> filter;
    filter &= col<&Album::year> > 1958;
    EXPECT_EQ(engine.read([&](mica::Reader& reader) { return reader.all(select<Album>().where(filter)).size(); }), 2U);
}
