// SPDX-License-Identifier: BSL-1.0
#include <support/music_database.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace integration_query_raw_expressions {
namespace {

using mica::col;
using mica::select;
using mica::sql;
using music::Album;
using music::Track;
using Names = std::vector<std::string>;

constexpr auto name = col<&Track::name>;
constexpr auto seconds = col<&Track::seconds>;

struct QueryRawExpressions : mica::test::MusicDatabase {};

TEST_F(QueryRawExpressions, are_conditions) {
    EXPECT_EQ(connection.all(select(name).where(sql<bool>("seconds % ? = 0 OR name = ?", 200, "One") && seconds < 250)),
              (Names{"One", "Two"}));
    EXPECT_EQ(connection.all(select(name).where(!sql<bool>("seconds > ?", 60))), Names{"Four"});
}

TEST_F(QueryRawExpressions, are_values_of_the_type_that_is_said) {
    EXPECT_EQ(connection.all(select(name, sql<std::int64_t>("seconds / ?", 50)).where(seconds == 200).limit(1)),
              (std::vector<std::tuple<std::string, std::int64_t>>{{"Two", 4}}));
    EXPECT_EQ(connection.one(select(sql<std::optional<int>>("NULL"), sql<std::string>("? || ?", "a", "b"))),
              (std::tuple<std::optional<int>, std::string>{std::nullopt, "ab"}));
    EXPECT_THROW(static_cast<void>(connection.one(select(sql<int>("NULL")))), mica::DataError);
    EXPECT_THROW(static_cast<void>(connection.one(select(sql<int>("'text'")))), mica::DataError);
}

TEST_F(QueryRawExpressions, mix_their_values_with_others) {
    EXPECT_EQ(connection.one(
                  select(sql<std::int64_t>("?", 1), sql<std::int64_t>("? * 10 + ?", 2, 3), sql<std::int64_t>("?", 4))
                      .limit(5)),
              (std::tuple<std::int64_t, std::int64_t, std::int64_t>{1, 23, 4}));
}

TEST_F(QueryRawExpressions, may_quote_what_looks_like_a_parameter) {
    EXPECT_EQ(
        connection.one(
            select(sql<std::string>("'?' || ? /* ? */ || \"name\" -- ?", "!")).from<Track>().where(seconds == 50)),
        "?!Four");
}

TEST_F(QueryRawExpressions, bind_null) {
    EXPECT_EQ(connection.one(select(sql<bool>("? IS NULL AND ? IS NULL", std::nullopt, std::optional<int>{}))), true);
}

TEST_F(QueryRawExpressions, that_are_no_sql_fail_and_leave_the_connection_usable) {
    EXPECT_THROW(static_cast<void>(connection.all(select(sql<int>("no such thing")))), mica::ProgrammingError);
    EXPECT_THROW(static_cast<void>(connection.all(select(sql<int>("1)) UNION SELECT ((2")))), mica::ProgrammingError);
    EXPECT_EQ(connection.scalar(select(mica::count()).from<Album>()), 3);
}

TEST_F(QueryRawExpressions, sort_and_group) {
    EXPECT_EQ(connection.all(select(sql<std::string>("substr(name, ?, 1)", 1), mica::count())
                                 .from<Track>()
                                 .group_by(sql<std::string>("substr(name, ?, 1)", 1))
                                 .order_by(sql<int>("count(*) * ?", -1), sql<int>("name"))),
              (std::vector<std::tuple<std::string, std::int64_t>>{{"T", 2}, {"F", 1}, {"O", 1}}));
}

}  // namespace
}  // namespace integration_query_raw_expressions
