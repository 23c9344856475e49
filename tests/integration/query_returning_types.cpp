// SPDX-License-Identifier: BSL-1.0
// Items 18, 20 and 32 of the checklist: what RETURNING gives is what was written, of every type.
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace query_returning_types {

enum class Mood { calm, wild };

struct Color {
    std::uint8_t red = 0;
    bool operator==(const Color&) const = default;
};

struct Place {
    double x = 0;
    std::optional<float> y{};
    bool operator==(const Place&) const = default;
};

}  // namespace query_returning_types

template <>
struct mica::Codec<query_returning_types::Color> {
    using Storage = std::string;
    static Storage encode(const query_returning_types::Color& value) { return "#" + std::to_string(value.red); }
    static query_returning_types::Color decode(std::string_view stored) {
        return {static_cast<std::uint8_t>(std::stoi(std::string{stored.substr(1)}))};
    }
};

namespace query_returning_types {

struct Thing {
    std::int64_t id = 0;
    double real = 0;
    float single = 0;
    std::vector<std::byte> bytes{};
    std::optional<std::string> text{};
    Mood mood = Mood::calm;
    bool flag = false;
    std::chrono::sys_seconds at{};
    Color color{};
    Place place{};
    bool operator==(const Thing&) const = default;
};

namespace {

using mica::col;
using mica::insert_into;
using mica::update;
using query_returning_types::Color;
using query_returning_types::Mood;
using query_returning_types::Place;
using query_returning_types::Thing;

struct QueryReturningTypes : mica::test::MemoryDatabase<Thing> {
    static Thing thing(int number) {
        return {.id = number,
                .real = number % 2 == 0 ? std::numeric_limits<double>::infinity() : -8.25e-300,
                .single = 1.5F,
                .bytes = {std::byte{0}, static_cast<std::byte>(number)},
                .text = number % 3 == 0 ? std::optional<std::string>{} : std::string("a\0'\"é", 6),
                .mood = number % 2 == 0 ? Mood::wild : Mood::calm,
                .flag = number % 2 == 1,
                .at = std::chrono::sys_seconds{std::chrono::seconds{-1000 * number}},
                .color = {static_cast<std::uint8_t>(number)},
                .place = {.x = number / 4.0, .y = number % 2 == 0 ? std::optional<float>{} : 0.5F}};
    }
};

TEST_F(QueryReturningTypes, one_object_comes_back_as_it_was) {
    EXPECT_EQ(connection.one(insert_into<Thing>().values(thing(7)).returning<Thing>()), thing(7));
}

TEST_F(QueryReturningTypes, ten_come_back_in_their_order) {
    std::vector<Thing> things;
    for (const int number : {9, 3, 7, 1, 10, 2, 8, 5, 4, 6}) things.push_back(thing(number));
    EXPECT_EQ(connection.all(insert_into<Thing>().values(things).returning<Thing>()), things);
}

TEST_F(QueryReturningTypes, single_columns_go_through_their_codec) {
    connection.execute(insert_into<Thing>().values(thing(1)));
    const auto query = update<Thing>()
                           .set(col<&Thing::color> = Color{9}, col<&Thing::mood> = Mood::wild,
                                col<&Thing::text> = std::nullopt, col<&Thing::place, &Place::y> = 2.5F)
                           .where(col<&Thing::color>.in({Color{1}, Color{2}}))
                           .returning(col<&Thing::color>, col<&Thing::mood>, col<&Thing::text>, col<&Thing::flag>,
                                      col<&Thing::place, &Place::y>, col<&Thing::at>);
    EXPECT_EQ(connection.one(query),
              (std::tuple{Color{9}, Mood::wild, std::optional<std::string>{}, true, std::optional<float>{2.5F},
                          std::chrono::sys_seconds{std::chrono::seconds{-1000}}}));
}

TEST_F(QueryReturningTypes, single_conditions_are_bools) {
    connection.execute(insert_into<Thing>().values(std::vector<Thing>{thing(1), thing(2), thing(3)}));
    EXPECT_EQ(connection.all(update<Thing>().set(col<&Thing::real> = 0).all_rows().returning(col<&Thing::flag>)),
              (std::vector<bool>{true, false, true}));
    auto result =
        connection.execute(update<Thing>().set(col<&Thing::real> = 0).all_rows().returning(!col<&Thing::flag>));
    EXPECT_EQ(result.first(), false);
}

TEST_F(QueryReturningTypes, an_upsert_writes_and_gives_codec_types) {
    connection.execute(insert_into<Thing>().values(thing(1)));
    Thing changed = thing(2);
    changed.id = 1;
    EXPECT_EQ(connection.scalar(insert_into<Thing>()
                                    .values(changed)
                                    .on_conflict<&Thing::id>()
                                    .do_update(col<&Thing::color> = mica::excluded<&Thing::color>)
                                    .where(col<&Thing::color> == Color{1})
                                    .returning(col<&Thing::color>)),
              Color{2});
}

}  // namespace
}  // namespace query_returning_types
