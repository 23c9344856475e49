// SPDX-License-Identifier: BSL-1.0
// param<T> wherever a function, an aggregate, a window or CASE takes a value; and what is named is not bound again.
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace query_parameters_in_functions {

struct Car {
    std::int64_t id = 0;
    std::string name;
    int power = 0;
    std::optional<int> price;
};

namespace {

using mica::col;
using mica::param;
using mica::select;
using query_parameters_in_functions::Car;
using Ids = std::vector<std::int64_t>;
using Sums = std::vector<std::optional<std::int64_t>>;

constexpr auto id = col<&Car::id>;
constexpr auto name = col<&Car::name>;
constexpr auto power = col<&Car::power>;
constexpr auto price = col<&Car::price>;

struct QueryParametersIn : mica::test::MemoryDatabase<Car> {
    QueryParametersIn() { insert<Car>({{1, "abcdef", 5, std::nullopt}, {2, "xyz", 7, 3}}); }
};

TEST_F(QueryParametersIn, functions) {
    auto query =
        connection.prepare(select(coalesce(price, param<int>), substr(name, param<int>), lower(param<std::string>))
                               .where(length(name) > param<int>));
    using Row = std::tuple<int, std::string, std::string>;
    EXPECT_EQ(query(9, 2, "AB", 4).all(), (std::vector<Row>{{9, "bcdef", "ab"}}));
    EXPECT_EQ(query(0, -1, "C", 0).all(), (std::vector<Row>{{0, "f", "c"}, {3, "z", "c"}}));
}

TEST_F(QueryParametersIn, filters_and_frames) {
    using namespace mica;
    auto query = connection.prepare(select(
        sum(power).filter(power > param<int>).over(order_by(id), rows_between(preceding(param<int>), current_row))));
    EXPECT_EQ(query(0, 1).all(), (Sums{5, 12}));
    EXPECT_EQ(query(5, 0).all(), (Sums{std::nullopt, 7}));
}

TEST_F(QueryParametersIn, branches) {
    auto query =
        connection.prepare(select(mica::case_(mica::when(power > param<int>, param<int>)).otherwise(0)).order_by(id));
    EXPECT_EQ(query(6, 4).all(), (std::vector<int>{0, 4}));
}

TEST_F(QueryParametersIn, row_values) {
    auto query =
        connection.prepare(select(id).where(mica::row(power, name) == mica::row(param<int>, param<std::string>)));
    EXPECT_EQ(query(7, "xyz").all(), Ids{2});
    EXPECT_EQ(query(7, "abc").all(), Ids{});
}

TEST_F(QueryParametersIn, terms_that_are_named_in_groups_and_orders_are_given_once) {
    const auto rest = (power % param<int>).as<"rest">();
    auto query = connection.prepare(select(rest, mica::count()).group_by(rest).order_by(rest));
    using Row = std::tuple<std::optional<std::int64_t>, std::int64_t>;
    EXPECT_EQ(query(2).all(), (std::vector<Row>{{1, 2}}));
    EXPECT_EQ(query(5).all(), (std::vector<Row>{{0, 1}, {2, 1}}));
}

}  // namespace
}  // namespace query_parameters_in_functions
