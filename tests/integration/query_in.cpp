// SPDX-License-Identifier: BSL-1.0
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace query_in {

struct Row {
    std::int64_t id = 0;
    int x = 0;
    std::string z;
    std::optional<int> maybe;
};

namespace {

using mica::col;
using mica::select;
using query_in::Row;
using Ids = std::vector<std::int64_t>;

constexpr auto id = col<&Row::id>;
constexpr auto x = col<&Row::x>;
constexpr auto z = col<&Row::z>;
constexpr auto maybe = col<&Row::maybe>;
const Ids all_ids{1, 2, 3, 4};

struct QueryIn : mica::test::MemoryDatabase<Row> {
    QueryIn() { insert<Row>({{1, 1, "z1", 1}, {2, 2, "z2", 2}, {3, 3, "z3", 3}, {4, 4, "z4", std::nullopt}}); }
    template <class Condition>
    Ids where(const Condition& condition) {
        return connection.all(select(id).where(condition).order_by(id));
    }
};

constexpr auto constant = select(id).where(x.in({4, 2}) && z.not_in({"z2", "zz"}));

TEST_F(QueryIn, a_list_in_braces_stands_in_a_constant_statement) {
    EXPECT_EQ(connection.all(constant), Ids{4});
    EXPECT_EQ(connection.all(constant), Ids{4});
    for (const std::int64_t found : connection.execute(constant)) {
        EXPECT_EQ(found, 4);
        EXPECT_EQ(connection.all(constant), Ids{4});
    }
    const auto prepared = connection.prepare(constant);
    EXPECT_EQ(prepared().all(), Ids{4});
}

TEST_F(QueryIn, a_list_in_braces_owns_its_texts) {
    std::string text = "z2";
    const auto condition = z.in({text.c_str()});
    text = "z3";
    EXPECT_EQ(where(condition), Ids{2});
}

TEST_F(QueryIn, finds_values) {
    EXPECT_EQ(where(x.in({2, 3, 4})), (Ids{2, 3, 4}));
    EXPECT_EQ(where(z.in({"z2", "z3", "zz"})), (Ids{2, 3}));
    EXPECT_EQ(where(x.not_in({2, 3})), (Ids{1, 4}));
    EXPECT_EQ(where(z.not_in({"z2"})), (Ids{1, 3, 4}));
    EXPECT_EQ(where((x + 1).in({3})), Ids{2});
    EXPECT_EQ(where(!x.in({2})), (Ids{1, 3, 4}));
}

TEST_F(QueryIn, finds_values_in_any_order_and_more_than_once) {
    EXPECT_EQ(where(x.in({4, 2, 3, 2, 4})), (Ids{2, 3, 4}));
    EXPECT_EQ(where(z.in({"z4", "z1", "z4"})), (Ids{1, 4}));
}

TEST_F(QueryIn, an_empty_list_finds_nothing_and_not_in_finds_all) {
    const std::vector<int> none;
    EXPECT_EQ(where(x.in(none)), Ids{});
    EXPECT_EQ(where(x.not_in(none)), all_ids);
    EXPECT_EQ(where(x.in(none) && z.in(std::vector<std::string>{})), Ids{});
    EXPECT_EQ(where(x.not_in(none) && z.not_in(std::vector<std::string>{})), all_ids);
    EXPECT_EQ(where(x.in({1, 2}) && x.not_in(none)), (Ids{1, 2}));
    EXPECT_EQ(where(x.in(none) || z.in({"z1"})), Ids{1});
}

TEST_F(QueryIn, null_is_in_no_list_and_not_in_an_empty_one_only) {
    EXPECT_EQ(where(maybe.in({1, 2})), (Ids{1, 2}));
    EXPECT_EQ(where(maybe.not_in({1, 2})), Ids{3});
    EXPECT_EQ(where(maybe.in(std::vector<int>{})), Ids{});
    EXPECT_EQ(where(maybe.not_in(std::vector<int>{})), all_ids);
    EXPECT_EQ(connection.all(select(maybe.in(std::vector<int>{})).where(id == 4)),
              std::vector<std::optional<bool>>{false});
}

TEST_F(QueryIn, a_missing_value_in_the_list_finds_null_and_hides_nothing) {
    using List = std::vector<std::optional<int>>;
    EXPECT_EQ(where(x.in(List{1, std::nullopt})), Ids{1});
    EXPECT_EQ(where(x.not_in(List{1, std::nullopt})), (Ids{2, 3, 4}));
    EXPECT_EQ(where(maybe.in(List{std::nullopt})), Ids{4});
    EXPECT_EQ(connection.all(select(x.in(List{1, std::nullopt})).order_by(id)),
              (std::vector<bool>{true, false, false, false}));
}

TEST_F(QueryIn, one_statement_takes_lists_of_every_length) {
    const auto run = [this](std::vector<int> list) { return where(x.in(std::move(list))); };
    EXPECT_EQ(run({}), Ids{});
    EXPECT_EQ(run({1, 2}), (Ids{1, 2}));
    EXPECT_EQ(run({}), Ids{});
    EXPECT_EQ(run({3}), Ids{3});
}

TEST_F(QueryIn, takes_very_long_lists) {
    for (const int size : {0, 1, 999, 1000, 32767, 100'000, 1'000'000, 1'000'001}) {
        std::vector<int> list(static_cast<std::size_t>(size));
        for (int i = 0; i < size; ++i) {
            list[static_cast<std::size_t>(i)] =
                static_cast<int>(INT64_C(7919) * i % size) + 3;  // from 3 on, in no order
        }
        EXPECT_EQ(where(x.in(list)), size == 0 ? Ids{} : size == 1 ? Ids{3} : (Ids{3, 4})) << size;
        EXPECT_EQ(where(x.not_in(list)), size == 0 ? all_ids : size == 1 ? (Ids{1, 2, 4}) : (Ids{1, 2})) << size;
    }
}

TEST_F(QueryIn, takes_very_long_lists_of_text) {
    std::vector<std::string> list;
    for (int i = 0; i < 100'000; ++i) list.push_back("z" + std::to_string(i * 37 % 100'000 + 2));
    EXPECT_EQ(where(z.in(list)), (Ids{2, 3, 4}));
    EXPECT_EQ(where(z.not_in(list)), Ids{1});
}

TEST_F(QueryIn, serves_updates_deletes_and_sorting) {
    EXPECT_EQ(connection.all(select(id).order_by(x.in({2, 3}).desc(), id.desc())), (Ids{3, 2, 4, 1}));
    EXPECT_EQ(connection.execute(mica::update<Row>().set(maybe = 9).where(x.in({1, 4}))).rows_affected(), 2);
    EXPECT_EQ(where(maybe == 9), (Ids{1, 4}));
    EXPECT_EQ(connection.execute(mica::delete_from<Row>().where(x.not_in({1, 4}))).rows_affected(), 2);
    EXPECT_EQ(where(id > 0), (Ids{1, 4}));
}

TEST_F(QueryIn, keeps_its_list_while_rows_are_read) {
    auto result = [this] {
        const std::vector<std::string> list{"z1", "z2", "z4"};
        return connection.execute(select(id).where(z.in(list)).order_by(id));
    }();
    EXPECT_EQ(result.all(), (Ids{1, 2, 4}));
}

TEST_F(QueryIn, twice_in_one_statement_uses_two_lists) {
    EXPECT_EQ(where(x.in({1, 2, 3}) && maybe.not_in({2})), (Ids{1, 3}));
    EXPECT_EQ(where(x.in({1}) || x.in({4})), (Ids{1, 4}));
}

TEST_F(QueryIn, searches_the_key) {
    using Step = std::tuple<int, int, int, std::string>;
    const auto query = select(z).where(id.in({1, 2}));
    std::string plan;
    for (const auto& [node, parent, unused, text] :
         connection.execute<Step>("EXPLAIN QUERY PLAN " + std::string{query.sql()}, std::nullopt)) {
        plan += text + "; ";
    }
    EXPECT_NE(plan.find("SEARCH Row USING INTEGER PRIMARY KEY"), plan.npos) << plan;
}

TEST_F(QueryIn, takes_values_and_expressions_one_by_one) {
    EXPECT_EQ(where(x.in(2, x - 1, 4)), (Ids{2, 4}));
    EXPECT_EQ(where(x.not_in(2, 4)), (Ids{1, 3}));
    EXPECT_EQ(where(z.in("z1", "z3")), (Ids{1, 3}));
    EXPECT_EQ(where(maybe.in(1, std::nullopt)), (Ids{1, 4}));
    EXPECT_EQ(where(maybe.not_in(1, std::nullopt)), (Ids{2, 3}));
}

}  // namespace
}  // namespace query_in
