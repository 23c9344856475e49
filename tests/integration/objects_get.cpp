// SPDX-License-Identifier: BSL-1.0
// get() and get_many(): objects by their keys.
#include <support/caught.hpp>
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <ranges>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace integration_objects_get {

struct Size {
    int width = 0;
    int height = 0;
};
struct Car {
    std::int64_t id = 0;
    std::string name{};
    Size size{};
    std::optional<int> power{};
};
struct Country {
    std::string name{};
    std::string code{};
    static constexpr auto mapping() {
        return mica::table("v0", mica::primary_key<&Country::code>, mica::collate<&Country::code>("NOCASE"));
    }
};
struct Seat {
    std::string taken_by{};
    std::string row{};
    int place = 0;
    static constexpr auto mapping() { return mica::table("t", mica::primary_key<&Seat::place, &Seat::row>); }
};
enum class Code : std::int8_t { low = -5, high = 120 };
struct Coded {
    Code id = Code::low;
    std::string text{};
};

namespace {

using integration_objects_get::Car;
using integration_objects_get::Code;
using integration_objects_get::Coded;
using integration_objects_get::Country;
using integration_objects_get::Seat;
using mica::test::message_of;

struct ObjectsGet : mica::test::MemoryDatabase<Car, Country, Seat, Coded> {
    ObjectsGet() {
        connection.insert({Car{.name = "a"}, Car{.name = "b", .size = {2, 3}, .power = 4}, Car{.name = "c"}});
        connection.insert({Country{"Italia", "IT"}, Country{"France", "FR"}});
        connection.insert({Seat{"Ada", "x", 1}, Seat{"Bob", "y", 1}, Seat{"Cleo", "x", 2}});
    }
};

/// The names, "-" for what is not there.
template <class Cars>
std::string names_of(const Cars& cars) {
    std::string names;
    for (const auto& car : cars) names += car ? car->name : "-";
    return names;
}

TEST_F(ObjectsGet, one_is_there_or_not) {
    const std::optional<Car> car = connection.get<Car>(2);
    ASSERT_TRUE(car);
    EXPECT_EQ(car->size.height, 3);
    EXPECT_EQ(car->power, 4);
    EXPECT_EQ(connection.get<Car>(4), std::nullopt);
    EXPECT_EQ(connection.get<Seat>(1, "y")->taken_by, "Bob");
    EXPECT_FALSE(connection.get<Seat>(2, "y"));
}

TEST_F(ObjectsGet, many_come_in_the_order_of_their_keys) {
    EXPECT_EQ(names_of(connection.get_many<Car>({3, 1, 2})), "cab");
    EXPECT_EQ(connection.get_many<Car>({3, 2})[1]->power, 4);
}

TEST_F(ObjectsGet, a_key_without_a_row_leaves_its_place_empty) {
    EXPECT_EQ(names_of(connection.get_many<Car>({3, 99, 0, 1, -1})), "c--a-");
}

TEST_F(ObjectsGet, a_key_that_is_there_twice_gives_its_object_twice) {
    EXPECT_EQ(names_of(connection.get_many<Car>({3, 1, 3, 9, 9, 3})), "cac--c");
}

TEST_F(ObjectsGet, any_range_of_keys_is_taken) {
    EXPECT_EQ(names_of(connection.get_many<Car>(std::vector<int>{2, 1})), "ba");
    EXPECT_EQ(names_of(connection.get_many<Car>(std::list<unsigned>{2, 1})), "ba");
    EXPECT_EQ(names_of(connection.get_many<Car>(std::set<std::int64_t>{2, 1})), "ab");
    EXPECT_EQ(names_of(connection.get_many<Car>(std::array<short, 1>{3})), "c");
    EXPECT_EQ(names_of(connection.get_many<Car>(std::views::iota(2, 5))), "bc-");
    const auto is_odd = [](int key) { return key % 2 != 0; };
    EXPECT_EQ(names_of(connection.get_many<Car>(std::views::iota(1, 5) | std::views::filter(is_odd))), "ac");
    auto ids = connection.execute<std::int64_t>("SELECT id FROM Car ORDER BY id DESC");
    EXPECT_EQ(names_of(connection.get_many<Car>(ids)), "cba");
}

TEST_F(ObjectsGet, no_keys_give_nothing) { EXPECT_TRUE(connection.get_many<Car>(std::vector<int>{}).empty()); }

TEST_F(ObjectsGet, text_keys_are_compared_as_their_column_does) {
    const std::vector<std::string_view> codes{"fr", "DE", "IT", "FR"};
    EXPECT_EQ(names_of(connection.get_many<Country>(codes)), "France-ItaliaFrance");
    EXPECT_EQ(names_of(connection.get_many<Country>({"IT", ""})), "Italia-");
}

TEST_F(ObjectsGet, composite_keys_are_tuples) {
    const auto seats = connection.get_many<Seat>({{2, "x"}, {2, "y"}, {1, "x"}, {2, "x"}});
    ASSERT_EQ(seats.size(), 4U);
    EXPECT_EQ(seats[0]->taken_by, "Cleo");
    EXPECT_FALSE(seats[1]);
    EXPECT_EQ(seats[2]->taken_by, "Ada");
    EXPECT_EQ(seats[3]->taken_by, "Cleo");
    const std::vector<std::pair<int, std::string>> pairs{{1, "y"}};
    EXPECT_EQ(connection.get_many<Seat>(pairs)[0]->taken_by, "Bob");
}

TEST_F(ObjectsGet, a_key_goes_through_its_codec) {
    Coded coded{.id = Code::high, .text = "h"};
    connection.insert(coded);
    connection.insert(Coded{});
    EXPECT_EQ(connection.get<Coded>(Code::high)->text, "h");
    const auto found = connection.get_many<Coded>({Code::low, Code::high});
    EXPECT_EQ(found[0]->id, Code::low);
    EXPECT_EQ(found[1]->text, "h");
}

TEST_F(ObjectsGet, ten_thousand_keys) {
    std::vector<Car> cars(9'997);
    for (std::size_t i = 0; i < cars.size(); ++i) cars[i].name = std::to_string(i);
    connection.insert(cars);
    std::vector<std::int64_t> keys;
    for (std::int64_t i = 0; i < 10'000; ++i) keys.push_back(i * 7'919 % 10'000 + 1);
    const auto found = connection.get_many<Car>(keys);
    ASSERT_EQ(found.size(), 10'000U);
    for (std::size_t i = 0; i < keys.size(); ++i) ASSERT_EQ(found[i]->id, keys[i]);
}

TEST_F(ObjectsGet, a_value_that_does_not_fit_is_an_error_that_names_its_row) {
    connection.execute("UPDATE Car SET power = 1 << 40 WHERE id = 2");
    const std::string message = message_of<mica::DataError>([&] { connection.get_many<Car>({1, 2, 3}); });
    EXPECT_TRUE(
        message.starts_with("mica: column \"Car\".\"power\" of rowid 2 holds INTEGER that does not fit its field"))
        << message;
    EXPECT_EQ(names_of(connection.get_many<Car>({1, 3})), "ac");
}

TEST_F(ObjectsGet, a_search_is_made_for_each_key) {
    auto plan = connection.execute<std::tuple<int, int, int, std::string>>(
        "EXPLAIN QUERY PLAN " + std::string{mica::SelectByKeys<Car>::sql()}, std::nullopt);
    std::string text;
    for (const auto& [id, parent, unused, line] : plan) text += line + '\n';
    EXPECT_EQ(text, "SCAN v0 VIRTUAL TABLE INDEX 0:\nSEARCH t USING INTEGER PRIMARY KEY (rowid=?)\n");
}

}  // namespace
}  // namespace integration_objects_get
