// SPDX-License-Identifier: BSL-1.0
// A user's own types and enums: encoded wherever they stand, decoded wherever they are read.
#include <support/caught.hpp>
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace query_codec {

/// Stored backwards, so that nothing works by accident.
struct Name {
    std::string text;
    friend bool operator==(const Name&, const Name&) = default;
};
struct Cents {
    std::int64_t count = 0;
    friend bool operator==(const Cents&, const Cents&) = default;
};
enum class Level : std::uint8_t { low = 1, high = 200 };
enum class Color { red, green };
enum class Fruit { a, b };

struct Ware {
    std::int64_t id = 0;
    Name name;
    std::optional<Name> nick;
    Cents price;
    Level level = Level::low;
    mica::EnumText<Color> color;
    std::optional<Fruit> fruit;
};

}  // namespace query_codec

template <>
struct mica::Codec<query_codec::Name> {
    using Storage = std::string;
    static std::string encode(const query_codec::Name& name) { return {name.text.rbegin(), name.text.rend()}; }
    static query_codec::Name decode(std::string_view stored) {
        if (stored == "bad") throw std::invalid_argument("no name");
        if (stored == "odd") throw 42;
        return {{stored.rbegin(), stored.rend()}};
    }
};

template <>
struct mica::Codec<query_codec::Cents> {
    using Storage = std::int64_t;
    static constexpr std::int64_t encode(query_codec::Cents cents) { return cents.count + 1000; }
    static constexpr query_codec::Cents decode(std::int64_t stored) { return {stored - 1000}; }
};

template <>
struct mica::Codec<query_codec::Fruit> : mica::EnumText<query_codec::Fruit> {};

