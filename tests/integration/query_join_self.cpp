// SPDX-License-Identifier: BSL-1.0
#include <support/memory_database.hpp>
#include <support/music.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace query_join_self {

/// Names that need their quotes everywhere; a key of two columns, one of them of its own kind.
struct Order {
    std::int64_t group = 0;
    std::string select;
    std::optional<std::int64_t> from_group;
    std::optional<std::string> from_select;

    static constexpr auto mapping() {
        return mica::table("a\"b", mica::primary_key<&Order::group, &Order::select>,
                           mica::column<&Order::select>("測試"),
                           mica::foreign_key_to<Order>(mica::from<&Order::from_group, &Order::from_select>,
                                                       mica::to<&Order::group, &Order::select>));
    }
    bool operator==(const Order&) const = default;
};

struct Where {
    std::int64_t id = 0;
    std::int64_t group = 0;
    std::string table;
    static constexpr auto mapping() {
        return mica::table("where", mica::column<&Where::table>("to"),
                           mica::foreign_key_to<Order>(mica::from<&Where::group, &Where::table>,
                                                       mica::to<&Order::group, &Order::select>));
    }
};

namespace {

using mica::alias;
using mica::col;
using mica::select;
using music::Employee;
using query_join_self::Order;
using query_join_self::Where;
using MaybeName = std::optional<std::string>;

constexpr auto boss = alias<Employee, "boss">;
constexpr auto chief = alias<Employee, "chief of boss">;
constexpr auto name = col<&Employee::name>;

struct QueryJoinSelf : mica::test::MemoryDatabase<Employee> {
    QueryJoinSelf() { insert<Employee>({{1, "Ann", std::nullopt}, {2, "Bob", 1}, {3, "Cat", 1}, {4, "Dan", 2}}); }
};

TEST_F(QueryJoinSelf, finds_the_partner_of_each_row) {
    EXPECT_EQ(connection.all(select(name, boss.col<&Employee::name>)
                                 .join(boss, boss.col<&Employee::id> == col<&Employee::boss_id>)
                                 .order_by(name)),
              (std::vector<std::tuple<std::string, std::string>>{{"Bob", "Ann"}, {"Cat", "Ann"}, {"Dan", "Bob"}}));
}

TEST_F(QueryJoinSelf, goes_through_two_aliases) {
    EXPECT_EQ(connection.all(select(name, boss.col<&Employee::name>, chief.col<&Employee::name>)
                                 .left_join(boss, boss.col<&Employee::id> == col<&Employee::boss_id>)
                                 .left_join(chief, chief.col<&Employee::id> == boss.col<&Employee::boss_id>)
                                 .order_by(name)),
              (std::vector<std::tuple<std::string, MaybeName, MaybeName>>{{"Ann", std::nullopt, std::nullopt},
                                                                          {"Bob", "Ann", std::nullopt},
                                                                          {"Cat", "Ann", std::nullopt},
                                                                          {"Dan", "Bob", "Ann"}}));
}

TEST_F(QueryJoinSelf, gives_both_entities) {
    const auto rows = connection.all(select(boss, chief)
                                         .left_join(chief, chief.col<&Employee::id> == boss.col<&Employee::boss_id>)
                                         .where(boss.col<&Employee::id>.in({1, 4}))
                                         .order_by(boss.col<&Employee::id>));
    EXPECT_EQ(rows,
              (std::vector<std::tuple<Employee, std::optional<Employee>>>{
                  {Employee{1, "Ann", std::nullopt}, std::nullopt}, {Employee{4, "Dan", 2}, Employee{2, "Bob", 1}}}));
}

TEST_F(QueryJoinSelf, compares_pairs) {
    EXPECT_EQ(connection.all(select(name, boss.col<&Employee::name>)
                                 .join(boss, boss.col<&Employee::boss_id> == col<&Employee::boss_id> &&
                                                 boss.col<&Employee::id> > col<&Employee::id>)),
              (std::vector<std::tuple<std::string, std::string>>{{"Bob", "Cat"}}));
}

TEST_F(QueryJoinSelf, counts_the_rows_of_another_by_a_subquery) {
    EXPECT_EQ(
        connection.all(
            select(name, select(mica::count()).from(boss).where(boss.col<&Employee::boss_id> == col<&Employee::id>))
                .order_by(name)),
        (std::vector<std::tuple<std::string, std::int64_t>>{{"Ann", 2}, {"Bob", 1}, {"Cat", 0}, {"Dan", 0}}));
}

struct QueryJoinStrange : mica::test::MemoryDatabase<Order, Where> {
    QueryJoinStrange() {
        insert<Order>({{1, "x", std::nullopt, std::nullopt}, {1, "y", 1, "x"}, {2, "x", 1, "y"}});
        insert<Where>({{1, 1, "y"}, {2, 2, "x"}});
    }
};

TEST_F(QueryJoinStrange, finds_the_condition_in_a_key_of_two_columns) {
    EXPECT_EQ(connection.all(select<Order>().join<Where>().order_by(col<&Where::id>)),
              (std::vector<Order>{{1, "y", 1, "x"}, {2, "x", 1, "y"}}));
}

TEST_F(QueryJoinStrange, quotes_every_name) {
    constexpr auto strange = alias<Order, "from \"select\" 測試">;
    EXPECT_EQ(connection.all(select(col<&Order::select>, strange.col<&Order::select>)
                                 .left_join(strange, strange.col<&Order::group> == col<&Order::from_group> &&
                                                         strange.col<&Order::select> == col<&Order::from_select>)
                                 .order_by(col<&Order::group>, col<&Order::select>)),
              (std::vector<std::tuple<std::string, MaybeName>>{{"x", std::nullopt}, {"y", "x"}, {"x", "y"}}));
    constexpr auto derived = mica::subquery<"order by \"">(select<Order>());
    EXPECT_EQ(connection.all(select(derived.col<"測試">).from(derived).where(derived.col<&Order::group> == 2)),
              std::vector<std::string>{"x"});
    constexpr auto defined = mica::cte<"with 'x'">(select<Where>());
    EXPECT_EQ(connection.all(select(defined.col<"to">).from(defined).order_by(defined.col<"to">)),
              (std::vector<std::string>{"x", "y"}));
}

}  // namespace
}  // namespace query_join_self
