// SPDX-License-Identifier: BSL-1.0
#include <support/caught.hpp>
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace query_window {

struct Number {
    std::int64_t id = 0;
    int low = 0;
    int high = 0;
};

struct Sale {
    std::int64_t id = 0;
    std::string city;
    int amount = 0;
    std::optional<int> rebate;
    double price = 0;
};

namespace {

using mica::col;
using mica::current_row;
using mica::following;
using mica::groups_between;
using mica::order_by;
using mica::partition_by;
using mica::preceding;
using mica::range_between;
using mica::rows_between;
using mica::select;
using mica::unbounded_following;
using mica::unbounded_preceding;
using mica::test::caught;
using query_window::Number;
using query_window::Sale;
using Counts = std::vector<std::int64_t>;
using OptionalInts = std::vector<std::optional<int>>;
using Sums = std::vector<std::optional<std::int64_t>>;

constexpr auto low = col<&Number::low>;
constexpr auto high = col<&Number::high>;
constexpr auto id = col<&Sale::id>;
constexpr auto city = col<&Sale::city>;
constexpr auto amount = col<&Sale::amount>;
constexpr auto rebate = col<&Sale::rebate>;

/// (1, 5), (2, 10) … (49, 245)
struct QueryWindowOfNumbers : mica::test::MemoryDatabase<Number> {
    QueryWindowOfNumbers() {
        std::vector<Number> numbers;
        for (int i = 1; i < 50; ++i) numbers.push_back({i, i, i * 5});
        connection.execute(mica::insert_into<Number>().values(numbers));
    }
};

struct QueryWindow : mica::test::MemoryDatabase<Sale> {
    QueryWindow() {
        insert<Sale>({{1, "Bern", 10, 1, 1.0},
                      {2, "Bern", 20, std::nullopt, 1.5},
                      {3, "Genf", 20, 3, 4.0},
                      {4, "Bern", 30, std::nullopt, 4.5},
                      {5, "Genf", 50, 5, 9.0}});
    }
    template <class Expression>
    auto all(const Expression& expression) {
        return connection.all(select(expression).template from<Sale>().order_by(id));
    }
};

TEST_F(QueryWindowOfNumbers, sees_all_rows_before_in_its_order) {
    EXPECT_EQ(connection.all(select(mica::max(high).over(order_by(low.desc()))).where(low < 20)), OptionalInts(19, 95));
}

TEST_F(QueryWindowOfNumbers, takes_other_bounds_with_the_same_text) {
    const auto largest_between = [&](int first, int last) {
        return connection.all(
            select(mica::max(high).over(order_by(low), rows_between(following(first), following(last)))));
    };
    const auto expected = [](int first, int last) {
        OptionalInts values;
        for (int i = 1; i < 50; ++i) {
            values.push_back(i + first < 50 ? std::optional{std::min(i + last, 49) * 5} : std::nullopt);
        }
        return values;
    };
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(largest_between(5, 20), expected(5, 20));
        EXPECT_EQ(largest_between(20, 30), expected(20, 30));
    }
}

TEST_F(QueryWindowOfNumbers, measures_a_range_by_values) {
    EXPECT_EQ(
        connection.all(
            select(mica::count().over(order_by(high), range_between(preceding(10), following(5)))).where(low <= 5)),
        (Counts{2, 3, 4, 4, 3}));
    EXPECT_EQ(
        connection.all(
            select(mica::count().over(order_by(high), range_between(preceding(2.5), current_row))).where(low <= 3)),
        (Counts{1, 1, 1}));
}

TEST_F(QueryWindow, parts_rows) {
    EXPECT_EQ(all(sum(amount).over()), Sums(5, 130));
    EXPECT_EQ(all(sum(amount).over(partition_by(city))), (Sums{60, 60, 70, 60, 70}));
    EXPECT_EQ(all(sum(amount).over(partition_by(city), order_by(id))), (Sums{10, 30, 20, 60, 70}));
    EXPECT_EQ(all(mica::count(rebate).over(order_by(amount))), (Counts{1, 2, 2, 2, 3})) << "equals are seen together";
}

TEST_F(QueryWindow, counts_rows_and_groups_of_its_frame) {
    EXPECT_EQ(all(sum(amount).over(order_by(id), rows_between(preceding(1), following(1)))),
              (Sums{30, 50, 70, 100, 80}));
    EXPECT_EQ(all(sum(amount).over(order_by(amount), groups_between(preceding(1), current_row))),
              (Sums{10, 50, 50, 70, 80}));
    EXPECT_EQ(all(sum(amount).over(order_by(id), rows_between(preceding(2), preceding(1)))),
              (Sums{std::nullopt, 10, 30, 40, 50}));
    EXPECT_EQ(all(sum(amount).over(order_by(id), rows_between(current_row, unbounded_following))),
              (Sums{130, 120, 100, 80, 50}));
}

TEST_F(QueryWindow, leaves_rows_out) {
    const auto whole = rows_between(unbounded_preceding, unbounded_following);
    EXPECT_EQ(all(sum(amount).over(order_by(amount), whole.exclude_current_row())), (Sums{120, 110, 110, 100, 80}));
    EXPECT_EQ(all(sum(amount).over(order_by(amount), whole.exclude_group())), (Sums{120, 90, 90, 100, 80}));
    EXPECT_EQ(all(sum(amount).over(order_by(amount), whole.exclude_ties())), (Sums{130, 110, 110, 130, 130}));
}

TEST_F(QueryWindow, filters_aggregates) {
    EXPECT_EQ(all(mica::count().filter(rebate.is_not_null()).over(order_by(id))), (Counts{1, 1, 2, 2, 3}));
    EXPECT_EQ(all(sum(amount).filter(amount > 20).over(order_by(id))),
              (Sums{std::nullopt, std::nullopt, std::nullopt, 30, 80}));
}

TEST_F(QueryWindow, numbers_rows) {
    EXPECT_EQ(all(mica::row_number().over(order_by(id.desc()))), (Counts{5, 4, 3, 2, 1}));
    EXPECT_EQ(all(mica::row_number().over(partition_by(city), order_by(id))), (Counts{1, 2, 1, 3, 2}));
    EXPECT_EQ(all(mica::rank().over(order_by(amount))), (Counts{1, 2, 2, 4, 5}));
    EXPECT_EQ(all(mica::dense_rank().over(order_by(amount))), (Counts{1, 2, 2, 3, 4}));
    EXPECT_EQ(all(mica::percent_rank().over(order_by(amount))), (std::vector<double>{0, 0.25, 0.25, 0.75, 1}));
    EXPECT_EQ(all(mica::cume_dist().over(order_by(amount))), (std::vector<double>{0.2, 0.6, 0.6, 0.8, 1}));
    EXPECT_EQ(all(mica::ntile(2).over(order_by(id))), (Counts{1, 1, 1, 2, 2}));
}

TEST_F(QueryWindow, looks_at_neighbours) {
    EXPECT_EQ(all(lag(amount).over(order_by(id))), (OptionalInts{std::nullopt, 10, 20, 20, 30}));
    EXPECT_EQ(all(lag(amount, 2).over(order_by(id))), (OptionalInts{std::nullopt, std::nullopt, 10, 20, 20}));
    EXPECT_EQ(all(lag(amount, 1, 0).over(order_by(id))), (std::vector<int>{0, 10, 20, 20, 30}));
    EXPECT_EQ(all(lead(city, 1, "none").over(order_by(id))),
              (std::vector<std::string>{"Bern", "Genf", "Bern", "Genf", "none"}));
    EXPECT_EQ(all(lead(rebate, 1, 0).over(order_by(id))), (OptionalInts{std::nullopt, 3, std::nullopt, 5, 0}));
}

TEST_F(QueryWindow, looks_at_the_ends_of_its_frame) {
    EXPECT_EQ(all(first_value(amount).over(partition_by(city), order_by(id))), (std::vector<int>{10, 10, 20, 10, 20}));
    EXPECT_EQ(all(last_value(amount).over(order_by(id))), (std::vector<int>{10, 20, 20, 30, 50}));
    EXPECT_EQ(all(last_value(rebate).over(order_by(id))), (OptionalInts{1, std::nullopt, 3, std::nullopt, 5}));
    EXPECT_EQ(all(first_value(amount).over(order_by(id), rows_between(following(3), following(4)))),
              (OptionalInts{30, 50, std::nullopt, std::nullopt, std::nullopt}));
    EXPECT_EQ(all(nth_value(amount, 2).over(order_by(id))), (OptionalInts{std::nullopt, 20, 20, 20, 20}));
}

TEST_F(QueryWindow, sees_groups) {
    using Row = std::tuple<std::string, std::optional<std::int64_t>, std::optional<std::int64_t>, std::int64_t>;
    EXPECT_EQ(connection.all(select(city, sum(amount), sum(sum(amount)).over(order_by(city)),
                                    mica::rank().over(order_by(mica::count().desc())))
                                 .group_by(city)
                                 .order_by(city)),
              (std::vector<Row>{{"Bern", 60, 60, 1}, {"Genf", 70, 130, 2}}));
}

TEST_F(QueryWindow, is_part_of_expressions_and_sorts_rows) {
    EXPECT_EQ(all(amount * 100 / sum(amount).over()), (Sums{7, 15, 15, 23, 38}));
    EXPECT_EQ(all(iif(mica::row_number().over(partition_by(city), order_by(amount.desc())) == 1, "best", "")),
              (std::vector<std::string>{"", "", "", "best", "best"}));
    EXPECT_EQ(connection.all(select(id).order_by(mica::rank().over(order_by(amount.desc())), id)),
              (std::vector<std::int64_t>{5, 4, 2, 3, 1}));
}

TEST_F(QueryWindow, refuses_a_negative_distance_at_run_time) {
    const auto query = select(sum(amount).over(rows_between(preceding(-1), current_row)));
    const auto error = caught<mica::DataError>([&] { connection.all(query); });
    EXPECT_NE(std::string{error.what()}.find("frame starting offset must be a non-negative integer"),
              std::string::npos);
    EXPECT_EQ(all(amount).size(), 5U) << "the connection stays usable";
}

}  // namespace
}  // namespace query_window