namespace query_codec {
namespace {

using mica::col;
using mica::DataError;
using mica::select;
using mica::test::caught;
using query_codec::Cents;
using query_codec::Color;
using query_codec::Fruit;
using query_codec::Level;
using query_codec::Name;
using query_codec::Ware;
using Ids = std::vector<std::int64_t>;

constexpr auto id = col<&Ware::id>;
constexpr auto name = col<&Ware::name>;
constexpr auto nick = col<&Ware::nick>;
constexpr auto price = col<&Ware::price>;
constexpr auto level = col<&Ware::level>;
constexpr auto color = col<&Ware::color>;
constexpr auto fruit = col<&Ware::fruit>;

struct QueryCodec : mica::test::MemoryDatabase<Ware> {
    QueryCodec() {
        insert<Ware>({{1, {"abc"}, Name{"xy"}, {5}, Level::low, Color::red, Fruit::a},
                      {2, {"def"}, std::nullopt, {7}, Level::high, Color::green, std::nullopt}});
    }
    template <class Condition>
    Ids where(const Condition& condition) {
        return connection.all(select(id).where(condition).order_by(id));
    }
    std::string refusal() {
        return caught<DataError>([this] { static_cast<void>(connection.all(select<Ware>())); }).what();
    }
};

TEST_F(QueryCodec, stores_what_it_encodes) {
    using Row = std::tuple<std::string, std::optional<std::string>, int, int, std::string, std::optional<std::string>>;
    EXPECT_EQ(connection.execute<Row>("SELECT name, nick, price, level, color, fruit FROM Ware ORDER BY id").all(),
              (std::vector<Row>{{"cba", "yx", 1005, 1, "red", "a"},
                                {"fed", std::nullopt, 1007, 200, "green", std::nullopt}}));
}

TEST_F(QueryCodec, reads_what_it_stored) {
    const std::vector<Ware> read = connection.all(select<Ware>().order_by(id));
    ASSERT_EQ(read.size(), 2U);
    EXPECT_EQ(read[0].name, Name{"abc"});
    EXPECT_EQ(read[0].nick, Name{"xy"});
    EXPECT_EQ(read[1].nick, std::nullopt);
    EXPECT_EQ(read[1].price, Cents{7});
    EXPECT_EQ(read[1].level, Level::high);
    EXPECT_EQ(read[1].color, Color::green);
    EXPECT_EQ(read[0].fruit, Fruit::a);
    EXPECT_EQ(read[1].fruit, std::nullopt);
    EXPECT_EQ(connection.all(select(name).order_by(id)), (std::vector<Name>{{"abc"}, {"def"}}));
}

TEST_F(QueryCodec, encodes_in_comparisons) {
    EXPECT_EQ(where(name == Name{"abc"}), Ids{1});
    EXPECT_EQ(where(Name{"abc"} != name), Ids{2});
    EXPECT_EQ(where(nick == Name{"xy"}), Ids{1});
    EXPECT_EQ(where(nick.is_distinct_from(Name{"xy"})), Ids{2});
    EXPECT_EQ(where(price > Cents{5}), Ids{2});
    EXPECT_EQ(where(price.between(Cents{5}, Cents{6})), Ids{1});
    EXPECT_EQ(where(level == Level::high), Ids{2});
    EXPECT_EQ(where(color == Color::red), Ids{1});
    EXPECT_EQ(where(fruit == Fruit::a), Ids{1});
    EXPECT_EQ(where(fruit != Fruit::b), Ids{1});
    EXPECT_EQ(where(name == nick), Ids{});
}

TEST_F(QueryCodec, encodes_in_lists) {
    EXPECT_EQ(where(name.in({Name{"abc"}, Name{"zzz"}})), Ids{1});
    EXPECT_EQ(where(name.not_in(std::vector<Name>{{"abc"}})), Ids{2});
    EXPECT_EQ(where(price.in({Cents{7}})), Ids{2});
    EXPECT_EQ(where(color.in({Color::green, Color::red})), (Ids{1, 2}));
    EXPECT_EQ(where(fruit.in({Fruit::a})), Ids{1});
    EXPECT_EQ(where(nick.in(std::vector<std::optional<Name>>{std::nullopt, Name{"xy"}})), (Ids{1, 2}));
}

TEST_F(QueryCodec, encodes_in_updates_and_deletes) {
    connection.execute(
        mica::update<Ware>()
            .set(name = Name{"ghi"}, nick = Name{"z"}, price = Cents{9}, color = Color::green, fruit = Fruit::b)
            .where(name == Name{"abc"}));
    const Ware read = connection.one(select<Ware>().where(id == 1));
    EXPECT_EQ(std::tuple(read.name, *read.nick, read.price, *read.fruit),
              std::tuple(Name{"ghi"}, Name{"z"}, Cents{9}, Fruit::b));
    EXPECT_EQ(read.color, Color::green);
    connection.execute(mica::update<Ware>().set(nick = std::nullopt, fruit = std::nullopt).all_rows());
    EXPECT_EQ(where(nick.is_null() && fruit.is_null()), (Ids{1, 2}));
    EXPECT_EQ(connection.execute(mica::delete_from<Ware>().where(price == Cents{9})).rows_affected(), 1);
}

TEST_F(QueryCodec, never_meets_null) {
    EXPECT_EQ(where(nick == std::optional<Name>{}), Ids{2});
    EXPECT_EQ(where(nick.is_not_distinct_from(std::optional<Name>{})), Ids{2});
    EXPECT_EQ(where(fruit.is_not_distinct_from(std::optional<Fruit>{})), Ids{2});
}

TEST_F(QueryCodec, that_refuses_is_told_with_table_column_and_rowid) {
    connection.execute("UPDATE Ware SET name = 'bad' WHERE id = 2");
    const std::string text = refusal();
    EXPECT_NE(text.find(R"("Ware"."name" of rowid 2)"), text.npos) << text;
    EXPECT_NE(text.find("no name"), text.npos) << text;
}

TEST_F(QueryCodec, that_throws_anything_is_told_too) {
    connection.execute("UPDATE Ware SET nick = 'odd' WHERE id = 1");
    EXPECT_NE(refusal().find(R"("Ware"."nick" of rowid 1)"), std::string::npos) << refusal();
}

TEST_F(QueryCodec, that_refuses_names_the_rowid_of_single_columns_too) {
    connection.execute("UPDATE Ware SET name = 'bad' WHERE id = 2");
    const std::string text =
        caught<DataError>([this] { static_cast<void>(connection.all(select(id, name).order_by(id))); }).what();
    EXPECT_NE(text.find(R"("Ware"."name" of rowid 2)"), text.npos) << text;
}

TEST_F(QueryCodec, does_not_know_the_name_of_an_unknown_enumerator) {
    connection.execute("UPDATE Ware SET color = 'blue' WHERE id = 2");
    const std::string text = refusal();
    EXPECT_NE(text.find(R"("Ware"."color" of rowid 2)"), text.npos) << text;
    EXPECT_EQ(text.find("blue"), text.npos) << text;
    EXPECT_THROW(static_cast<void>(where(color == static_cast<Color>(7))), DataError);
}

TEST_F(QueryCodec, keeps_an_unknown_enumerator_that_is_stored_as_a_number) {
    connection.execute("UPDATE Ware SET level = 99 WHERE id = 2");
    EXPECT_EQ(connection.one(select(level).where(id == 2)), static_cast<Level>(99));
    connection.execute("UPDATE Ware SET level = 256 WHERE id = 2");
    EXPECT_NE(refusal().find(R"("Ware"."level" of rowid 2)"), std::string::npos);
}

}  // namespace
}  // namespace query_codec
