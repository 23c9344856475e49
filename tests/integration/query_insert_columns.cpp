// SPDX-License-Identifier: BSL-1.0
// Items 27, 28 and 56 of the checklist: keys, defaults, computed columns.
#include <support/caught.hpp>
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace query_insert_columns {

struct Square {
    std::int64_t id = 0;
    std::optional<int> side;
    std::optional<int> area{};
    std::string color;
    static constexpr auto mapping() {
        return mica::table("square",
                           mica::generated<&Square::area>(mica::col<&Square::side> * mica::col<&Square::side>),
                           mica::default_value<&Square::color>("it's \"red\""));
    }
};

/// With a text as key, which the database never fills in.
struct Setting {
    std::string name;
    std::string value;
    std::string changed;
    static constexpr auto mapping() {
        return mica::table("setting", mica::primary_key<&Setting::name>, mica::default_value<&Setting::value>(""),
                           mica::default_expr<&Setting::changed>(mica::current_timestamp));
    }
};

namespace {

using mica::col;
using mica::insert_into;
using mica::IntegrityError;
using mica::select;
using mica::test::caught;
using query_insert_columns::Setting;
using query_insert_columns::Square;

struct QueryInsertColumns : mica::test::MemoryDatabase<Square, Setting> {};

TEST_F(QueryInsertColumns, gives_the_key_that_the_database_chose) {
    const auto result = connection.execute(insert_into<Square>().values(col<&Square::side> = 3));
    EXPECT_EQ(result.rows_affected(), 1);
    EXPECT_EQ(result.last_insert_id(), connection.one(select(col<&Square::id>)));
}

TEST_F(QueryInsertColumns, lets_the_database_choose_a_key_that_is_0) {
    EXPECT_EQ(connection.execute(insert_into<Square>().values(col<&Square::id> = 7)).last_insert_id(), 7);
    EXPECT_EQ(connection.execute(insert_into<Square>().values(col<&Square::id> = 0)).last_insert_id(), 8);
    auto insert_key = connection.prepare(insert_into<Square>().values(col<&Square::id> = mica::param<std::int64_t>));
    EXPECT_EQ(insert_key(0).last_insert_id(), 9);
    EXPECT_EQ(insert_key(20).last_insert_id(), 20);
}

TEST_F(QueryInsertColumns, leaves_the_rest_to_the_database) {
    connection.execute(insert_into<Square>().values(col<&Square::side> = 10));
    connection.execute(insert_into<Square>().values(col<&Square::side> = 42, col<&Square::color> = "blue"));
    const auto squares = connection.all(select<Square>().order_by(col<&Square::id>));
    ASSERT_EQ(squares.size(), 2U);
    EXPECT_EQ(squares[0].area, 100);
    EXPECT_EQ(squares[0].color, "it's \"red\"");
    EXPECT_EQ(squares[1].area, 1764);
    EXPECT_EQ(squares[1].color, "blue");
}

TEST_F(QueryInsertColumns, inserts_rows_of_defaults) {
    for (int i = 1; i <= 3; ++i) {
        EXPECT_EQ(connection.execute(insert_into<Square>().default_values()).last_insert_id(), i);
    }
    const auto squares = connection.all(select<Square>());
    ASSERT_EQ(squares.size(), 3U);
    EXPECT_EQ(squares[2].side, std::nullopt);
    EXPECT_EQ(squares[2].color, "it's \"red\"");
}

TEST_F(QueryInsertColumns, fills_in_a_default_expression) {
    connection.execute(insert_into<Setting>().values(col<&Setting::name> = std::string("a\0b", 3)));
    const Setting setting = connection.one(select<Setting>());
    EXPECT_EQ(setting.name, std::string_view("a\0b", 3));
    EXPECT_EQ(setting.value, "");
    EXPECT_EQ(setting.changed.size(), std::string_view("2000-01-01 00:00:00").size());
}

TEST_F(QueryInsertColumns, computes_values_in_the_database) {
    connection.execute(insert_into<Square>().values(col<&Square::side> = 3));
    connection.execute(
        insert_into<Square>().values(col<&Square::side> = select(col<&Square::side> + 1).where(col<&Square::id> == 1)));
    EXPECT_EQ(connection.one(select<Square>().where(col<&Square::id> == 2)).side, 4);
}

TEST_F(QueryInsertColumns, refused_by_a_constraint_inserts_nothing) {
    connection.execute(insert_into<Setting>().values(col<&Setting::name> = "a"));
    const auto error =
        caught<IntegrityError>([&] { connection.execute(insert_into<Setting>().values(col<&Setting::name> = "a")); });
    EXPECT_EQ(error.kind(), IntegrityError::primary_key);
    EXPECT_EQ(error.table(), "setting");
    EXPECT_EQ(connection.all(select<Setting>()).size(), 1U);
    EXPECT_FALSE(connection.in_transaction());
}

}  // namespace
}  // namespace query_insert_columns
