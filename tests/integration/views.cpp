// SPDX-License-Identifier: BSL-1.0
// views(): rows that are looked at where the database has them.
#include <mica/decimal.hpp>
#include <mica/uuid.hpp>

#include <support/caught.hpp>
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace row_views {

enum class Color { red, green };

struct Name {
    std::string text;
    friend bool operator==(const Name&, const Name&) = default;
};

struct Address {
    std::string city;
    std::optional<std::string> street;
    friend bool operator==(const Address&, const Address&) = default;
};

struct Everything {
    std::int64_t id = 0;
    bool flag = false;
    std::int16_t small = 0;
    float ratio = 0;
    double amount = 0;
    Color color = Color::red;
    std::string text;
    std::vector<std::byte> bytes;
    std::vector<std::uint8_t> octets;
    std::array<std::uint8_t, 3> three{};
    std::chrono::sys_seconds at{};
    std::chrono::sys_days day{};
    std::filesystem::path path;
    mica::decimal<2> price{};
    Name name;
    Address home;
    std::optional<bool> maybe_flag;
    std::optional<double> maybe_amount;
    std::optional<std::string> maybe_text;
    std::optional<std::vector<std::byte>> maybe_bytes;
    std::optional<Name> maybe_name;
    std::optional<Address> maybe_home;
};

struct Maker {
    std::int64_t id = 0;
    std::string name;
};
struct Car {
    std::int64_t id = 0;
    std::string make;
    int year = 0;
    std::optional<std::int64_t> maker_id;
    static constexpr auto mapping() { return mica::table("car", mica::foreign_key<&Car::maker_id, &Maker::id>); }
};
struct Line {
    std::string make;
    int year = 0;
};

}  // namespace row_views

template <>
struct mica::Codec<row_views::Name> {
    using Storage = std::string;
    static const std::string& encode(const row_views::Name& name) { return name.text; }
    static row_views::Name decode(std::string_view stored) {
        if (stored == "bad") throw std::runtime_error("a bad name");
        return {std::string{stored}};
    }
};

