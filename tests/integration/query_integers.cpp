// SPDX-License-Identifier: BSL-1.0
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace query_integers {

struct Wide {
    std::int64_t id = 0;
    std::int64_t x = 0;
    std::optional<std::int64_t> maybe;
};

struct Narrow {
    std::int64_t id = 0;
    std::int8_t i8 = 0;
    std::uint8_t u8 = 0;
    std::int16_t i16 = 0;
    std::uint16_t u16 = 0;
    std::int32_t i32 = 0;
    std::uint32_t u32 = 0;
    long long ll = 0;

    friend bool operator==(const Narrow&, const Narrow&) = default;
};

struct Triple {
    std::int64_t id = 0;
    int a = 0;
    int b = 0;
    int c = 0;
};

namespace {

using mica::col;
using mica::select;
using query_integers::Narrow;
using query_integers::Triple;
using query_integers::Wide;
using Ids = std::vector<std::int64_t>;

constexpr auto x = col<&Wide::x>;

struct QueryIntegers : mica::test::MemoryDatabase<Wide, Narrow> {};

const Ids extremes{0,
                   -1,
                   1,
                   2147483646,
                   2147483647,
                   2147483648,
                   2147483649,
                   -2147483646,
                   -2147483647,
                   -2147483648,
                   -2147483649,
                   1376537018368127,
                   -1376537018368127,
                   INT64_MIN,
                   INT64_MIN + 1,
                   INT64_MAX - 1,
                   INT64_MAX};

TEST_F(QueryIntegers, come_back_as_they_went_and_are_found) {
    for (const std::int64_t each : extremes) {
        connection.execute(mica::delete_from<Wide>().all_rows());
        connection.execute(mica::insert_into<Wide>().values(Wide{1, each, each}));
        const Wide read = connection.one(select<Wide>().where(x == each));
        EXPECT_EQ(read.x, each);
        EXPECT_EQ(read.maybe, each);
        EXPECT_EQ(connection.all(select(x).where(x.in({each}))), Ids{each});
        EXPECT_EQ(connection.all(select(x).where(x.between(each, each))), Ids{each});
        EXPECT_EQ(connection.all(select(x).where(x < each || x > each)), Ids{});
        EXPECT_EQ(connection.execute<std::int64_t>("SELECT ?", each).one(), each);
    }
}

TEST_F(QueryIntegers, sort_by_value) {
    std::vector<Wide> rows;
    for (const std::int64_t each : extremes) rows.push_back({0, each, std::nullopt});
    connection.execute(mica::insert_into<Wide>().values(rows));
    Ids sorted = extremes;
    std::sort(sorted.begin(), sorted.end());
    EXPECT_EQ(connection.all(select(x).order_by(x)), sorted);
}

template <class Value>
using Limits = std::numeric_limits<Value>;

TEST_F(QueryIntegers, of_every_width_keep_their_limits) {
    const Narrow low{1, Limits<std::int8_t>::min(),  0, Limits<std::int16_t>::min(),
                     0, Limits<std::int32_t>::min(), 0, Limits<long long>::min()};
    const Narrow high{2,
                      Limits<std::int8_t>::max(),
                      Limits<std::uint8_t>::max(),
                      Limits<std::int16_t>::max(),
                      Limits<std::uint16_t>::max(),
                      Limits<std::int32_t>::max(),
                      Limits<std::uint32_t>::max(),
                      Limits<long long>::max()};
    insert<Narrow>({low, high});
    EXPECT_EQ(connection.all(select<Narrow>().order_by(col<&Narrow::id>)), (std::vector<Narrow>{low, high}));
    EXPECT_EQ(connection.one(select(col<&Narrow::u32>).where(col<&Narrow::u32> == 4294967295U)), 4294967295U);
    EXPECT_EQ(connection.one(select(col<&Narrow::i8>).where(col<&Narrow::i8> < -127)), -128);
}

TEST_F(QueryIntegers, compare_with_numbers_of_other_types) {
    insert<Wide>({{1, 2, 2}, {2, 3, std::nullopt}});
    EXPECT_EQ(connection.all(select(x).where(x > 2.5)), Ids{3});
    EXPECT_EQ(connection.all(select(x).where(x == 2.0)), Ids{2});
    EXPECT_EQ(connection.all(select(x).where(x == std::int8_t{2})), Ids{2});
    EXPECT_EQ(connection.all(select(x).where(x > -1.0e300)), (Ids{2, 3}));
}

TEST_F(QueryIntegers, that_overflow_in_sqlite_become_real_and_are_refused) {
    insert<Wide>({{1, INT64_MAX, 0}});
    EXPECT_EQ(connection.execute<std::string>("SELECT typeof(x + 1) FROM Wide").one(), "real");
    EXPECT_THROW(static_cast<void>(connection.all(select(x + 1))), mica::DataError);
    EXPECT_EQ(connection.one(select(x + -1)), INT64_MAX - 1);
}

struct QueryArithmetic : mica::test::MemoryDatabase<Triple> {
    QueryArithmetic() {
        std::vector<Triple> rows;
        for (const int a : {-7, -2, 1, 5}) {
            for (const int b : {-3, -1, 2, 4}) {
                for (const int c : {-2, 3}) rows.push_back({0, a, b, c});
            }
        }
        connection.execute(mica::insert_into<Triple>().values(rows));
    }

    /// The same formula in SQL and in C++, over all rows.
    template <class Formula>
    void agree(Formula formula) {
        const auto query = select(formula(col<&Triple::a>, col<&Triple::b>, col<&Triple::c>), col<&Triple::a>,
                                  col<&Triple::b>, col<&Triple::c>);
        int rows = 0;
        for (const auto& [value, a, b, c] : connection.execute(query)) {
            ++rows;
            const std::optional<std::int64_t> in_sql = value;
            const std::int64_t in_cpp = formula(std::int64_t{a}, std::int64_t{b}, std::int64_t{c});
            ASSERT_EQ(in_sql, in_cpp) << query.sql() << " with " << a << ' ' << b << ' ' << c;
        }
        EXPECT_EQ(rows, 32);
    }
};

TEST_F(QueryArithmetic, means_in_sql_what_it_means_in_cpp) {
    agree([](auto a, auto b, auto c) { return a + b * c; });
    agree([](auto a, auto b, auto c) { return (a + b) * c; });
    agree([](auto a, auto b, auto c) { return a - b - c; });
    agree([](auto a, auto b, auto c) { return a - (b - c); });
    agree([](auto a, auto b, auto c) { return a - (b + c); });
    agree([](auto a, auto b, auto c) { return a / b / c; });
    agree([](auto a, auto b, auto c) { return a / (b / c + 9); });
    agree([](auto a, auto b, auto c) { return a * (b / c); });
    agree([](auto a, auto b, auto c) { return a * b / c; });
    agree([](auto a, auto b, auto c) { return a % b * c; });
    agree([](auto a, auto b, auto c) { return a % (b * c); });
    agree([](auto a, auto b, auto c) { return a * (b % c); });
    agree([](auto a, auto b, auto c) { return -a * -b - -c; });
    agree([](auto a, auto b, auto c) { return -(a * b) - -(-c); });
    agree([](auto a, auto b, auto c) { return -(a - b - c); });
    agree([](auto a, auto b, auto c) { return 3 - (a - (b - (c - 1))); });
    agree([](auto a, auto b, auto c) { return 100 / b - (20 % c) * a; });
}

TEST_F(QueryArithmetic, of_integers_is_truncated_towards_zero) {
    insert<Triple>({{1000, -15, 5, 4}});
    const auto of = [this](auto expression) {
        return connection.one(select(expression).where(col<&Triple::id> == 1000));
    };
    EXPECT_EQ(of(col<&Triple::a> / col<&Triple::b>), -3);
    EXPECT_EQ(of(col<&Triple::a> / col<&Triple::c>), -3);
    EXPECT_EQ(of(col<&Triple::a> % col<&Triple::c>), -3);
    EXPECT_EQ(of(col<&Triple::a> / 4.0), -3.75);
    EXPECT_EQ(of(15 / col<&Triple::c>), 3);
}

TEST_F(QueryArithmetic, by_zero_is_null) {
    using Maybe = std::optional<std::int64_t>;
    EXPECT_EQ(connection.first(select(col<&Triple::a> / 0)), std::optional<Maybe>{Maybe{}});
    EXPECT_EQ(connection.first(select(col<&Triple::a> % 0)), std::optional<Maybe>{Maybe{}});
    EXPECT_EQ(connection.all(select(col<&Triple::id>).where(col<&Triple::a> / 0 == 1)), Ids{});
}

}  // namespace
}  // namespace query_integers
