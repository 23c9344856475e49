// SPDX-License-Identifier: BSL-1.0
#include <support/memory_database.hpp>
#include <support/music.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace integration_query_cte {
namespace {

using mica::col;
using mica::count;
using mica::cte;
using mica::recursive_cte;
using mica::select;
using mica::SetOperator;
using music::Employee;
using Names = std::vector<std::string>;
using Ids = std::vector<std::int64_t>;

constexpr auto id = col<&Employee::id>;
constexpr auto name = col<&Employee::name>;
constexpr auto boss_id = col<&Employee::boss_id>;
constexpr auto number = [](std::int64_t value) { return mica::sql<std::int64_t>("?", value); };

struct QueryCte : mica::test::MemoryDatabase<Employee> {
    QueryCte() {
        insert<Employee>(
            {{1, "Ann", std::nullopt}, {2, "Bob", 1}, {3, "Cat", 1}, {4, "Dan", 2}, {5, "Eve", 4}, {6, "Fay", 3}});
    }
};

TEST_F(QueryCte, is_read_like_a_table) {
    const auto heads = cte<"heads">(select(boss_id, count().as<"n">()).group_by(boss_id).having(count() > 1));
    EXPECT_EQ(connection.all(select(name, heads.col<"n">).join(heads, heads.col<"boss_id"> == id)),
              (std::vector<std::tuple<std::string, std::int64_t>>{{"Ann", 2}}));
    EXPECT_EQ(connection.all(select(heads.col<&Employee::boss_id>).from(heads).where(heads.col<"n"> == 2)),
              (std::vector<std::optional<std::int64_t>>{1}));
}

TEST_F(QueryCte, keeps_its_values_apart_from_those_behind_it) {
    const auto some = cte<"some">(select<Employee>().where(id > 1 && id < 6));
    EXPECT_EQ(connection.all(select(some.col<"name">)
                                 .from(some)
                                 .where(some.col<"id"> != 3 && some.col<"name"> < "Eve")
                                 .order_by(some.col<"id">.desc())
                                 .limit(2)),
              (Names{"Dan", "Bob"}));
}

TEST_F(QueryCte, is_used_in_several_places) {
    const auto some = cte<"some">(select(id).where(id < 4));
    EXPECT_EQ(connection.all(select(name)
                                 .join(some, some.col<"id"> == id)
                                 .where(boss_id.in(select(some.col<"id">).from(some)))
                                 .order_by(name)),
              (Names{"Bob", "Cat"}));
    EXPECT_EQ(
        connection.all(
            mica::union_all(select(some.col<"id">).from(some), select(id).where(id > 5)).order_by(some.col<"id">)),
        (Ids{1, 2, 3, 6}));
    EXPECT_EQ(connection.scalar(select(exists(select(some.col<"id">).from(some).where(some.col<"id"> > 3)))), false);
}

TEST_F(QueryCte, reads_from_another) {
    const auto low = cte<"low">(select<Employee>().where(id > 2));
    const auto lower = cte<"lower">(select(low.col<&Employee::name>).from(low).where(low.col<"id"> > 4));
    const auto other = cte<"other">(select(name).where(id == 6));
    EXPECT_EQ(connection.all(select(lower.col<"name">)
                                 .from(lower)
                                 .left_join(other, other.col<"name"> == lower.col<"name">)
                                 .where(other.col<"name">.is_null())),
              Names{"Eve"});
}

TEST_F(QueryCte, walks_down_a_tree) {
    const auto walk =
        recursive_cte<"walk">(select(id, name, number(0).as<"depth">()).where(boss_id.is_null()), [](auto self) {
            return select(id, name, self.template col<"depth"> + 1).join(self, boss_id == self.template col<"id">);
        });
    EXPECT_EQ(connection.all(select(walk.col<"name">, walk.col<"depth">).from(walk).order_by(walk.col<"id">)),
              (std::vector<std::tuple<std::string, std::int64_t>>{
                  {"Ann", 0}, {"Bob", 1}, {"Cat", 1}, {"Dan", 2}, {"Eve", 3}, {"Fay", 2}}));
    EXPECT_EQ(
        connection.all(select(walk.col<"name">).from(walk).where(walk.col<"depth"> == 2).order_by(walk.col<"name">)),
        (Names{"Dan", "Fay"}));
}

TEST_F(QueryCte, walks_up_a_tree_from_a_bound_value) {
    const auto up = [](std::int64_t from) {
        return recursive_cte<"up">(select<Employee>().where(id == from), [](auto self) {
            return select<Employee>().join(self, id == self.template col<&Employee::boss_id>);
        });
    };
    const auto names = [&](std::int64_t from) {
        const auto chain = up(from);
        return connection.all(select(chain.template col<"name">).from(chain).where(chain.template col<"id"> != from));
    };
    EXPECT_EQ(names(5), (Names{"Dan", "Bob", "Ann"}));
    EXPECT_EQ(names(6), (Names{"Cat", "Ann"}));
    EXPECT_EQ(names(1), Names{});
}

TEST_F(QueryCte, sorts_the_walk) {
    const auto in_order = [&](auto order) {
        const auto walk = recursive_cte<"walk">(select(id, name, number(0).as<"depth">()).where(boss_id.is_null()),
                                                [order](auto self) {
                                                    const auto depth = self.template col<"depth"> + 1;
                                                    return select(id, name, depth)
                                                        .join(self, boss_id == self.template col<"id">)
                                                        .order_by(order(depth), name);
                                                });
        return connection.all(select(walk.template col<"name">).from(walk));
    };
    EXPECT_EQ(in_order([](auto depth) { return depth.asc(); }), (Names{"Ann", "Bob", "Cat", "Dan", "Fay", "Eve"}));
    EXPECT_EQ(in_order([](auto depth) { return depth.desc(); }), (Names{"Ann", "Bob", "Dan", "Eve", "Cat", "Fay"}));
}

TEST_F(QueryCte, counts_up_to_a_limit) {
    const auto numbers = recursive_cte<"numbers">(
        select(number(1).as<"n">()), [](auto self) { return select(self.template col<"n"> * 2).from(self).limit(5); });
    EXPECT_EQ(connection.all(select(numbers.col<"n">).from(numbers)), (Ids{1, 2, 4, 8, 16}));
    EXPECT_EQ(connection.all(select(numbers.col<"n">).from(numbers).where(numbers.col<"n"> > 2).limit(2)), (Ids{4, 8}));
}

TEST_F(QueryCte, counts_in_small_integers) {
    const auto numbers = recursive_cte<"numbers">(select(mica::sql<int>("1").as<"n">()), [](auto self) {
        return select(self.template col<"n"> + 1).from(self).where(self.template col<"n"> < 3);
    });
    EXPECT_EQ(connection.all(select(numbers.col<"n">).from(numbers)), (std::vector<int>{1, 2, 3}));
}

TEST_F(QueryCte, ends_a_walk_in_circles) {
    connection.execute(mica::update<Employee>().set(boss_id = 5).where(id == 1));
    const auto walk = recursive_cte<"walk", SetOperator::distinct_union>(
        select(id).where(id == 2), [](auto self) { return select(id).join(self, boss_id == self.template col<"id">); });
    EXPECT_EQ(connection.all(select(walk.col<"id">).from(walk).order_by(walk.col<"id">)), (Ids{1, 2, 3, 4, 5, 6}));
}

TEST_F(QueryCte, reads_from_another_at_each_step) {
    const auto walk = recursive_cte<"walk">(select(id).where(id == 1), [](auto self) {
        const auto odd = cte<"odd">(select(id, boss_id).where(id != 3));
        return select(odd.template col<"id">)
            .from(self)
            .join(odd, odd.template col<"boss_id"> == self.template col<"id">)
            .where(self.template col<"id"> < 4);
    });
    EXPECT_EQ(connection.all(select(walk.col<"id">).from(walk).where(walk.col<"id"> > 0).order_by(walk.col<"id">)),
              (Ids{1, 2, 4}));
}

TEST_F(QueryCte, begins_with_several_selects) {
    const auto walk =
        recursive_cte<"walk">(mica::union_(select(id).where(id == 3), select(id).where(id == 4)),
                              [](auto self) { return select(id).join(self, boss_id == self.template col<"id">); });
    EXPECT_EQ(connection.all(select(walk.col<"id">).from(walk).order_by(walk.col<"id">)), (Ids{3, 4, 5, 6}));
}

TEST_F(QueryCte, says_which_rows_to_remove) {
    const auto walk = recursive_cte<"walk">(
        select(id).where(id == 2), [](auto self) { return select(id).join(self, boss_id == self.template col<"id">); });
    const auto removal = mica::delete_from<Employee>().where(id.in(select(walk.col<"id">).from(walk)));
    EXPECT_EQ(connection.execute(removal).rows_affected(), 3);
    EXPECT_EQ(connection.all(select(name).order_by(name)), (Names{"Ann", "Cat", "Fay"}));
}

}  // namespace
}  // namespace integration_query_cte
