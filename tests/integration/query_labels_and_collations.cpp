// SPDX-License-Identifier: BSL-1.0
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace query_labels {

struct Row {
    std::int64_t id = 0;
    int x = 0;
    int y = 0;
    std::string q;
    std::string p;
};

namespace {

using mica::col;
using mica::select;
using query_labels::Row;
using Ints = std::vector<int>;
using Sums = std::vector<std::int64_t>;
using Texts = std::vector<std::string>;

constexpr auto id = col<&Row::id>;
constexpr auto x = col<&Row::x>;
constexpr auto y = col<&Row::y>;
constexpr auto q = col<&Row::q>;
constexpr auto p = col<&Row::p>;

struct QueryLabels : mica::test::MemoryDatabase<Row> {
    QueryLabels() { insert<Row>({{1, 1, 2, "q1", "p3"}, {2, 2, 3, "q2", "p2"}, {3, 3, 4, "q3", "p1"}}); }
};

struct QueryCollations : mica::test::MemoryDatabase<Row> {
    QueryCollations() {
        insert<Row>({{1, 0, 0, "b", "x"}, {2, 0, 0, "A", "x "}, {3, 0, 0, "C", "y"}, {4, 0, 0, "a", "x  "}});
    }
};

TEST_F(QueryLabels, sort_by_a_column) {
    EXPECT_EQ(connection.all(select(x.as<"lx">()).order_by(x.as<"lx">())), (Ints{1, 2, 3}));
    EXPECT_EQ(connection.all(select(x.as<"lx">()).order_by(x.as<"lx">().desc())), (Ints{3, 2, 1}));
}

TEST_F(QueryLabels, sort_by_a_sum) {
    const auto lx = (x + y).as<"lx">();
    EXPECT_EQ(connection.all(select(lx).order_by(lx)), (Sums{3, 5, 7}));
    EXPECT_EQ(connection.all(select(lx).order_by(lx.desc())), (Sums{7, 5, 3}));
    EXPECT_EQ(connection.all(select(id).order_by(lx.desc())), (Sums{3, 2, 1})) << "not selected";
}

TEST_F(QueryLabels, sort_by_a_text) {
    const auto lx = (lower(q) || p).as<"lx">();
    EXPECT_EQ(connection.all(select(lx).order_by(lx)), (Texts{"q1p3", "q2p2", "q3p1"}));
    EXPECT_EQ(connection.all(select(lx).order_by(lx.desc())), (Texts{"q3p1", "q2p2", "q1p3"}));
}

TEST_F(QueryLabels, sort_by_the_term_that_is_meant_where_another_has_the_same_name) {
    using Pairs = std::vector<std::tuple<std::int64_t, std::int64_t>>;
    const auto second = (-x).as<"LX">();
    EXPECT_EQ(connection.all(select((x + 0).as<"lx">(), second).order_by(second)), (Pairs{{3, -3}, {2, -2}, {1, -1}}));
    EXPECT_EQ(connection.all(select((x + 0).as<"lx">(), second).order_by(second.desc())),
              (Pairs{{1, -1}, {2, -2}, {3, -3}}));
    const auto renamed = (-x).as<"id">();
    EXPECT_EQ(connection.all(select(id, renamed.as<"other">()).order_by(renamed)), (Pairs{{3, -3}, {2, -2}, {1, -1}}));
}

TEST_F(QueryLabels, group_by_a_sum_with_a_value) {
    const auto lx = (x + y + 0).as<"lx">();
    EXPECT_EQ(connection.all(select(mica::count(id), lx).group_by(lx).order_by(lx)),
              (std::vector<std::tuple<std::int64_t, std::int64_t>>{{1, 3}, {1, 5}, {1, 7}}));
}

TEST_F(QueryLabels, may_be_any_text) {
    const auto label = (x * 2).as<"order by \"1\"; --">();
    EXPECT_EQ(connection.all(select(label).order_by(label.desc())), (Sums{6, 4, 2}));
}

TEST_F(QueryCollations, sort) {
    EXPECT_EQ(connection.all(select(q).order_by(q)), (Texts{"A", "C", "a", "b"}));
    EXPECT_EQ(connection.all(select(q).order_by(q.collate<"NOCASE">(), id)), (Texts{"A", "a", "b", "C"}));
    EXPECT_EQ(connection.all(select(q).order_by(q.collate<"NOCASE">().desc(), id)), (Texts{"C", "b", "A", "a"}));
}

TEST_F(QueryCollations, compare) {
    EXPECT_EQ(connection.all(select(id).where(q.collate<"NOCASE">() == "a").order_by(id)), (Sums{2, 4}));
    EXPECT_EQ(connection.all(select(id).where(p.collate<"RTRIM">() == "x").order_by(id)), (Sums{1, 2, 4}));
    EXPECT_EQ(connection.all(select(id).where(q.collate<"NOCASE">().in({"a", "c"})).order_by(id)), (Sums{2, 3, 4}));
}

TEST_F(QueryCollations, group) {
    const auto letter = q.collate<"NOCASE">();
    EXPECT_EQ(connection.all(select(mica::count()).from<Row>().group_by(letter).order_by(letter)), (Sums{2, 1, 1}));
}

TEST_F(QueryCollations, that_do_not_exist_are_an_error_of_the_database) {
    EXPECT_THROW(connection.all(select(q).order_by(q.collate<"no such">())), mica::ProgrammingError);
    EXPECT_EQ(connection.all(select(q)).size(), 4U) << "the connection stays usable";
}

}  // namespace
}  // namespace query_labels
