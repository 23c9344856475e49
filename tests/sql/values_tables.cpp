// SPDX-License-Identifier: BSL-1.0
#include <support/music.hpp>
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace sql_values_tables {

enum class Color { red = 1, green };

struct Size {
    int width = 0;
    std::optional<double> height;
};

struct Line {
    int id = 0;
    std::string name;
    std::optional<int> amount;
    bool operator==(const Line&) const = default;
};

struct Picture {
    std::int64_t id = 0;
    Size size;
    Color frame = Color::red;
};

namespace {

using mica::col;
using mica::cte;
using mica::select;
using mica::subquery;
using mica::values;
using mica::test::list_of;
using mica::test::RecordedValues;
using music::Album;
using music::Artist;
using sql_values_tables::Color;
using sql_values_tables::Line;
using sql_values_tables::Picture;

template <class Column>
using ValueOf = mica::ValueOf<Column>;

struct SqlValuesTables : mica::test::RecordedSql {};

TEST_F(SqlValuesTables, have_the_columns_of_an_aggregate) {
    const auto v = values<"v", Line>({{1, "a", 7}, {2, "b", std::nullopt}});
    const auto query = select(v.col<"id">, v.col<&Line::name>, v.col<"amount">).from(v).where(v.col<&Line::id> > 0);
    static_assert(
        decltype(query)::sql() ==
        R"(SELECT "v"."id", "v"."name", "v"."amount" FROM (SELECT CAST(v0.value AS INTEGER) AS "id", )"
        R"(CAST(v1.value AS TEXT) AS "name", CAST(v2.value AS INTEGER) AS "amount" FROM mica_values(?1) AS v0 )"
        R"(JOIN mica_values(?2) AS v1 ON v1.rowid = v0.rowid JOIN mica_values(?3) AS v2 )"
        R"(ON v2.rowid = v0.rowid LIMIT -1) AS "v" )"
        R"(WHERE "v"."id" > ?4)");
    static_assert(std::same_as<decltype(query)::Row, std::tuple<int, std::string, std::optional<int>>>);
    EXPECT_EQ(run(query).values, (RecordedValues{list_of({1, 2}), list_of({"a", "b"}), list_of({7, std::nullopt}), 0}));
}

TEST_F(SqlValuesTables, have_the_names_given_to_the_elements_of_tuples) {
    const auto v = values<"v", "id", "na\"me">({std::tuple{1, "name1"}, {2, "name2"}});
    const auto query = select(v.col<"na\"me">).from(v);
    static_assert(decltype(query)::sql() ==
                  R"(SELECT "v"."na""me" FROM (SELECT CAST(v0.value AS INTEGER) AS "id", CAST(v1.value AS TEXT) AS )"
                  R"("na""me" FROM )"
                  R"(mica_values(?1) AS v0 JOIN mica_values(?2) AS v1 ON v1.rowid = v0.rowid LIMIT -1) AS "v")");
    static_assert(std::same_as<decltype(query)::Row, std::string>);
    EXPECT_EQ(run(query).values, (RecordedValues{list_of({1, 2}), list_of({"name1", "name2"})}));
}

TEST_F(SqlValuesTables, have_one_column_of_single_values) {
    const auto v = values<"v", "id">(std::vector{5, 6});
    static_assert(
        decltype(select(v.col<"id">).from(v))::sql() ==
        R"(SELECT "v"."id" FROM (SELECT CAST(v0.value AS INTEGER) AS "id" FROM mica_values(?1) AS v0 LIMIT -1) )"
        R"(AS "v")");
    EXPECT_EQ(run(select(v.col<"id">).from(v)).values, (RecordedValues{list_of({5, 6})}));
}

TEST_F(SqlValuesTables, give_other_names_to_the_fields_of_an_aggregate) {
    const auto v = values<"v", "a", "b", "c">(std::vector<Line>{{1, "x", 2}});
    static_assert(std::same_as<ValueOf<decltype(v.col<"c">)>, std::optional<int>>);
    static_assert(std::same_as<ValueOf<decltype(v.col<&Line::amount>)>, std::optional<int>>);
    EXPECT_EQ(decltype(select(v.col<&Line::name>).from(v))::sql().substr(0, 15), R"(SELECT "v"."b" )");
}

TEST_F(SqlValuesTables, have_the_columns_of_embedded_objects_and_codecs) {
    const auto v = values<"v">(std::array{Picture{1, {2, 3.5}, Color::green}});
    static_assert(std::same_as<ValueOf<decltype(v.col<"size_width">)>, int>);
    static_assert(std::same_as<ValueOf<decltype(v.col<"size_height">)>, std::optional<double>>);
    static_assert(std::same_as<ValueOf<decltype(v.col<&Picture::frame>)>, Color>);
    EXPECT_EQ(run(select(v.col<"frame">).from(v)).values,
              (RecordedValues{list_of({1}), list_of({2}), list_of({3.5}), list_of({2})}));
}

TEST_F(SqlValuesTables, have_one_text_for_any_number_of_rows) {
    std::vector<Line> lines;
    const auto text = [&] { return run(select(mica::count()).from(values<"v">(lines))).sql; };
    const std::string of_none = text();
    lines.resize(1000);
    EXPECT_EQ(text(), of_none);
}

TEST_F(SqlValuesTables, come_from_any_range) {
    const auto ids = [this](const auto& v) {
        auto lists = run(select(v.template col<"id">).from(v)).values;
        return lists.front();
    };
    const auto expected = list_of({1, 2});
    EXPECT_EQ(ids(values<"v">(std::list<Line>{{1, {}, {}}, {2, {}, {}}})), expected);
    EXPECT_EQ(ids(values<"v", "id", "name">(std::map<int, std::string_view>{{1, "a"}, {2, "b"}})), expected);
    EXPECT_EQ(ids(values<"v", "id">({1, 2})), expected);
    EXPECT_EQ(ids(values<"v", "id">(std::views::iota(1, 3))), expected);
    std::vector<int> three{1, 3, 2};
    EXPECT_EQ(ids(values<"v", "id">(three | std::views::filter([](int x) { return x != 3; }))), expected);
    const std::pair<int, bool> pairs[]{{1, true}, {2, false}};
    EXPECT_EQ(ids(values<"v", "id", "flag">(pairs)), expected);
    EXPECT_EQ(ids(values<"v", "id">(std::vector<bool>{true})), list_of({1}));
}

TEST_F(SqlValuesTables, join_with_tables_and_bind_their_values_where_they_stand) {
    const auto v = values<"v", Line>({{1, "a", {}}});
    const auto query = select(col<&Album::title>, v.col<"name">, col<&Album::id> + 1)
                           .join(v, v.col<&Line::id> == col<&Album::id> && v.col<"name"> != "x")
                           .where(col<&Album::title> == "t");
    static_assert(
        decltype(query)::sql() ==
        R"(SELECT "album"."title", "v"."name", "album"."id" + ?1 FROM "album" JOIN (SELECT CAST(v0.value AS )"
        R"(INTEGER) AS "id", )"
        R"(CAST(v1.value AS TEXT) AS "name", CAST(v2.value AS INTEGER) AS "amount" FROM mica_values(?2) AS v0 )"
        R"(JOIN mica_values(?3) AS v1 )"
        R"(ON v1.rowid = v0.rowid JOIN mica_values(?4) AS v2 ON v2.rowid = v0.rowid LIMIT -1) AS "v" )"
        R"(ON "v"."id" = "album"."id" AND "v"."name" <> ?5 WHERE "album"."title" = ?6)");
    EXPECT_EQ(run(query).values, (RecordedValues{1, list_of({1}), list_of({"a"}), list_of({std::nullopt}), "x", "t"}));
}

TEST_F(SqlValuesTables, are_optional_on_an_outer_side) {
    const auto v = values<"v", Line>({});
    const auto query = select(col<&Artist::name>, v.col<"name">).left_join(v, v.col<"id"> == col<&Artist::id>);
    static_assert(std::same_as<decltype(query)::Row, std::tuple<std::string, std::optional<std::string>>>);
}

TEST_F(SqlValuesTables, are_common_table_expressions) {
    const auto wanted = cte<"wanted">(values<"v", "id", "name">({std::tuple{1, "a"}}));
    const auto query = select(wanted.col<"name">).from(wanted).where(wanted.col<"id"> == 2);
    static_assert(
        decltype(query)::sql() ==
        R"(WITH "wanted" AS (SELECT CAST(v0.value AS INTEGER) AS "id", CAST(v1.value AS TEXT) AS "name" FROM )"
        R"(mica_values(?1) AS v0 )"
        R"(JOIN mica_values(?2) AS v1 ON v1.rowid = v0.rowid LIMIT -1) )"
        R"(SELECT "wanted"."name" FROM "wanted" WHERE "wanted"."id" = ?3)");
    EXPECT_EQ(run(query).values, (RecordedValues{list_of({1}), list_of({"a"}), 2}));
}

TEST_F(SqlValuesTables, are_read_through_a_select) {
    const auto v = values<"v", Line>({{1, "a", {}}});
    const auto outer = subquery<"outer">(select(v.col<&Line::name>, v.col<"id">).from(v));
    static_assert(std::same_as<ValueOf<decltype(outer.col<"id">)>, int>);
    static_assert(std::same_as<ValueOf<decltype(outer.col<&Line::name>)>, std::string>);
    const auto named = cte<"named">(v);
    static_assert(std::same_as<ValueOf<decltype(named.col<&Line::name>)>, std::string>);
}

TEST_F(SqlValuesTables, stand_in_an_update) {
    const auto v = values<"v", "id", "title">({std::tuple{1, "a"}});
    const auto statement =
        mica::update<Album>().set(col<&Album::title> = v.col<"title">).from(v).where(col<&Album::id> == v.col<"id">);
    static_assert(decltype(statement)::sql() ==
                  R"(UPDATE "album" SET "title" = "v"."title" FROM (SELECT CAST(v0.value AS INTEGER) AS "id", )"
                  R"(CAST(v1.value AS TEXT) AS "title" )"
                  R"(FROM mica_values(?1) AS v0 JOIN mica_values(?2) AS v1 ON v1.rowid = v0.rowid LIMIT -1) AS "v" )"
                  R"(WHERE "album"."id" = "v"."id")");
    EXPECT_EQ(run(statement).values, (RecordedValues{list_of({1}), list_of({"a"})}));
}

TEST_F(SqlValuesTables, own_their_values) {
    auto statement = [] {
        std::vector<std::string> names{"a text that is longer than the strings that lie in themselves"};
        const std::vector<std::string_view> views{names.front()};
        const auto v = values<"v", "name">(views);
        return select(v.col<"name">).from(v);
    }();
    EXPECT_EQ(run(statement).values,
              (RecordedValues{list_of({"a text that is longer than the strings that lie in themselves"})}));
}

TEST_F(SqlValuesTables, show_how_many_they_are) {
    const auto v = values<"v", "id">({1, 2, 3});
    EXPECT_EQ(to_string(select(v.col<"id">).from(v)),
              R"(SELECT "v"."id" FROM (SELECT CAST(v0.value AS INTEGER) AS "id" FROM mica_values(?1) AS v0 LIMIT -1) )"
              R"(AS "v")"
              " -- ?1 = a list of 3 values");
}

}  // namespace
}  // namespace sql_values_tables
