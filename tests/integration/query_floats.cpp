// SPDX-License-Identifier: BSL-1.0
#include <support/caught.hpp>
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace query_floats {

struct Measure {
    std::int64_t id = 0;
    double value = 0;
    std::optional<double> maybe;
    float narrow = 0;
};

namespace {

using mica::col;
using mica::DataError;
using mica::select;
using mica::test::caught;
using query_floats::Measure;
using Ids = std::vector<std::int64_t>;

constexpr auto id = col<&Measure::id>;
constexpr auto value = col<&Measure::value>;
constexpr auto maybe = col<&Measure::maybe>;
constexpr auto narrow = col<&Measure::narrow>;
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

struct QueryFloats : mica::test::MemoryDatabase<Measure> {
    template <class Condition>
    Ids where(const Condition& condition) {
        return connection.all(select(id).where(condition).order_by(id));
    }
};

TEST_F(QueryFloats, come_back_as_they_went_and_are_found) {
    for (const double each : {15.7563, 0.1, 1.0 / 3.0, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308,
                              -1.7976931348623157e308, 0.0, 1e15 + 0.3, 9007199254740993.0, infinity, -infinity}) {
        connection.execute(mica::delete_from<Measure>().all_rows());
        insert<Measure>({{1, each, each, 0}});
        EXPECT_EQ(connection.one(select<Measure>()).value, each);
        EXPECT_EQ(connection.one(select(maybe)), each);
        EXPECT_EQ(where(value == each), Ids{1}) << each;
        EXPECT_EQ(where(value.in({each})), Ids{1}) << each;
        EXPECT_EQ(where(maybe.is_not_distinct_from(each)), Ids{1}) << each;
    }
}

TEST_F(QueryFloats, keep_the_sign_of_zero_in_no_comparison) {
    insert<Measure>({{1, -0.0, std::nullopt, 0}});
    EXPECT_EQ(where(value == 0.0), Ids{1});
    EXPECT_EQ(connection.one(select(value)), 0.0);
    EXPECT_TRUE(std::signbit(connection.scalar(select(mica::literal(-0.0)))));  // a REAL column has one zero
}

TEST_F(QueryFloats, of_a_narrow_field_are_rounded_to_the_nearest_where_others_have_written) {
    connection.execute("INSERT INTO Measure VALUES (1, 0, NULL, 0.1), (2, 0, NULL, 1e39)");
    EXPECT_EQ(connection.one(select<Measure>().where(id == 1)).narrow, 0.1F);
    EXPECT_THROW(static_cast<void>(connection.one(select<Measure>().where(id == 2))), DataError);
}

TEST_F(QueryFloats, that_are_not_a_number_are_refused_everywhere) {
    insert<Measure>({{1, 1, 1, 1}});
    EXPECT_THROW((insert<Measure>({{2, nan, std::nullopt, 0}})), DataError);
    EXPECT_THROW((insert<Measure>({{2, 0, nan, 0}})), DataError);
    EXPECT_THROW((insert<Measure>({{2, 0, std::nullopt, std::nanf("")}})), DataError);
    EXPECT_THROW(static_cast<void>(where(value == nan)), DataError);
    EXPECT_THROW(static_cast<void>(where(value.in({1.0, nan}))), DataError);
    EXPECT_THROW(static_cast<void>(where(value.not_in({nan, 1.0}))), DataError);
    EXPECT_THROW(static_cast<void>(where(value.between(0, nan))), DataError);
    EXPECT_THROW(connection.execute(mica::update<Measure>().set(value = nan).all_rows()), DataError);
    EXPECT_THROW(connection.execute(mica::update<Measure>().set(narrow = nan).all_rows()), DataError);
    EXPECT_THROW(connection.execute("UPDATE Measure SET maybe = ?", nan), DataError);
    EXPECT_EQ(where(value == 1.0 && maybe == 1.0 && narrow == 1.0), Ids{1});
}

TEST_F(QueryFloats, can_be_used_again_after_a_refusal) {
    insert<Measure>({{1, 2.5, 1, 1}});
    const auto find = [this](double wanted) { return where(value == wanted); };
    EXPECT_THROW(static_cast<void>(find(nan)), DataError);
    EXPECT_EQ(find(2.5), Ids{1});
}

TEST_F(QueryFloats, of_a_narrow_field_come_back_as_they_went) {
    for (const float each : {0.1F, 1.5F, 3.4028235e38F, 1e-45F, std::numeric_limits<float>::infinity()}) {
        connection.execute(mica::delete_from<Measure>().all_rows());
        insert<Measure>({{1, 0, std::nullopt, each}});
        EXPECT_EQ(connection.one(select(narrow).where(narrow == each)), each);
        EXPECT_EQ(where(narrow.in({each})), Ids{1});
    }
}

TEST_F(QueryFloats, set_a_narrow_field_to_what_it_can_hold) {
    insert<Measure>({{1, 0, std::nullopt, 0}});
    connection.execute(mica::update<Measure>().set(narrow = 0.1).all_rows());
    EXPECT_EQ(connection.one(select<Measure>()).narrow, 0.1F);
    connection.execute(mica::update<Measure>().set(narrow = 16777217).all_rows());
    EXPECT_EQ(connection.one(select<Measure>()).narrow, 16777216.0F);
}

TEST_F(QueryFloats, take_an_integer_as_it_is) {
    insert<Measure>({{1, 3, 4, 5}});
    EXPECT_EQ(where(value == 3 && maybe == 4 && narrow == 5), Ids{1});
    EXPECT_EQ(connection.execute<std::string>("SELECT typeof(value) FROM Measure").one(), "real");
    connection.execute(mica::update<Measure>().set(value = 7).all_rows());
    EXPECT_EQ(connection.one(select(value)), 7.0);
    EXPECT_EQ(connection.execute<std::string>("SELECT typeof(value) FROM Measure").one(), "real");
}

TEST_F(QueryFloats, are_calculated_with) {
    insert<Measure>({{1, 2.9, 5.52, 2.5F}});
    EXPECT_DOUBLE_EQ(connection.one(select(value + 37.12)), 40.02);
    EXPECT_DOUBLE_EQ(connection.one(select(maybe / 2.4)).value(), 2.3);
    EXPECT_EQ(connection.one(select(narrow * 2)), 5.0);
    EXPECT_EQ(connection.one(select(-narrow)), -2.5);
    EXPECT_EQ(connection.one(select(maybe / 0.0)), std::nullopt);
    EXPECT_EQ(connection.one(select(1 - value)), 1 - 2.9);
}

TEST_F(QueryFloats, sort_by_value) {
    insert<Measure>({{1, infinity, std::nullopt, 0}, {2, -infinity, 1, 0}, {3, -0.5, -1, 0}, {4, 1e-300, 0, 0}});
    EXPECT_EQ(connection.all(select(id).order_by(value)), (Ids{2, 3, 4, 1}));
    EXPECT_EQ(connection.all(select(id).order_by(maybe.desc())), (Ids{2, 4, 3, 1}));
}

}  // namespace
}  // namespace query_floats
