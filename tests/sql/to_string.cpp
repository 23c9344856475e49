// SPDX-License-Identifier: BSL-1.0
#include <support/music.hpp>

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

namespace sql_to_string {
namespace {

using mica::col;
using mica::select;
using mica::to_string;
using music::Album;

constexpr auto id = col<&Album::id>;
constexpr auto title = col<&Album::title>;

std::string values_of(const std::string& text) { return text.substr(text.find(" -- ")); }

TEST(SqlToString, shows_the_text_alone_where_there_are_no_values) {
    EXPECT_EQ(to_string(select(id)), R"(SELECT "album"."id" FROM "album")");
}

TEST(SqlToString, shows_the_values_behind_the_text) {
    EXPECT_EQ(to_string(select(id).where(id > 5 && title == "it's").limit(2)),
              R"(SELECT "album"."id" FROM "album" WHERE "album"."id" > ?1 AND "album"."title" = ?2 LIMIT ?3 )"
              R"(-- ?1 = 5, ?2 = 'it''s', ?3 = 2)");
}

TEST(SqlToString, shows_values_of_every_kind) {
    const auto query = select(id)
                           .where(col<&Album::year> > 2.5)
                           .where(id.in(std::vector<int>{1, 2, 3}))
                           .where(col<&Album::year>.is_distinct_from(std::optional<int>{}))
                           .where(mica::sql<bool>("x = ?", std::vector<std::byte>(4)));
    EXPECT_EQ(values_of(to_string(query)), " -- ?1 = 2.5, ?2 = a list of 3 values, ?3 = NULL, ?4 = a blob of 4 bytes");
    EXPECT_EQ(values_of(to_string(select(id).where(id == mica::param<int>))), " -- ?1 = a param<>");
}

TEST(SqlToString, cuts_a_long_text_between_characters) {
    EXPECT_EQ(values_of(to_string(select(id).where(title == std::string(100, 'x')))),
              " -- ?1 = '" + std::string(100, 'x') + "'");
    EXPECT_EQ(values_of(to_string(select(id).where(title == std::string(101, 'x')))),
              " -- ?1 = '" + std::string(100, 'x') + "…'");
    EXPECT_EQ(values_of(to_string(select(id).where(title == std::string(99, 'x') + "ßx"))),
              " -- ?1 = '" + std::string(99, 'x') + "…'");
}

TEST(SqlToString, shows_what_is_put_together_at_run_time) {
    mica::Filter<Album> filter{id == 1};
    filter |= title == "b";
    EXPECT_EQ(to_string(select(id).where(filter).where_if(false, id == 9).limit(3)),
              R"(SELECT "album"."id" FROM "album" WHERE ("album"."id" = ?1 OR "album"."title" = ?2) AND 1 LIMIT ?3 )"
              R"(-- ?1 = 1, ?2 = 'b', ?3 = 3)");
}

TEST(SqlToString, goes_into_a_stream) {
    std::ostringstream stream;
    stream << select(id).where(id == 1) << '!';
    EXPECT_EQ(stream.str(), R"(SELECT "album"."id" FROM "album" WHERE "album"."id" = ?1 -- ?1 = 1!)");
}

TEST(SqlToString, shows_changes) {
    EXPECT_EQ(to_string(mica::update<Album>().set(title = "a").where(id == 1)),
              R"(UPDATE "album" SET "title" = ?1 WHERE "album"."id" = ?2 -- ?1 = 'a', ?2 = 1)");
    EXPECT_EQ(to_string(mica::delete_from<Album>().all_rows()), R"(DELETE FROM "album")");
}

}  // namespace
}  // namespace sql_to_string