namespace row_views {
namespace {

using mica::col;
using mica::ProgrammingError;
using mica::select;
using row_views::Address;
using row_views::Car;
using row_views::Color;
using row_views::Everything;
using row_views::Line;
using row_views::Maker;
using row_views::Name;
using Texts = std::vector<std::string>;

constexpr auto by_id = select<Car>().order_by(col<&Car::id>);
using CarViews = decltype(std::declval<mica::Connection&>().views(by_id));
static_assert(!std::is_copy_constructible_v<CarViews> && !std::is_move_constructible_v<CarViews>);
static_assert(!std::is_copy_assignable_v<CarViews::Row> && !std::is_default_constructible_v<CarViews::Row>);
static_assert(std::input_iterator<CarViews::Iterator>);

struct Views : mica::test::MemoryDatabase<Maker, Car> {
    Views() {
        insert<Maker>({{1, "Lotus"}});
        insert<Car>({{1, "Elise", 1996, 1}, {2, "Seven", 1957, {}}, {3, "Europa", 1966, 1}});
    }
    template <class Query>
    Texts makes(const Query& query) {
        Texts looped;
        for (const auto& row : connection.views(query)) looped.emplace_back(row.template get<&Car::make>());
        Texts visited;
        connection.views(query).for_each(
            [&](const auto& row) { visited.emplace_back(row.template get<&Car::make>()); });
        EXPECT_EQ(looped, visited);
        return looped;
    }
};

TEST_F(Views, give_a_text_where_it_lies) {
    for (const auto& row : connection.views(by_id)) {
        static_assert(std::is_same_v<decltype(row.get<&Car::make>()), std::string_view>);
        static_assert(std::is_same_v<decltype(row.get<&Car::year>()), int>);
        static_assert(std::is_same_v<decltype(row.get<&Car::maker_id>()), std::optional<std::int64_t>>);
        EXPECT_EQ(static_cast<const void*>(row.get<&Car::make>().data()),
                  static_cast<const void*>(row[col<&Car::make>].data()));
    }
    EXPECT_EQ(makes(by_id), (Texts{"Elise", "Seven", "Europa"}));
}

TEST_F(Views, find_what_a_condition_finds) {
    EXPECT_EQ(makes(select<Car>().where(col<&Car::year> < 1990)), (Texts{"Seven", "Europa"}));
    EXPECT_EQ(makes(select<Car>().where(col<&Car::year> < 1900)), Texts{});
    EXPECT_EQ(makes(select<Car>().where(mica::Filter<Car>{col<&Car::year> > 1990})), Texts{"Elise"});
    EXPECT_EQ(makes(by_id.limit(1).offset(1)), Texts{"Seven"});
}

TEST_F(Views, keep_the_values_of_a_statement_that_is_gone) {
    std::string make = "a make that is too long to be kept inside of a string";
    connection.insert(Car{4, make, 2000, {}});
    auto views = [&] { return connection.views(select<Car>().where(col<&Car::make> == std::move(make))); }();
    std::int64_t found = 0;
    for (const auto& row : views) found = row.get<&Car::id>();
    EXPECT_EQ(found, 4);
}

TEST_F(Views, of_columns_are_named_by_member_place_and_column) {
    for (const auto& row : connection.views(select(col<&Car::year>, col<&Car::make>).where(col<&Car::id> == 1))) {
        EXPECT_EQ(row.get<&Car::make>(), "Elise");
        EXPECT_EQ(row.get<1>(), "Elise");
        EXPECT_EQ(row[col<&Car::make>], "Elise");
        EXPECT_EQ(row.get<0>(), 1996);
        const auto& [year, make] = row;
        EXPECT_EQ(year, 1996);
        EXPECT_EQ(make, "Elise");
    }
    Texts makes;
    for (const auto& [make] : connection.views(select(col<&Car::make>).distinct())) makes.emplace_back(make);
    EXPECT_EQ(makes, (Texts{"Elise", "Seven", "Europa"}));
}

TEST_F(Views, of_expressions_are_named_by_the_expression) {
    constexpr auto shouted = mica::upper(col<&Car::make>);
    const auto query = select(shouted, mica::count().as<"number">()).group_by(shouted).order_by(shouted);
    Texts found;
    for (const auto& row : connection.views(query)) {
        EXPECT_EQ(row[mica::count()], 1);
        EXPECT_EQ(row.get<1>(), 1);
        found.emplace_back(row[shouted]);
    }
    EXPECT_EQ(found, (Texts{"ELISE", "EUROPA", "SEVEN"}));
}

TEST_F(Views, of_an_outer_join_are_optional) {
    const auto query = select<Car, Maker>().left_join<Maker>();
    std::vector<std::optional<std::string>> names;
    connection.views(query).for_each([&](const auto& row) {
        const std::optional<std::string_view> name = row.template get<&Maker::name>();
        static_assert(std::is_same_v<decltype(row.template get<&Car::make>()), std::string_view>);
        const std::optional<Maker> maker = row.template get<1>();
        EXPECT_EQ(maker.has_value(), name.has_value());
        names.emplace_back(name);
    });
    EXPECT_EQ(names, (std::vector<std::optional<std::string>>{"Lotus", std::nullopt, "Lotus"}));
}

TEST_F(Views, of_an_alias_are_named_by_its_columns) {
    constexpr auto other = mica::alias<Car, "other">;
    const auto query = select(mica::alias<Car, "other">, col<&Car::make>)
                           .from<Car>()
                           .join(other, other.col<&Car::year> > col<&Car::year>)
                           .where(col<&Car::id> == 3);
    for (const auto& row : connection.views(query)) {
        EXPECT_EQ(row[other.col<&Car::make>], "Elise");
        EXPECT_EQ(row[col<&Car::make>], "Europa");
    }
}

TEST_F(Views, of_a_dto_have_its_fields) {
    const auto query = select(col<&Car::make>, col<&Car::year>).order_by(col<&Car::year>).into<Line>();
    Texts found;
    for (const auto& row : connection.views(query)) {
        static_assert(std::is_same_v<decltype(row.get<&Line::make>()), std::string_view>);
        found.emplace_back(row.get<&Line::make>());
        EXPECT_EQ(row.copy().year, row.get<&Line::year>());
    }
    EXPECT_EQ(found, (Texts{"Seven", "Europa", "Elise"}));
}

TEST_F(Views, of_a_union_are_named_by_place) {
    const auto query = mica::union_all(select(col<&Car::make>), select(col<&Maker::name>));
    Texts found;
    for (const auto& row : connection.views(query)) found.emplace_back(row.get<0>());
    EXPECT_EQ(found, (Texts{"Elise", "Seven", "Europa", "Lotus"}));
}

TEST_F(Views, copy_a_row_that_is_to_stay) {
    std::vector<Car> kept;
    for (const auto& row : connection.views(by_id)) kept.push_back(row.copy());
    ASSERT_EQ(kept.size(), 3U);
    EXPECT_EQ(kept[0].make, "Elise");
    EXPECT_EQ(kept[2].maker_id, 1);
}

TEST_F(Views, are_read_once) {
    const std::string sentence = "mica: the rows of views are read once; all() keeps them in a std::vector";
    auto looped = connection.views(by_id);
    for ([[maybe_unused]] const auto& row : looped) {
    }
    EXPECT_EQ(mica::test::message_of<ProgrammingError>([&] { static_cast<void>(looped.begin()); }), sentence);
    EXPECT_EQ(mica::test::message_of<ProgrammingError>([&] { looped.for_each([](const auto&) {}); }), sentence);
    auto visited = connection.views(select<Car>());
    visited.for_each([](const auto&) {});
    EXPECT_EQ(mica::test::message_of<ProgrammingError>([&] { static_cast<void>(visited.begin()); }), sentence);
}

TEST_F(Views, end_with_their_last_row) {
    auto views = connection.views(by_id.limit(1));
    auto row = views.begin();
    const auto& current = *row;
    EXPECT_EQ(current.get<&Car::id>(), 1);
    ++row;
    EXPECT_TRUE(row == views.end());
    EXPECT_EQ(mica::test::message_of<ProgrammingError>([&] { static_cast<void>(current.get<&Car::id>()); }),
              "mica: a row of views is there only until the next one is read");
    EXPECT_THROW(static_cast<void>(current.copy()), ProgrammingError);
    ++row;
    EXPECT_TRUE(row == views.end());
}

TEST_F(Views, give_back_their_statement_with_the_last_row_or_the_end_of_a_loop) {
    for (const auto& row : connection.views(by_id)) {
        if (row.get<&Car::id>() == 2) break;
    }
    connection.views(select<Car>()).for_each([](const auto&) {});
    EXPECT_NO_THROW(connection.execute("DROP TABLE car"));
}

TEST_F(Views, of_a_connection_that_was_given_back_throw) {
    std::optional<mica::Connection> other{engine.connect()};
    auto views = other->views(by_id);
    auto row = views.begin();
    auto unread = [&] { return other->views(select<Car>()); }();
    const auto& current = *row;
    other.reset();
    const std::string sentence = "mica: this result belongs to a connection that was given back";
    EXPECT_EQ(mica::test::message_of<ProgrammingError>([&] { static_cast<void>(current.get<&Car::id>()); }), sentence);
    EXPECT_EQ(mica::test::message_of<ProgrammingError>([&] { ++row; }), sentence);
    EXPECT_EQ(mica::test::message_of<ProgrammingError>([&] { unread.for_each([](const auto&) {}); }), sentence);
}

TEST_F(Views, run_when_they_are_read) {
    auto views = connection.views(select<Car>());
    connection.insert(Car{9, "Evora", 2009, {}});
    int count = 0;
    views.for_each([&](const auto&) { ++count; });
    EXPECT_EQ(count, 4);
}

TEST_F(Views, hand_on_what_a_visitor_throws) {
    for (const bool is_of_mica : {true, false}) {
        int visited = 0;
        const auto visit = [&](const auto& row) {
            ++visited;
            if (row.template get<&Car::id>() < 2) return;
            if (is_of_mica) connection.execute("no SQL");
            throw std::runtime_error("enough");
        };
        if (is_of_mica) {
            EXPECT_THROW(connection.views(select<Car>()).for_each(visit), mica::DatabaseError);
        } else {
            EXPECT_THROW(connection.views(select<Car>()).for_each(visit), std::runtime_error);
        }
        EXPECT_EQ(visited, 2) << "no row is visited twice";
    }
    EXPECT_EQ(connection.all(select<Car>()).size(), 3U);
}

TEST_F(Views, let_a_visitor_run_other_statements) {
    Texts names;
    connection.views(select<Car>()).for_each([&](const auto& row) {
        const auto maker = row.template get<&Car::maker_id>();
        if (maker) names.push_back(connection.get<Maker>(*maker)->name);
        connection.views(select<Maker>()).for_each([&](const auto& inner) {
            names.emplace_back(inner[col<&Maker::name>]);
        });
    });
    EXPECT_EQ(names.size(), 5U);
}

TEST_F(Views, say_what_does_not_fit_where_it_is_read) {
    connection.execute("PRAGMA ignore_check_constraints = on");
    connection.execute("DROP TABLE car");
    connection.execute("CREATE TABLE car (id INTEGER PRIMARY KEY, make, year, maker_id)");
    connection.execute("INSERT INTO car VALUES (1, NULL, 'new', NULL), (2, 5, 7, NULL)");
    const auto read = [](const auto& row) { static_cast<void>(row.template get<&Car::make>()); };
    const auto message = mica::test::message_of<mica::DataError>([&] {
        for (const auto& row : connection.views(by_id)) read(row);
    });
    EXPECT_EQ(message, mica::test::message_of<mica::DataError>([&] { static_cast<void>(connection.all(by_id)); }));
    EXPECT_EQ(mica::test::message_of<mica::DataError>([&] { connection.views(select<Car>()).for_each(read); }),
              mica::test::message_of<mica::DataError>([&] { static_cast<void>(connection.all(select<Car>())); }));
    int read_well = 0;
    for (const auto& row : connection.views(by_id)) {
        read_well += static_cast<int>(row.get<&Car::id>());  // what is not asked for is not read
        EXPECT_THROW(static_cast<void>(row.copy()), mica::DataError);
    }
    EXPECT_EQ(read_well, 3);
}

TEST_F(Views, are_there_in_readers_and_sessions) {
    Texts found;
    const auto keep = [&](const auto& row) { found.emplace_back(row.template get<&Car::make>()); };
    engine.read([&](mica::Reader& reader) {
        reader.views(select<Car>().where(col<&Car::id> == 1)).for_each(keep);
        for (const auto& row : reader.views(by_id.limit(1))) keep(row);
    });
    mica::Session session{engine};
    session.add(Car{.id = 7, .make = "Elan", .year = 1962, .maker_id = {}});
    session.views(select<Car>().where(col<&Car::year> == 1962)).for_each(keep);
    mica::AnyReader any{session};
    session.add(Car{.id = 8, .make = "Esprit", .year = 1976, .maker_id = {}});
    for (const auto& row : any.views(select<Car>().where(col<&Car::year> == 1976))) keep(row);
    EXPECT_EQ(found, (Texts{"Elise", "Elise", "Elan", "Esprit"}));
}

TEST_F(Views, are_what_listeners_hear_of_as_a_select) {
    Texts heard;
    const auto token = engine.on_statement([&](const mica::StatementEvent& event) { heard.emplace_back(event.sql); });
    int count = 0;
    auto listened = engine.connect();
    listened.views(select<Car>()).for_each([&](const auto&) { ++count; });
    EXPECT_EQ(count, 3);
    EXPECT_EQ(heard, Texts{std::string{select<Car>().sql()}});
}

struct ViewsOfEverything : mica::test::MemoryDatabase<Everything> {
    ViewsOfEverything() {
        Everything full;
        full = {.id = 1,
                .flag = true,
                .small = -7,
                .ratio = 0.5F,
                .amount = 2.25,
                .color = Color::green,
                .text = std::string{"a\0b", 3},
                .bytes = {std::byte{1}, std::byte{2}},
                .octets = {3, 4, 5},
                .three = {6, 7, 8},
                .at = std::chrono::sys_seconds{std::chrono::seconds{1'000'000}},
                .day = std::chrono::sys_days{std::chrono::days{5000}},
                .path = "some/where",
                .price = mica::decimal<2>{1999},
                .name = {"Colin"},
                .home = {"Hethel", "Potash Lane"},
                .maybe_flag = false,
                .maybe_amount = 7.5,
                .maybe_text = "",
                .maybe_bytes = std::vector<std::byte>{},
                .maybe_name = Name{"Chapman"},
                .maybe_home = Address{"Norwich", {}}};
        connection.insert(full);
        connection.insert(Everything{});
    }
    static void expect_same(const auto& row) {
        const Everything copy = row.copy();
        EXPECT_EQ(row.template get<&Everything::flag>(), copy.flag);
        EXPECT_EQ(row.template get<&Everything::small>(), copy.small);
        EXPECT_EQ(row.template get<&Everything::ratio>(), copy.ratio);
        EXPECT_EQ(row.template get<&Everything::amount>(), copy.amount);
        EXPECT_EQ(row.template get<&Everything::color>(), copy.color);
        EXPECT_EQ(row.template get<&Everything::text>(), copy.text);
        const mica::Bytes bytes = row.template get<&Everything::bytes>();
        EXPECT_EQ(std::vector<std::byte>(bytes.begin(), bytes.end()), copy.bytes);
        const mica::Bytes octets = row.template get<&Everything::octets>();
        ASSERT_EQ(octets.size(), copy.octets.size());
        for (std::size_t i = 0; i < octets.size(); ++i) EXPECT_EQ(std::to_integer<int>(octets[i]), copy.octets[i]);
        EXPECT_EQ(row.template get<&Everything::three>(), copy.three);
        EXPECT_EQ(row.template get<&Everything::at>(), copy.at);
        EXPECT_EQ(row.template get<&Everything::day>(), copy.day);
        EXPECT_EQ(row.template get<&Everything::path>(), copy.path);
        EXPECT_TRUE(row.template get<&Everything::price>() == copy.price);
        EXPECT_EQ(row.template get<&Everything::name>(), copy.name);
        EXPECT_EQ(row.template get<&Everything::home>(), copy.home);
        EXPECT_EQ((row.template get<&Everything::home, &Address::city>()), copy.home.city);
        EXPECT_EQ((row[col<&Everything::home, &Address::street>]), copy.home.street);
        EXPECT_EQ(row.template get<&Everything::maybe_flag>(), copy.maybe_flag);
        EXPECT_EQ(row.template get<&Everything::maybe_amount>(), copy.maybe_amount);
        EXPECT_EQ(row.template get<&Everything::maybe_text>(), copy.maybe_text);
        const std::optional<mica::Bytes> maybe_bytes = row.template get<&Everything::maybe_bytes>();
        ASSERT_EQ(maybe_bytes.has_value(), copy.maybe_bytes.has_value());
        if (maybe_bytes) {
            EXPECT_EQ(maybe_bytes->size(), copy.maybe_bytes->size());
        }
        EXPECT_EQ(row.template get<&Everything::maybe_name>(), copy.maybe_name);
        EXPECT_EQ(row.template get<&Everything::maybe_home>(), copy.maybe_home);
        const std::optional<std::string_view> city = row.template get<&Everything::maybe_home, &Address::city>();
        EXPECT_EQ(city.has_value(), copy.maybe_home.has_value());
        if (city) {
            EXPECT_EQ(*city, copy.maybe_home->city);
        }
    }
};

TEST_F(ViewsOfEverything, give_each_field_as_the_codecs_read_it) {
    int count = 0;
    for (const auto& row : connection.views(select<Everything>().order_by(col<&Everything::id>))) {
        expect_same(row);
        ++count;
    }
    connection.views(select<Everything>()).for_each([&](const auto& row) {
        expect_same(row);
        ++count;
    });
    EXPECT_EQ(count, 4);
}

TEST_F(ViewsOfEverything, name_the_cell_that_a_codec_refuses) {
    connection.execute("UPDATE Everything SET name = 'bad' WHERE id = 1");
    const auto query = select<Everything>().order_by(col<&Everything::id>);
    const std::string message = mica::test::message_of<mica::DataError>([&] {
        for (const auto& row : connection.views(query)) static_cast<void>(row.get<&Everything::name>());
    });
    EXPECT_EQ(message, mica::test::message_of<mica::DataError>([&] { static_cast<void>(connection.all(query)); }));
}

}  // namespace
}  // namespace row_views
