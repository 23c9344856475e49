// SPDX-License-Identifier: BSL-1.0
#include <support/caught.hpp>
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace query_arithmetic {

struct Number {
    std::int64_t id = 0;
    std::int64_t value = 0;
    double real = 0;
};

namespace {

using mica::col;
using mica::select;
using query_arithmetic::Number;
using Integers = std::vector<std::int64_t>;

constexpr auto id = col<&Number::id>;
constexpr auto value = col<&Number::value>;
constexpr auto real = col<&Number::real>;
constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t smallest = std::numeric_limits<std::int64_t>::min();

/// 0 to 9 as id 1 to 10, then 15, -15 and the largest integer.
struct QueryArithmeticAndBits : mica::test::MemoryDatabase<Number> {
    QueryArithmeticAndBits() {
        std::vector<Number> numbers;
        for (int i = 0; i < 10; ++i) numbers.push_back({i + 1, i, 0});
        numbers.push_back({11, 15, 5.52});
        numbers.push_back({12, -15, 0});
        numbers.push_back({13, largest, 0});
        connection.execute(mica::insert_into<Number>().values(numbers));
    }
    template <class Expression>
    auto of(std::int64_t key, const Expression& expression) {
        return connection.scalar(select(expression).template from<Number>().where(id == key));
    }
    /// Of 0 to 9.
    template <class Expression>
    auto of_digits(const Expression& expression) {
        return connection.all(select(expression).template from<Number>().where(id <= 10).order_by(id));
    }
};
struct QueryBits : QueryArithmeticAndBits {};

TEST_F(QueryArithmeticAndBits, divides_integers_to_an_integer) {
    EXPECT_EQ(of(11, value / 10), 1);
    EXPECT_EQ(of(12, value / 5), -3);
    EXPECT_EQ(of(12, value / 10), -1) << "towards zero";
    EXPECT_EQ(of(11, 150 / value), 10);
    EXPECT_EQ(of(11, value / (id - 1)), 1) << "of columns as of values";
    EXPECT_EQ(of(12, value % 4), -3);
}

TEST_F(QueryArithmeticAndBits, divides_exactly_where_one_side_is_real) {
    EXPECT_EQ(of(11, value / 10.0), 1.5);
    EXPECT_EQ(of(11, value.cast<double>() / 10), 1.5);
    EXPECT_DOUBLE_EQ(of(11, real / 2.4).value(), 2.3);
    EXPECT_EQ(of(12, value / 5.0), -3.0);
}

TEST_F(QueryArithmeticAndBits, divides_by_zero_to_null) {
    EXPECT_EQ(of(11, value / 0), std::nullopt);
    EXPECT_EQ(of(11, value % 0), std::nullopt);
    EXPECT_EQ(of(11, real / 0.0), std::nullopt);
    EXPECT_EQ(of(11, value / nullif(value, 15)), std::nullopt);
    EXPECT_EQ(of(11, coalesce(value / 0, 7)), 7);
}

TEST_F(QueryArithmeticAndBits, leaves_the_integers_where_a_result_is_too_large) {
    EXPECT_EQ(of(13, typeof_(value + 1)), "real");
    EXPECT_THROW(of(13, value + 1), mica::DataError) << "and is not read as one";
    EXPECT_EQ(of(13, (value + 1).cast<double>()), 9223372036854775808.0);
    EXPECT_EQ(of(13, value - 1), largest - 1);
    EXPECT_EQ(of(13, -value), -largest);
    EXPECT_EQ(of(1, value + smallest), smallest);
}

TEST_F(QueryBits, are_combined) {
    EXPECT_EQ(of_digits(value & 5), (Integers{0, 1, 0, 1, 4, 5, 4, 5, 0, 1}));
    EXPECT_EQ(of_digits(value | 5), (Integers{5, 5, 7, 7, 5, 5, 7, 7, 13, 13}));
    EXPECT_EQ(of_digits((value | 5) - (value & 5)), (Integers{5, 4, 7, 6, 1, 0, 3, 2, 13, 12})) << "exclusive or";
    EXPECT_EQ(of_digits(~value), (Integers{-1, -2, -3, -4, -5, -6, -7, -8, -9, -10}));
}

TEST_F(QueryBits, are_shifted) {
    EXPECT_EQ(of_digits(value << 1), (Integers{0, 2, 4, 6, 8, 10, 12, 14, 16, 18}));
    EXPECT_EQ(of_digits(value >> 1), (Integers{0, 0, 1, 1, 2, 2, 3, 3, 4, 4}));
    EXPECT_EQ(of_digits(1 << value), (Integers{1, 2, 4, 8, 16, 32, 64, 128, 256, 512}));
    EXPECT_EQ(of(12, value >> 1), -8);
    EXPECT_EQ(of(13, value << 64), 0);
}

TEST_F(QueryBits, bind_as_in_cpp_where_parentheses_say_so) {
    EXPECT_EQ(of_digits((value & 1) == 1),
              (std::vector<bool>{false, true, false, true, false, true, false, true, false, true}));
    EXPECT_EQ(of(8, (value & (2 | 1)) << 2), 12);
    EXPECT_EQ(of(8, (value >> 1) + 1), 4);
    EXPECT_EQ(of(8, value >> (id - 7)), 3);
    EXPECT_EQ(of(8, ~(value & 3)), -4);
    EXPECT_EQ(of(8, -~value), 8);
    EXPECT_EQ(of(8, value | ((value & 1) << 4)), 23);
}

TEST_F(QueryBits, filter_rows) {
    EXPECT_EQ(connection.all(select(value).where((value & 4) != 0 && id <= 10).order_by(id)), (Integers{4, 5, 6, 7}));
}

}  // namespace
}  // namespace query_arithmetic
