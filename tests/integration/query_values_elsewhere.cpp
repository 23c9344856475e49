// SPDX-License-Identifier: BSL-1.0
// Rows of values beside everything else: prepared statements, filters, windows, sessions, readers, large tables.
#include <support/memory_database.hpp>
#include <support/music.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace integration_query_values_elsewhere {
namespace {

using mica::col;
using mica::count;
using mica::select;
using mica::values;
using music::Artist;

constexpr auto id = col<&Artist::id>;
constexpr auto name = col<&Artist::name>;

const auto v = values<"v", "id", "n">({std::pair{1, 10}, {2, 20}, {3, 30}});

struct QueryValuesBeside : mica::test::MemoryDatabase<Artist> {
    QueryValuesBeside() { insert<Artist>({{1, "A", {}}, {2, "B", {}}}); }
};

TEST_F(QueryValuesBeside, parameters_are_bound_at_each_run) {
    auto by_id = connection.prepare(select(v.col<"n">).from(v).where(v.col<"id"> == mica::param<int>));
    EXPECT_EQ(by_id(1).one(), 10);
    EXPECT_EQ(by_id(3).one(), 30);
    EXPECT_EQ(by_id(9).first(), std::nullopt);
}

TEST_F(QueryValuesBeside, a_filter_are_filtered) {
    const mica::Filter<Artist> filter = id > 1;
    EXPECT_EQ(connection.all(select(v.col<"n">).from(v).join<Artist>(id == v.col<"id">).where(filter)),
              std::vector{20});
}

TEST_F(QueryValuesBeside, windows_are_numbered) {
    const auto place = mica::row_number().over(mica::order_by(v.col<"n">.desc()));
    EXPECT_EQ(connection.all(select(v.col<"id">, place).from(v).order_by(v.col<"id">)),
              (std::vector<std::tuple<int, std::int64_t>>{{1, 3}, {2, 2}, {3, 1}}));
}

TEST_F(QueryValuesBeside, returning_give_what_they_changed) {
    EXPECT_EQ(connection
                  .all(mica::update<Artist>()
                           .set(name = v.col<"n">.cast<std::string>())
                           .from(v)
                           .where(id == v.col<"id">)
                           .returning(name))
                  .size(),
              2U);
    EXPECT_EQ(connection.all(select(name).order_by(id)), (std::vector<std::string>{"10", "20"}));
}

TEST_F(QueryValuesBeside, rows_of_a_query_are_those_rows) {
    const auto again = values<"again">(connection.all(select<Artist>()));
    EXPECT_EQ(connection.all(select(again.col<&Artist::name>).from(again).order_by(again.col<"id">.desc())),
              (std::vector<std::string>{"B", "A"}));
}

TEST_F(QueryValuesBeside, a_large_table_are_looked_up) {
    std::vector<Artist> artists;
    std::vector<std::pair<std::int64_t, int>> pairs;
    for (int i = 0; i < 20'000; ++i) {
        artists.push_back({i + 3, "x", {}});
        pairs.emplace_back(2 * i, i);
    }
    connection.execute(mica::insert_into<Artist>().values(artists));
    const auto many = values<"many", "id", "n">(pairs);
    EXPECT_EQ(connection.scalar(select(count()).from<Artist>().join(many, many.col<"id"> == id)), 10'001);
    EXPECT_EQ(connection.scalar(select(count(many.col<"n">)).from<Artist>().left_join(many, many.col<"id"> == id)),
              10'001);
    EXPECT_EQ(connection.execute(mica::update<Artist>().set(name = "y").from(many).where(id == many.col<"id">))
                  .rows_affected(),
              10'001);
}

struct SessionWithValues : testing::Test {
    mica::Engine engine{"sqlite://"};
};

TEST_F(SessionWithValues, joins_them) {
    engine.create_all<Artist>();
    mica::Session session{engine};
    session.add(Artist{1, "A", {}});
    session.add(Artist{2, "B", {}});
    const auto artists = session.query<Artist>().join(v, v.col<"id"> == id).where(v.col<"n"> > 10).all();
    ASSERT_EQ(artists.size(), 1U);
    EXPECT_EQ(artists[0]->name, "B");
    session.commit();
    EXPECT_EQ(engine.read([](mica::Reader& reader) { return reader.all(select(v.col<"n">).from(v)); }).size(), 3U);
}

}  // namespace
}  // namespace integration_query_values_elsewhere
