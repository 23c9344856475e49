// SPDX-License-Identifier: BSL-1.0
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace query_null {

struct Pair {
    std::int64_t id = 0;
    std::optional<int> a;
    std::optional<int> b;
    std::optional<std::string> text;
};

namespace {

using mica::col;
using mica::select;
using query_null::Pair;
using Ids = std::vector<std::int64_t>;
using Maybe = std::optional<bool>;

constexpr auto id = col<&Pair::id>;
constexpr auto a = col<&Pair::a>;
constexpr auto b = col<&Pair::b>;

struct QueryNull : mica::test::MemoryDatabase<Pair> {
    QueryNull() {
        insert<Pair>({{1, 0, 1, "x"},
                      {2, 1, 1, ""},
                      {3, std::nullopt, 1, std::nullopt},
                      {4, 0, std::nullopt, "y"},
                      {5, std::nullopt, std::nullopt, std::nullopt}});
    }
    template <class Condition>
    Ids where(const Condition& condition) {
        return connection.all(select(id).where(condition).order_by(id));
    }
};

TEST_F(QueryNull, is_distinct_from_follows_the_table) {
    EXPECT_EQ(connection.all(select(a.is_distinct_from(b)).order_by(id)),
              (std::vector<bool>{true, false, true, true, false}));
    EXPECT_EQ(connection.all(select(a.is_not_distinct_from(b)).order_by(id)),
              (std::vector<bool>{false, true, false, false, true}));
    EXPECT_EQ(where(a.is_distinct_from(b)), (Ids{1, 3, 4}));
    EXPECT_EQ(where(!a.is_distinct_from(b)), (Ids{2, 5}));
}

TEST_F(QueryNull, is_distinct_from_takes_values_and_null) {
    EXPECT_EQ(where(a.is_distinct_from(0)), (Ids{2, 3, 5}));
    EXPECT_EQ(where(a.is_not_distinct_from(0)), (Ids{1, 4}));
    EXPECT_EQ(where(a.is_distinct_from(std::nullopt)), (Ids{1, 2, 4}));
    EXPECT_EQ(where(a.is_not_distinct_from(std::optional<int>{})), (Ids{3, 5}));
    EXPECT_EQ(where(a.is_not_distinct_from(std::optional<int>{1})), Ids{2});
    EXPECT_EQ(where(col<&Pair::text>.is_distinct_from("x")), (Ids{2, 3, 4, 5}));
}

TEST_F(QueryNull, is_found_by_asking_for_it_only) {
    EXPECT_EQ(where(a == b), Ids{2});
    EXPECT_EQ(where(a != b), Ids{1});
    EXPECT_EQ(where(!(a == b)), Ids{1});
    EXPECT_EQ(where(a == std::nullopt), (Ids{3, 5}));
    EXPECT_EQ(where(a.is_null()), (Ids{3, 5}));
    EXPECT_EQ(where(a != std::nullopt), (Ids{1, 2, 4}));
    EXPECT_EQ(where(std::nullopt != a), (Ids{1, 2, 4}));
    EXPECT_EQ(where(a == std::optional<int>{}), (Ids{3, 5}));
    EXPECT_EQ(where(a.is_null() && b.is_not_null()), Ids{3});
}

TEST_F(QueryNull, spreads_through_expressions) {
    EXPECT_EQ(connection.all(select(a + b).order_by(id)),
              (std::vector<std::optional<std::int64_t>>{1, 2, std::nullopt, std::nullopt, std::nullopt}));
    EXPECT_EQ(connection.all(select(a < b).order_by(id)),
              (std::vector<Maybe>{true, false, std::nullopt, std::nullopt, std::nullopt}));
    EXPECT_EQ(where((a + b).is_null()), (Ids{3, 4, 5}));
    EXPECT_EQ(where((a < b).is_null()), (Ids{3, 4, 5}));
}

TEST_F(QueryNull, is_unknown_in_logic) {
    EXPECT_EQ(connection.all(select(a == 0 && b == 1).order_by(id)),
              (std::vector<Maybe>{true, false, std::nullopt, std::nullopt, std::nullopt}));
    EXPECT_EQ(connection.all(select(a == 1 || b == 1).order_by(id)),
              (std::vector<Maybe>{true, true, true, std::nullopt, std::nullopt}));
    EXPECT_EQ(connection.all(select(a == 1 && b == 0).order_by(id)),
              (std::vector<Maybe>{false, false, false, false, std::nullopt}));
}

TEST_F(QueryNull, sorts_first) {
    EXPECT_EQ(connection.all(select(id).order_by(a, id)), (Ids{3, 5, 1, 4, 2}));
    EXPECT_EQ(connection.all(select(id).order_by(a.desc(), id)), (Ids{2, 1, 4, 3, 5}));
}

TEST_F(QueryNull, is_read_into_optional_only) {
    EXPECT_EQ(connection.all(select(a).order_by(id)),
              (std::vector<std::optional<int>>{0, 1, std::nullopt, 0, std::nullopt}));
    EXPECT_THROW(static_cast<void>(connection.execute<int>("SELECT a FROM Pair ORDER BY id").all()), mica::DataError);
}

}  // namespace
}  // namespace query_null
