// SPDX-License-Identifier: BSL-1.0
// Types whose codecs say that their values add: money in cents, lengths in metres.
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <tuple>
#include <type_traits>
#include <vector>

namespace query_additive {

struct Money {
    std::int64_t cents = 0;
    friend bool operator==(const Money&, const Money&) = default;
};

/// A number makes one, which must not happen to a factor.
struct Metres {
    double value = 0;
    Metres() = default;
    Metres(double metres) : value(metres) {}
    friend bool operator==(const Metres&, const Metres&) = default;
};

}  // namespace query_additive

template <>
struct mica::Codec<query_additive::Money> {
    using Storage = std::int64_t;
    static constexpr bool is_additive = true;
    static constexpr std::int64_t encode(const query_additive::Money& money) { return money.cents; }
    static query_additive::Money decode(std::int64_t stored) { return {stored}; }
};

/// Stored in kilometres.
template <>
struct mica::Codec<query_additive::Metres> {
    using Storage = double;
    static constexpr bool is_additive = true;
    static double encode(const query_additive::Metres& metres) { return metres.value / 1000; }
    static query_additive::Metres decode(double stored) { return {stored * 1000}; }
};

namespace query_additive {

struct Line {
    std::int64_t id = 0;
    Money price{};
    std::optional<Money> discount;
    int quantity = 1;
    Metres length{};
    std::chrono::seconds took{};
    Money total{};

    static constexpr auto mapping() {
        return mica::table("line", mica::generated<&Line::total>(mica::col<&Line::price> * mica::col<&Line::quantity>));
    }
};

namespace {

using mica::col;
using mica::select;
using query_additive::Line;
using query_additive::Metres;
using query_additive::Money;
using namespace std::chrono_literals;
using Ids = std::vector<std::int64_t>;
using Maybe = std::optional<Money>;

constexpr auto id = col<&Line::id>;
constexpr auto price = col<&Line::price>;
constexpr auto discount = col<&Line::discount>;
constexpr auto quantity = col<&Line::quantity>;

struct QueryAdditive : mica::test::MemoryDatabase<Line> {
    QueryAdditive() { insert<Line>({{1, {100}, {}, 3, 1500.0, 60s, {}}, {2, {250}, Money{50}, 1, 500.0, 90s, {}}}); }
    template <class Expression>
    auto of_first(const Expression& expression) {
        return connection.scalar(select(expression).where(id == 1));
    }
    template <class Condition>
    Ids where(const Condition& condition) {
        return connection.all(select(id).where(condition).order_by(id));
    }
};

TEST_F(QueryAdditive, values_add_to_their_own_kind) {
    EXPECT_EQ(of_first(price + Money{5}), Money{105});
    EXPECT_EQ(of_first(Money{500} - price), Money{400});
    EXPECT_EQ(of_first(price + price), Money{200});
    EXPECT_EQ(of_first(-price), Money{-100});
    static_assert(std::is_same_v<mica::ValueOf<decltype(price - discount)>, Maybe>);
    EXPECT_EQ(connection.all(select(price - discount).order_by(id)), (std::vector<Maybe>{std::nullopt, Money{200}}));
}

TEST_F(QueryAdditive, values_are_scaled_by_numbers) {
    EXPECT_EQ(of_first(price * 2), Money{200});
    EXPECT_EQ(of_first(3 * price), Money{300});
    EXPECT_EQ(of_first(price * quantity), Money{300});
    EXPECT_EQ(of_first(price / 3), Maybe{Money{33}});
    EXPECT_EQ(of_first(price * 1.196), Money{120});
    EXPECT_EQ(of_first(price / 1.5), Maybe{Money{67}});
    EXPECT_EQ(of_first(col<&Line::length> * 2), Metres{3000});
    EXPECT_EQ(of_first(col<&Line::length> * 0.5 + Metres{250}), Metres{1000});
    EXPECT_EQ(of_first(col<&Line::took> * 2 + 5s), 125s);
}

TEST_F(QueryAdditive, what_no_amount_holds_is_refused_and_not_the_largest_one) {
    static_cast<void>(connection.execute(
        mica::update<Line>().set(price = Money{9'000'000'000'000'000'000}, quantity = 1).where(id == 1)));
    EXPECT_EQ(of_first(price * 1.0), Money{9'000'000'000'000'000'000});
    EXPECT_THROW(of_first(price * 1.1), mica::DataError);
    EXPECT_THROW(of_first(price * -1.1), mica::DataError);
    EXPECT_THROW(of_first(price / 1e-300), mica::DataError);
    EXPECT_THROW(of_first(col<&Line::took> * 1e20), mica::DataError);
    EXPECT_EQ(where(price * 1.5 > Money{9'100'000'000'000'000'000}), Ids{1});
    EXPECT_THROW(connection.execute(mica::update<Line>().set(price = price * 1.1).where(id == 1)),
                 mica::IntegrityError);
    EXPECT_EQ(of_first(price), Money{9'000'000'000'000'000'000});
}

TEST_F(QueryAdditive, values_are_compared) {
    EXPECT_EQ(where(price * 2 > Money{200}), Ids{2});
    EXPECT_EQ(where(price + Money{150} == Money{250}), Ids{1});
    EXPECT_EQ(where((price - discount).in({Money{200}})), Ids{2});
    EXPECT_EQ(where(price.between(Money{100}, price)), (Ids{1, 2}));
}

TEST_F(QueryAdditive, values_are_summed_up) {
    EXPECT_EQ(connection.scalar(select(sum(price))), Money{350});
    EXPECT_EQ(connection.scalar(select(sum(price * quantity))), Money{550});
    EXPECT_EQ(connection.scalar(select(avg(price))), 175.0);
    EXPECT_EQ(connection.scalar(select(total(price))), 350.0);
    EXPECT_EQ(connection.scalar(select(max(price))), Money{250});
    EXPECT_EQ(connection.scalar(select(sum(price)).where(id == 9)), std::nullopt);
    EXPECT_EQ(connection.scalar(select(sum(col<&Line::length>))), Metres{2000});
    EXPECT_EQ(connection.all(select(id).group_by(id).having(sum(price) > Money{100})), Ids{2});
}

TEST_F(QueryAdditive, values_are_summed_up_in_windows) {
    EXPECT_EQ(connection.all(select(sum(price).over(mica::order_by(id))).order_by(id)),
              (std::vector<Maybe>{Money{100}, Money{350}}));
    EXPECT_EQ(connection.all(select(price - lag(price).over(mica::order_by(id))).order_by(id)),
              (std::vector<Maybe>{std::nullopt, Money{150}}));
}

TEST_F(QueryAdditive, values_are_generated_and_assigned) {
    EXPECT_EQ(connection.all(select(col<&Line::total>).order_by(id)), (std::vector<Money>{{300}, {250}}));
    connection.execute(mica::update<Line>().set(price = price * 2 - Money{1}, discount = price).where(id == 1));
    EXPECT_EQ(connection.one(select(price, discount).where(id == 1)), (std::tuple{Money{199}, Maybe{Money{100}}}));
}

}  // namespace
}  // namespace query_additive
