// SPDX-License-Identifier: BSL-1.0
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace query_booleans {

struct Switch {
    std::int64_t id = 0;
    bool on = false;
    std::optional<bool> maybe;
    bool other = false;
    int number = 0;
};

namespace {

using mica::col;
using mica::select;
using query_booleans::Switch;
using Ids = std::vector<std::int64_t>;

constexpr auto id = col<&Switch::id>;
constexpr auto on = col<&Switch::on>;
constexpr auto maybe = col<&Switch::maybe>;
constexpr auto other = col<&Switch::other>;
constexpr auto number = col<&Switch::number>;

struct QueryBooleans : mica::test::MemoryDatabase<Switch> {
    QueryBooleans() {
        insert<Switch>({{1, true, true, true, -1},
                        {2, true, std::nullopt, false, 0},
                        {3, false, false, true, 1},
                        {4, false, std::nullopt, false, 2}});
    }
    template <class Condition>
    Ids where(const Condition& condition) {
        return connection.all(select(id).where(condition).order_by(id));
    }
};

TEST_F(QueryBooleans, come_back_as_bool) {
    using Row = std::tuple<bool, std::optional<bool>>;
    EXPECT_EQ(connection.all(select(on, maybe).order_by(id)),
              (std::vector<Row>{{true, true}, {true, std::nullopt}, {false, false}, {false, std::nullopt}}));
}

TEST_F(QueryBooleans, are_conditions) {
    EXPECT_EQ(where(on), (Ids{1, 2}));
    EXPECT_EQ(where(!on), (Ids{3, 4}));
    EXPECT_EQ(where(maybe), Ids{1});
    EXPECT_EQ(where(!maybe), Ids{3});
    EXPECT_EQ(where(!!on), (Ids{1, 2}));
}

TEST_F(QueryBooleans, are_compared) {
    EXPECT_EQ(where(on == true), (Ids{1, 2}));
    EXPECT_EQ(where(on != true), (Ids{3, 4}));
    EXPECT_EQ(where(maybe == false), Ids{3});
    EXPECT_EQ(where(maybe == std::nullopt), (Ids{2, 4}));
    EXPECT_EQ(where(maybe.is_distinct_from(true)), (Ids{2, 3, 4}));
    EXPECT_EQ(where(on == other), (Ids{1, 4}));
    EXPECT_EQ(where(on.in({true})), (Ids{1, 2}));
    EXPECT_EQ(where(on == (number <= 0)), (Ids{1, 2, 3, 4}));
}

TEST_F(QueryBooleans, are_set) {
    connection.execute(mica::update<Switch>().set(on = false, maybe = true).where(id == 1));
    connection.execute(mica::update<Switch>().set(on = !on, maybe = std::nullopt).where(id == 3));
    connection.execute(mica::update<Switch>().set(other = number > 1).all_rows());
    using Row = std::tuple<bool, std::optional<bool>, bool>;
    EXPECT_EQ(connection.all(select(on, maybe, other).order_by(id)), (std::vector<Row>{{false, true, false},
                                                                                       {true, std::nullopt, false},
                                                                                       {true, std::nullopt, false},
                                                                                       {false, std::nullopt, true}}));
}

TEST_F(QueryBooleans, are_what_conditions_give) {
    EXPECT_EQ(connection.all(select(number > 0).order_by(id)), (std::vector<bool>{false, false, true, true}));
    EXPECT_EQ(connection.all(select(maybe && on).order_by(id)),
              (std::vector<std::optional<bool>>{true, std::nullopt, false, false}));
    EXPECT_EQ(connection.all(select(maybe || on).order_by(id)),
              (std::vector<std::optional<bool>>{true, true, false, std::nullopt}));
    EXPECT_EQ(connection.all(select(maybe.is_null()).order_by(id)), (std::vector<bool>{false, true, false, true}));
}

/// The same condition in SQL and in C++, over all rows.
TEST_F(QueryBooleans, mean_in_sql_what_they_mean_in_cpp) {
    const auto agree = [this](auto condition) {
        const auto query = select(condition(on, other, number), on, other, number);
        int rows = 0;
        for (const auto& [in_sql, a, b, n] : connection.execute(query)) {
            ++rows;
            EXPECT_EQ(in_sql, condition(a, b, n)) << query.sql() << " with " << a << ' ' << b << ' ' << n;
        }
        EXPECT_EQ(rows, 4);
    };
    agree([](auto a, auto b, auto) { return !(a && b); });
    agree([](auto a, auto b, auto) { return !(a || b); });
    agree([](auto a, auto b, auto) { return !a && b; });
    agree([](auto a, auto b, auto) { return a == !b; });
    agree([](auto a, auto b, auto) { return (!a) == b; });
    agree([](auto a, auto b, auto) { return !(a == b); });
    agree([](auto a, auto b, auto n) { return (a || b) && n > 0; });
    agree([](auto a, auto b, auto n) { return a || (b && n > 0); });
    agree([](auto a, auto b, auto n) { return (n > 0) == (a && b); });
    agree([](auto a, auto b, auto n) { return (n > 0) != (a || b); });
    agree([](auto a, auto b, auto n) { return (n == 1) == a && !(n < 1 && b); });
    agree([](auto a, auto, auto n) { return (n + 1 > 1) == a; });
    agree([](auto a, auto b, auto n) { return ((n < 1) == a) == b; });
    agree([](auto a, auto b, auto n) { return (n < 1) == (a == b); });
    agree([](auto a, auto, auto n) { return (n - (1 - n) > 0) == !a; });
}

}  // namespace
}  // namespace query_booleans
