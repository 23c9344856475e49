// SPDX-License-Identifier: BSL-1.0
#include <support/memory_database.hpp>
#include <support/music.hpp>

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace integration_values {

enum class Color { red = 1, green };
enum class Size { small, large };

struct Line {
    int id = 0;
    std::string name;
    bool operator==(const Line&) const = default;
};

/// One field of each storage class and of each kind of codec.
struct Everything {
    std::int64_t integer = 0;
    double real = 0;
    std::string text;
    std::vector<std::byte> bytes;
    bool flag = false;
    Color color = Color::red;
    mica::EnumText<Size> size{};
    std::chrono::sys_days day{};
    std::chrono::sys_time<std::chrono::microseconds> moment{};
    std::optional<std::string> note;
    bool operator==(const Everything&) const = default;
};

namespace {

using mica::col;
using mica::count;
using mica::cte;
using mica::select;
using mica::values;
using music::Artist;
using namespace std::chrono_literals;
using namespace std::string_literals;
using integration_values::Color;
using integration_values::Everything;
using integration_values::Line;
using integration_values::Size;

constexpr auto id = col<&Artist::id>;
constexpr auto name = col<&Artist::name>;
constexpr auto country = col<&Artist::country>;

struct QueryValues : mica::test::MemoryDatabase<Artist> {
    QueryValues() { insert<Artist>({{1, "Ella", "US"}, {2, "Nina", std::nullopt}, {3, "Miriam", "ZA"}}); }
};

TEST_F(QueryValues, are_read_as_a_table) {
    const auto v = values<"v", "id", "name">({std::tuple{1, "name1"}, {2, "name2"}, {3, "name3"}});
    EXPECT_EQ(connection.all(select(v.col<"id">, v.col<"name">).from(v).order_by(v.col<"id">)),
              (std::vector<std::tuple<int, std::string>>{{1, "name1"}, {2, "name2"}, {3, "name3"}}));
    EXPECT_EQ(connection.all(select(v.col<"name">).from(v).where(v.col<"id"> > 1).order_by(v.col<"id">.desc())),
              (std::vector{"name3"s, "name2"s}));
}

TEST_F(QueryValues, are_read_into_the_struct_that_they_came_from) {
    const std::vector<Line> lines{{1, "name1"}, {2, "name2"}, {3, "name3"}};
    const auto v = values<"v">(lines);
    EXPECT_EQ(connection.all(select(v.col<&Line::id>, v.col<&Line::name>).from(v).into<Line>()), lines);
}

TEST_F(QueryValues, are_a_common_table_expression_that_several_places_read) {
    const auto wanted = cte<"wanted">(values<"v", Line>({{1, "name1"}, {2, "name2"}, {3, "name3"}}));
    EXPECT_EQ(connection.all(select(name, wanted.col<"name">)
                                 .join(wanted, wanted.col<"id"> == id)
                                 .where(wanted.col<"id"> > select(min(wanted.col<"id">)).from(wanted))
                                 .order_by(id)),
              (std::vector<std::tuple<std::string, std::string>>{{"Nina", "name2"}, {"Miriam", "name3"}}));
    const auto through_a_select = [] {
        const auto v = values<"v", Line>({{7, "a"}, {8, "b"}});
        return cte<"later">(select(v.col<&Line::id>, v.col<&Line::name>).from(v).where(v.col<"id"> > 7));
    }();
    EXPECT_EQ(connection.scalar(select(through_a_select.col<&Line::name>).from(through_a_select)), "b");
}

TEST_F(QueryValues, begin_a_recursive_expression) {
    const auto counts =
        mica::recursive_cte<"counts">(values<"v", "n", "name">({std::pair{1, "one"}, {10, "ten"}}), [](auto before) {
            return select(before.template col<"n"> + 1, before.template col<"name">)
                .from(before)
                .where(before.template col<"n"> % 3 != 0);
        });
    EXPECT_EQ(connection.all(select(counts.col<"n">, counts.col<"name">).from(counts).order_by(counts.col<"n">)),
              (std::vector<std::tuple<int, std::string>>{
                  {1, "one"}, {2, "one"}, {3, "one"}, {10, "ten"}, {11, "ten"}, {12, "ten"}}));
}

TEST_F(QueryValues, join_with_each_other_and_with_tables) {
    const auto v = values<"v", Line>({{1, "x"}, {3, "y"}, {9, "z"}});
    const auto prices = values<"prices", "of", "price">({std::pair{"y", 2.5}, {"x", 1.25}});
    EXPECT_EQ(connection.all(select(name, prices.col<"price">)
                                 .join(v, v.col<"id"> == id)
                                 .join(prices, prices.col<"of"> == v.col<"name">)
                                 .order_by(id)),
              (std::vector<std::tuple<std::string, double>>{{"Ella", 1.25}, {"Miriam", 2.5}}));
    EXPECT_EQ(
        connection.all(select(v.col<"name">, name).from(v).left_join<Artist>(id == v.col<"id">).order_by(v.col<"id">)),
        (std::vector<std::tuple<std::string, std::optional<std::string>>>{
            {"x", "Ella"}, {"y", "Miriam"}, {"z", std::nullopt}}));
    EXPECT_EQ(connection.all(select(name, v.col<"name">).left_join(v, v.col<"id"> == id).order_by(id)),
              (std::vector<std::tuple<std::string, std::optional<std::string>>>{
                  {"Ella", "x"}, {"Nina", std::nullopt}, {"Miriam", "y"}}));
    EXPECT_EQ(connection.scalar(select(count()).from(v).cross_join(prices)), 6);
    EXPECT_EQ(connection.scalar(select(count()).from(v).full_join<Artist>(id == v.col<"id">)), 4);
}

TEST_F(QueryValues, stand_in_subqueries_and_set_operations) {
    const auto v = values<"v", Line>({{1, "x"}, {3, "y"}});
    EXPECT_EQ(connection.all(select(name).where(id.not_in(select(v.col<"id">).from(v)))), std::vector{"Nina"s});
    EXPECT_EQ(
        connection.all(select(name).where(exists(select(v.col<"id">).from(v).where(v.col<"id"> == id))).order_by(id)),
        (std::vector{"Ella"s, "Miriam"s}));
    const auto spare = values<"spare", "name">({"Nina", "Abbey"});
    EXPECT_EQ(connection.all(mica::except(select(spare.col<"name">).from(spare), select(name))), std::vector{"Abbey"s});
    EXPECT_EQ(connection.all(select(sum(v.col<"id">)).from(v).group_by(v.col<"name">).order_by(v.col<"name">)),
              (std::vector<std::optional<std::int64_t>>{1, 3}));
}

TEST_F(QueryValues, change_many_rows_in_one_update) {
    const auto v =
        values<"v", "id", "country">({std::pair{std::int64_t{1}, std::optional<std::string>{}}, {2, "CH"}, {9, "??"}});
    EXPECT_EQ(
        connection.execute(mica::update<Artist>().set(country = v.col<"country">).from(v).where(id == v.col<"id">))
            .rows_affected(),
        2);
    EXPECT_EQ(connection.all(select(country).order_by(id)),
              (std::vector<std::optional<std::string>>{std::nullopt, "CH", "ZA"}));
}

TEST_F(QueryValues, change_many_rows_through_a_common_table_expression) {
    const auto wanted = cte<"wanted">(values<"v", Line>({{1, "one"}, {3, "three"}}));
    connection.execute(
        mica::update<Artist>().set(name = wanted.col<&Line::name>).from(wanted).where(id == wanted.col<&Line::id>));
    EXPECT_EQ(connection.all(select(name).order_by(id)), (std::vector{"one"s, "Nina"s, "three"s}));
}

TEST_F(QueryValues, are_inserted_by_a_select) {
    const auto v = values<"v", Line>({{3, "not this one"}, {4, "Abbey"}, {5, "Carmen"}});
    connection.execute(mica::insert_into<Artist>()
                           .columns<&Artist::id, &Artist::name>()
                           .from(select(v.col<"id">, v.col<"name">).from(v))
                           .on_conflict<&Artist::id>()
                           .do_nothing());
    EXPECT_EQ(connection.all(select(name).order_by(id)),
              (std::vector{"Ella"s, "Nina"s, "Miriam"s, "Abbey"s, "Carmen"s}));
}

TEST_F(QueryValues, say_which_rows_to_delete) {
    const auto v = values<"v", "id">({1, 3});
    connection.execute(mica::delete_from<Artist>().where(id.in(select(v.col<"id">).from(v))));
    EXPECT_EQ(connection.all(select(name)), std::vector{"Nina"s});
}

TEST_F(QueryValues, keep_every_type) {
    const std::vector<Everything> rows{{std::numeric_limits<std::int64_t>::min(),
                                        -0.5,
                                        "it's \"q\" \0 %"s,
                                        {std::byte{0}, std::byte{255}},
                                        true,
                                        Color::green,
                                        {Size::large},
                                        std::chrono::sys_days{2012y / 10 / 15},
                                        std::chrono::sys_days{1850y / 11 / 10} + 11h + 396us,
                                        "n"},
                                       {}};
    const auto v = values<"v">(rows);
    using E = Everything;
    EXPECT_EQ(
        connection.all(select(v.col<&E::integer>, v.col<&E::real>, v.col<&E::text>, v.col<&E::bytes>, v.col<&E::flag>,
                              v.col<&E::color>, v.col<&E::size>, v.col<&E::day>, v.col<&E::moment>, v.col<&E::note>)
                           .from(v)
                           .order_by(v.col<&E::integer>)
                           .into<Everything>()),
        rows);
    EXPECT_EQ(connection.scalar(select(v.col<"integer">)
                                    .from(v)
                                    .where(v.col<"color"> == Color::green && v.col<"day"> == rows[0].day &&
                                           v.col<"text"> == rows[0].text && v.col<"flag">)),
              rows[0].integer);
}

TEST_F(QueryValues, may_be_none_at_all) {
    const auto v = values<"v">(std::vector<Line>{});
    EXPECT_TRUE(connection.all(select(v.col<"name">).from(v)).empty());
    EXPECT_EQ(connection.scalar(select(count()).from(v)), 0);
    EXPECT_EQ(connection.all(select(name, v.col<"name">).left_join(v, v.col<"id"> == id)).size(), 3U);
}

TEST_F(QueryValues, may_be_a_million) {
    std::vector<std::pair<std::int64_t, std::int64_t>> rows(1'000'000);
    for (std::size_t i = 0; i < rows.size(); ++i)
        rows[i] = {static_cast<std::int64_t>(i), static_cast<std::int64_t>(2 * i)};
    const auto v = values<"v", "a", "b">(rows);
    EXPECT_EQ(connection.one(select(count(), sum(v.col<"a">), sum(v.col<"b"> - v.col<"a">)).from(v)),
              (std::tuple<std::int64_t, std::optional<std::int64_t>, std::optional<std::int64_t>>{
                  1'000'000, 499'999'500'000, 499'999'500'000}));
    EXPECT_EQ(connection.all(select(name).join(v, v.col<"a"> == id).where(v.col<"b"> == 6)), std::vector{"Miriam"s});
}

TEST_F(QueryValues, are_read_while_the_statement_is_gone) {
    auto rows = [&] {
        const auto v = values<"v", "name">(std::vector{"a name that is too long for a small string"s, "b"s});
        return connection.execute(select(v.col<"name">).from(v));
    }();
    EXPECT_EQ(rows.all(), (std::vector{"a name that is too long for a small string"s, "b"s}));
}

TEST_F(QueryValues, refuse_what_is_no_number) {
    const auto v = values<"v", "x">({1.5, std::nan("")});
    EXPECT_THROW(connection.all(select(v.col<"x">).from(v)), mica::DataError);
    EXPECT_EQ(connection.scalar(select(count()).from<Artist>()), 3);
}

TEST_F(QueryValues, are_run_again_with_other_rows) {
    for (const int count_of_rows : {2, 0, 3}) {
        const auto v = values<"v">(std::vector<Line>(static_cast<std::size_t>(count_of_rows)));
        EXPECT_EQ(connection.scalar(select(count()).from(v)), count_of_rows);
    }
}

struct QueryValuesInASession : testing::Test {
    mica::Engine engine{"sqlite://"};
};

TEST_F(QueryValuesInASession, join_with_objects_that_are_not_yet_written) {
    engine.create_all<Artist>();
    mica::Session session{engine};
    session.add(Artist{4, "Abbey", std::nullopt});
    const auto v = values<"v", Line>({{1, "x"}, {4, "y"}});
    EXPECT_EQ(session.all(select(name, v.col<"name">).join(v, v.col<"id"> == id)),
              (std::vector<std::tuple<std::string, std::string>>{{"Abbey", "y"}}));
}

TEST_F(QueryValues, count_as_32_columns_at_most) {
    using Row = std::array<int, 32>;
    const auto v =
        values<"v", "a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "b0", "b1", "b2", "b3", "b4", "b5",
               "b6", "b7", "b8", "b9", "c0", "c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9", "d0", "d1">(
            std::vector<Row>{Row{1, 2}, Row{3}});
    EXPECT_EQ(connection.scalar(select(sum(v.col<"a0"> + v.col<"a1"> + v.col<"d1">)).from(v)), 6);
}

}  // namespace
}  // namespace integration_values
