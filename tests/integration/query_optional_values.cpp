// SPDX-License-Identifier: BSL-1.0
// A std::optional that the program gives has C++'s meaning: an empty one equals NULL.
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace query_optional_values {

struct Item {
    std::int64_t id = 0;
    std::optional<double> price;
    std::optional<std::string> note;
    int count = 0;
};

namespace {

using mica::col;
using mica::select;
using query_optional_values::Item;
using Ids = std::vector<std::int64_t>;
using Price = std::optional<double>;
using Note = std::optional<std::string>;

constexpr auto id = col<&Item::id>;
constexpr auto price = col<&Item::price>;
constexpr auto note = col<&Item::note>;
constexpr auto count = col<&Item::count>;

constexpr Price free_of_charge{};

struct QueryOptionalValues : mica::test::MemoryDatabase<Item> {
    QueryOptionalValues() {
        insert<Item>({{1, 1.5, "a", 1}, {2, 2.5, std::nullopt, 2}, {3, std::nullopt, "b", 3}, {4, {}, {}, 4}});
    }
    template <class Condition>
    Ids where(const Condition& condition) {
        return connection.all(select(id).where(condition).order_by(id));
    }
};

TEST_F(QueryOptionalValues, equal_null_where_they_are_empty) {
    EXPECT_EQ(where(price == free_of_charge), (Ids{3, 4}));
    EXPECT_EQ(where(free_of_charge == price), (Ids{3, 4}));
    EXPECT_EQ(where(price == Price{1.5}), Ids{1});
    EXPECT_EQ(where(price != free_of_charge), (Ids{1, 2}));
    EXPECT_EQ(where(price != Price{1.5}), (Ids{2, 3, 4}));
    EXPECT_EQ(where(Price{1.5} != price), (Ids{2, 3, 4}));
    EXPECT_EQ(where(!(price == Price{1.5})), (Ids{2, 3, 4}));
    EXPECT_EQ(where(note == std::optional<std::string_view>{}), (Ids{2, 4}));
    EXPECT_EQ(where(count == std::optional<int>{}), Ids{});
    EXPECT_EQ(where(price + 1 == free_of_charge), (Ids{3, 4}));
    EXPECT_EQ(where(price == mica::literal(free_of_charge)), (Ids{3, 4}));
}

TEST_F(QueryOptionalValues, leave_sqls_meaning_between_columns) {
    const auto of_note = note == note;
    EXPECT_EQ(where(of_note), (Ids{1, 3}));
    static_assert(decltype(select(id).where(of_note))::sql().ends_with(R"("Item"."note" = "Item"."note")"));
}

TEST_F(QueryOptionalValues, are_written_as_is_and_never_unknown) {
    const auto condition = price == free_of_charge;
    static_assert(std::is_same_v<decltype(condition)::Value, bool>);
    static_assert(decltype(select(id).where(condition))::sql() ==
                  R"(SELECT "Item"."id" FROM "Item" WHERE "Item"."price" IS ?1)");
}

TEST_F(QueryOptionalValues, are_elements_of_lists) {
    using Prices = std::vector<Price>;
    EXPECT_EQ(where(price.in(Prices{1.5, std::nullopt})), (Ids{1, 3, 4}));
    EXPECT_EQ(where(price.in(Prices{1.5})), Ids{1});
    EXPECT_EQ(where(price.in(Prices{std::nullopt})), (Ids{3, 4}));
    EXPECT_EQ(where(price.in(Prices{})), Ids{});
    EXPECT_EQ(where(price.not_in(Prices{1.5, std::nullopt})), Ids{2});
    EXPECT_EQ(where(price.not_in(Prices{1.5})), (Ids{2, 3, 4}));
    EXPECT_EQ(where(price.not_in(Prices{})), (Ids{1, 2, 3, 4}));
    EXPECT_EQ(where(!price.in(Prices{1.5})), (Ids{2, 3, 4}));
    EXPECT_EQ(where(!price.not_in(Prices{1.5, std::nullopt})), (Ids{1, 3, 4}));
    EXPECT_EQ(where(price.in(Prices{1.5, std::nullopt}) && id > 1 && note.not_in({Note{"b"}})), Ids{4});
    EXPECT_EQ(where(count.in(std::vector<std::optional<int>>{3, std::nullopt})), Ids{3});
    EXPECT_EQ(where((price + count).in(Prices{2.5, std::nullopt})), (Ids{1, 3, 4}));
}

TEST_F(QueryOptionalValues, are_elements_of_lists_that_are_written_out) {
    EXPECT_EQ(where(price.in(2.5, free_of_charge)), (Ids{2, 3, 4}));
    EXPECT_EQ(where(price.in(2.5, Price{1.5})), (Ids{1, 2}));
    EXPECT_EQ(where(price.in(2.5, std::nullopt)), (Ids{2, 3, 4}));
    EXPECT_EQ(where(price.not_in(2.5, free_of_charge)), Ids{1});
    EXPECT_EQ(where(price.not_in(2.5, Price{1.5})), (Ids{3, 4}));
    EXPECT_EQ(where(price.in(count + 0.5, free_of_charge)), (Ids{1, 2, 3, 4}));
}

TEST_F(QueryOptionalValues, are_given_to_prepared_statements) {
    auto by_price = connection.prepare(select(id).where(price == mica::param<Price>).order_by(id));
    EXPECT_EQ(by_price(1.5).all(), Ids{1});
    EXPECT_EQ(by_price(std::nullopt).all(), (Ids{3, 4}));
}

TEST_F(QueryOptionalValues, are_assigned_and_compared_by_statements_that_write) {
    connection.execute(mica::update<Item>().set(note = Note{}, price = Price{9.0}).where(price == free_of_charge));
    EXPECT_EQ(where(price == Price{9.0} && note == Note{}), (Ids{3, 4}));
    connection.execute(mica::insert_into<Item>()
                           .values(Item{2, 7.0, {}, 0})
                           .on_conflict<&Item::id>()
                           .do_update(price = free_of_charge)
                           .where(note == Note{}));
    EXPECT_EQ(where(price == free_of_charge), Ids{2});
    connection.execute(mica::delete_from<Item>().where(price == free_of_charge));
    EXPECT_EQ(where(id > 0), (Ids{1, 3, 4}));
}

TEST_F(QueryOptionalValues, are_conditions_of_filters_and_sessions) {
    mica::Filter<Item> filter = price == free_of_charge;
    filter &= note.in(std::vector<Note>{std::nullopt, "x"});
    EXPECT_EQ(where(filter), Ids{4});
    {
        const auto given_back = std::move(connection);
    }
    mica::Session session{engine};
    EXPECT_EQ(session.query<Item>().where(price == free_of_charge).count(), 2);
    EXPECT_EQ(session.query<Item>().where_if(Price{2.0}, [](double least) { return price > least; }).one()->id, 2);
}

TEST_F(QueryOptionalValues, make_a_condition_where_they_hold_a_value) {
    const auto dearer_than = [&](const Price& least) {
        return connection.all(
            select(id).where_if(least, [](const auto& value) { return price >= value; }).where(id < 4).order_by(id));
    };
    EXPECT_EQ(dearer_than(std::nullopt), (Ids{1, 2, 3}));
    EXPECT_EQ(dearer_than(2.0), Ids{2});
    const auto named = [&](const Note& text) {
        return connection.all(select(id).where_if(text, [](const std::string& value) { return note.like(value); }));
    };
    EXPECT_EQ(named("A"), Ids{1});
}

TEST_F(QueryOptionalValues, order_either_way_at_run_time) {
    const auto sorted = [&](bool is_ascending) {
        return connection.all(select(id).where(id < 4).order_by(price.asc(is_ascending).nulls_last(), id));
    };
    EXPECT_EQ(sorted(true), (Ids{1, 2, 3}));
    EXPECT_EQ(sorted(false), (Ids{2, 1, 3}));
    mica::Order<Item> order{count.asc(false)};
    EXPECT_EQ(connection.all(select(id).order_by(order)), (Ids{4, 3, 2, 1}));
    EXPECT_EQ(connection.all(mica::union_(select(id), select(id)).order_by(id.asc(false)).limit(2)), (Ids{4, 3}));
    EXPECT_EQ(connection.all(select(id.as<"number">()).order_by(id.as<"number">().asc(false)).limit(1)), Ids{4});
}

}  // namespace
}  // namespace query_optional_values
