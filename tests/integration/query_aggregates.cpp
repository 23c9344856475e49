// SPDX-License-Identifier: BSL-1.0
#include <support/caught.hpp>
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace query_aggregates {

enum class Kind { small, large };

struct Shop {
    std::int64_t id = 0;
    std::string name;
};

struct Sale {
    std::int64_t id = 0;
    std::string city;
    int amount = 0;
    std::optional<int> rebate;
    double price = 0;
    bool paid = false;
    Kind kind = Kind::small;
    mica::EnumText<Kind> label;
    std::chrono::sys_days day;
    std::optional<std::int64_t> shop_id;

    static constexpr auto mapping() { return mica::table(mica::foreign_key<&Sale::shop_id, &Shop::id>); }
};

namespace {

using mica::col;
using mica::select;
using mica::test::caught;
using query_aggregates::Kind;
using query_aggregates::Sale;
using query_aggregates::Shop;
using std::chrono::sys_days;
using namespace std::chrono_literals;

constexpr auto id = col<&Sale::id>;
constexpr auto city = col<&Sale::city>;
constexpr auto amount = col<&Sale::amount>;
constexpr auto rebate = col<&Sale::rebate>;
constexpr auto price = col<&Sale::price>;
constexpr auto paid = col<&Sale::paid>;

struct QueryAggregates : mica::test::MemoryDatabase<Shop, Sale> {
    QueryAggregates() {
        insert<Shop>({{1, "north"}, {2, "south"}});
        insert<Sale>({{1, "Bern", 3, 1, 0.5, true, Kind::small, Kind::large, sys_days{2020y / 1 / 1}, 1},
                      {2, "Bern", 4, std::nullopt, 1.5, false, Kind::large, Kind::small, sys_days{2021y / 1 / 1}, 1},
                      {3, "Genf", 3, 7, 2.25, true, Kind::small, Kind::small, sys_days{2019y / 1 / 1}, std::nullopt}});
    }
    template <class Expression>
    auto value(const Expression& expression) {
        return connection.scalar(select(expression).template from<Sale>());
    }
    template <class Expression>
    auto value_of_nothing(const Expression& expression) {
        return connection.scalar(select(expression).template from<Sale>().where(id > 99));
    }
};

TEST_F(QueryAggregates, count) {
    EXPECT_EQ(value(mica::count()), 3);
    EXPECT_EQ(value(mica::count(rebate)), 2);
    EXPECT_EQ(value(count_distinct(city)), 2);
    EXPECT_EQ(value(count_distinct(amount * 0)), 1);
    EXPECT_EQ(value_of_nothing(mica::count()), 0);
}

TEST_F(QueryAggregates, add_up) {
    EXPECT_EQ(value(sum(amount)), 10);
    EXPECT_EQ(value(sum(rebate)), 8);
    EXPECT_EQ(value(sum(price)), 4.25);
    EXPECT_EQ(value(sum(amount * price)), 14.25);
    EXPECT_EQ(value(sum(paid)), 2) << "conditions count";
    EXPECT_EQ(value(sum(amount > 3)), 1);
    EXPECT_EQ(value(sum(amount).distinct()), 7);
    EXPECT_EQ(value(total(amount)), 10.0);
    EXPECT_EQ(value(avg(amount)), 10.0 / 3);
    EXPECT_EQ(value(avg(rebate)), 4.0);
}

TEST_F(QueryAggregates, of_no_rows_are_null_or_zero) {
    EXPECT_EQ(value_of_nothing(sum(amount)), std::nullopt);
    EXPECT_EQ(value_of_nothing(avg(amount)), std::nullopt);
    EXPECT_EQ(value_of_nothing(mica::max(city)), std::nullopt);
    EXPECT_EQ(value_of_nothing(group_concat(city)), std::nullopt);
    EXPECT_EQ(value_of_nothing(total(amount)), 0.0);
    EXPECT_EQ(value_of_nothing(coalesce(sum(amount), 0)), 0);
}

TEST_F(QueryAggregates, of_too_large_integers_overflow_into_an_error) {
    const auto large = select(sum(amount + (std::numeric_limits<std::int64_t>::max() - 10))).from<Sale>();
    EXPECT_NE(std::string{caught<mica::DataError>([&] { connection.scalar(large); }).what()}.find("integer overflow"),
              std::string::npos);
    EXPECT_EQ(value(mica::count()), 3) << "the connection stays usable";
}

TEST_F(QueryAggregates, keep_the_type_of_the_smallest_and_the_largest) {
    EXPECT_EQ(value(mica::max(amount)), 4);
    EXPECT_EQ(value(mica::min(city)), "Bern");
    EXPECT_EQ(value(mica::max(price)), 2.25);
    EXPECT_EQ(value(mica::max(col<&Sale::kind>)), Kind::large);
    EXPECT_EQ(value(mica::max(col<&Sale::label>)), Kind::small) << "by their names";
    EXPECT_EQ(value(mica::min(col<&Sale::day>)), sys_days{2019y / 1 / 1});
    EXPECT_EQ(value(mica::min(rebate)), 1) << "NULL is left out";
}

TEST_F(QueryAggregates, put_texts_together) {
    EXPECT_EQ(value(group_concat(city)), "Bern,Bern,Genf");
    EXPECT_EQ(value(group_concat(amount, " + ")), "3 + 4 + 3");
    EXPECT_EQ(value(group_concat(city).distinct()), "Bern,Genf");
}

TEST_F(QueryAggregates, see_only_the_rows_of_their_filter) {
    EXPECT_EQ(value(mica::count().filter(paid)), 2);
    EXPECT_EQ(value(sum(amount).filter(city == "Bern").filter(amount > 3)), 4);
    EXPECT_EQ(value(group_concat(city, "/").filter(rebate.is_not_null())), "Bern/Genf");
    EXPECT_EQ(value(sum(amount).filter(rebate > 99)), std::nullopt);
}

TEST_F(QueryAggregates, are_of_each_group) {
    using Row = std::tuple<std::string, std::int64_t, std::optional<std::int64_t>, std::optional<double>>;
    EXPECT_EQ(connection.all(select(city, mica::count(), sum(amount), avg(price)).group_by(city).order_by(city)),
              (std::vector<Row>{{"Bern", 2, 7, 1.0}, {"Genf", 1, 3, 2.25}}));
    EXPECT_EQ(connection.all(select(city).group_by(city).having(mica::count() > 1)), std::vector<std::string>{"Bern"});
    EXPECT_EQ(connection.all(select(city).group_by(city).order_by(mica::max(price).desc())),
              (std::vector<std::string>{"Genf", "Bern"}));
}

TEST_F(QueryAggregates, are_parts_of_expressions) {
    EXPECT_EQ(value(sum(amount) * 100 / mica::count()), 333);
    EXPECT_EQ(value(round(avg(amount), 2)), 3.33);
    EXPECT_EQ(value(mica::max(amount) - mica::min(amount)), 1);
    EXPECT_EQ(value(iif(mica::count() > 2, "many", "few")), "many");
    EXPECT_EQ(value(mica::max(mica::max(amount), mica::count())), 4) << "the larger of two aggregates";
}

TEST_F(QueryAggregates, are_values_of_subqueries) {
    EXPECT_EQ(connection.all(select(id).where(amount == select(mica::max(amount)))), std::vector<std::int64_t>{2});
    EXPECT_EQ(connection.all(select(id).where(amount > select(avg(amount)))), std::vector<std::int64_t>{2});
    const auto sales_of_shop = select(mica::count()).from<Sale>().where(col<&Sale::shop_id> == col<&Shop::id>);
    EXPECT_EQ(connection.all(select(col<&Shop::name>, sales_of_shop).order_by(col<&Shop::id>)),
              (std::vector<std::tuple<std::string, std::int64_t>>{{"north", 2}, {"south", 0}}));
}

TEST_F(QueryAggregates, count_nothing_where_an_outer_join_finds_nothing) {
    const auto query = select(col<&Shop::name>, mica::count(id), sum(amount), total(price))
                           .left_join<Sale>()
                           .group_by(col<&Shop::id>)
                           .order_by(col<&Shop::id>);
    using Row = std::tuple<std::string, std::int64_t, std::optional<std::int64_t>, double>;
    static_assert(std::same_as<decltype(query)::Row, Row>);
    EXPECT_EQ(connection.all(query), (std::vector<Row>{{"north", 2, 7, 2.0}, {"south", 0, std::nullopt, 0.0}}));
}

}  // namespace
}  // namespace query_aggregates
