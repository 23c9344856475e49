// SPDX-License-Identifier: BSL-1.0
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace query_rows {

struct Pair {
    std::int64_t id = 0;
    int x = 0;
    int y = 0;
    std::optional<std::string> z;
};

namespace {

using mica::col;
using mica::row;
using mica::select;
using query_rows::Pair;
using Ids = std::vector<std::int64_t>;

constexpr auto id = col<&Pair::id>;
constexpr auto x = col<&Pair::x>;
constexpr auto y = col<&Pair::y>;
constexpr auto z = col<&Pair::z>;

struct QueryRows : mica::test::MemoryDatabase<Pair> {
    QueryRows() { insert<Pair>({{1, 1, 5, "z1"}, {2, 2, 4, "z2"}, {3, 2, 6, std::nullopt}, {4, 3, 3, "z4"}}); }

    template <class Condition>
    Ids where(const Condition& condition) {
        return connection.all(select(id).where(condition).order_by(id));
    }
};

TEST_F(QueryRows, are_equal_element_by_element) {
    EXPECT_EQ(where(row(x, y) == row(2, 4)), Ids{2});
    EXPECT_EQ(where(row(x, z) == row(2, "z2")), Ids{2});
    EXPECT_EQ(where(row(x, y) != row(2, 4)), (Ids{1, 3, 4}));
    EXPECT_EQ(where(row(x, y) == row(y, x)), Ids{4});
}

TEST_F(QueryRows, are_ordered_from_left_to_right) {
    EXPECT_EQ(where(row(x, y) > row(2, 4)), (Ids{3, 4}));
    EXPECT_EQ(where(row(x, y) >= row(2, 4)), (Ids{2, 3, 4}));
    EXPECT_EQ(where(row(x, y) < row(2, 5)), (Ids{1, 2}));
    EXPECT_EQ(where(row(x, y) <= row(2, 4)), (Ids{1, 2}));
}

TEST_F(QueryRows, with_null_may_be_unknown) {
    EXPECT_EQ(where(row(x, z) == row(2, "z3")), Ids{});
    EXPECT_EQ(where(row(x, z) != row(2, "z3")), (Ids{1, 2, 4}));
    EXPECT_EQ(connection.all(select(row(x, z) == row(2, "z3")).order_by(id)),
              (std::vector<std::optional<bool>>{false, false, std::nullopt, false}));
}

TEST_F(QueryRows, are_looked_for_in_a_select) {
    EXPECT_EQ(where(row(x, y).in(select(x, y).where(y > 4))), (Ids{1, 3}));
    EXPECT_EQ(where(row(x, y).not_in(select(x, y).where(y > 4))), (Ids{2, 4}));
    EXPECT_EQ(where(row(x, 3).in(select(y, y).where(z == "z4"))), Ids{4});
    EXPECT_EQ(where(row(x, y).in(select(x, y).where(id > 99))), Ids{});
    const auto largest = select(x, mica::max(y)).group_by(x);
    EXPECT_EQ(where(row(x, y).in(largest)), (Ids{1, 3, 4})) << "the top of each group";
}

TEST_F(QueryRows, page_by_the_last_row_seen) {
    const auto after = [&](int last_x, int last_y) {
        return connection.all(select(id).where(row(x, y) > row(last_x, last_y)).order_by(x, y).limit(2));
    };
    EXPECT_EQ(after(0, 0), (Ids{1, 2}));
    EXPECT_EQ(after(2, 4), (Ids{3, 4}));
    EXPECT_EQ(after(3, 3), Ids{});
}

}  // namespace
}  // namespace query_rows
