// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace integration_session_types {

using namespace mica;
using namespace std::chrono_literals;

enum class Fuel : std::uint8_t { petrol, diesel, none };

struct Place {
    std::string city{};
    std::optional<int> zip{};
    friend bool operator==(const Place&, const Place&) = default;
};

struct Everything {
    std::int64_t id = 0;
    std::int8_t tiny = 0;
    std::uint32_t wide = 0;
    bool flag = false;
    float single = 0;
    double real = 0;
    std::string text{};
    std::vector<std::byte> bytes{};
    std::vector<std::uint8_t> octets{};
    std::array<std::byte, 3> fixed{};
    Fuel fuel = Fuel::none;
    std::chrono::sys_seconds moment{};
    std::chrono::year_month_day day{std::chrono::year{2000} / 1 / 1};
    std::chrono::milliseconds lap{};
    std::filesystem::path path{};
    Place place{};
    friend bool operator==(const Everything&, const Everything&) = default;
};

struct Maybe {
    std::int64_t id = 0;
    std::optional<std::int8_t> tiny{};
    std::optional<bool> flag{};
    std::optional<double> real{};
    std::optional<std::string> text{};
    std::optional<std::vector<std::byte>> bytes{};
    std::optional<Fuel> fuel{};
    std::optional<std::chrono::sys_seconds> moment{};
    std::optional<std::chrono::sys_days> day{};
    std::optional<std::filesystem::path> path{};
    friend bool operator==(const Maybe&, const Maybe&) = default;
};

Everything extreme() {
    return {.tiny = -128,
            .wide = std::numeric_limits<std::uint32_t>::max(),
            .flag = true,
            .single = 0.1F,
            .real = -std::numeric_limits<double>::infinity(),
            .text = std::string("🐍 m’a\0réveillé", 21),
            .bytes = {std::byte{0}, std::byte{255}},
            .octets = {0, 255},
            .fixed = {std::byte{1}, std::byte{2}, std::byte{3}},
            .fuel = Fuel::diesel,
            .moment = std::chrono::sys_seconds{-1s},
            .day = std::chrono::year{1727} / 4 / 1,
            .lap = -5ms,
            .path = "/srv/a car.db",
            .place = {"Köln", 50667}};
}

Maybe full() {
    return {.tiny = 0,
            .flag = false,
            .real = 0.0,
            .text = "",
            .bytes = std::vector<std::byte>{},
            .fuel = Fuel::petrol,
            .moment = std::chrono::sys_seconds{},
            .day = std::chrono::sys_days{},
            .path = std::filesystem::path{"a"}};
}

struct SessionTypes : testing::Test {
    Engine engine{"sqlite://"};
    Session session{engine};

    SessionTypes() { engine.create_all<Everything, Maybe>(); }

    template <class Entity>
    Entity stored() {
        Session other{engine};
        return *other.query<Entity>().one();
    }
};

TEST_F(SessionTypes, every_type_comes_back_from_the_database) {
    const auto added = session.add(extreme());
    session.commit();
    EXPECT_EQ(stored<Everything>(), *added);
    EXPECT_EQ(added->id, 1);
}

TEST_F(SessionTypes, default_values_come_back_too) {
    const auto added = session.add(Everything{});
    session.commit();
    EXPECT_EQ(stored<Everything>(), *added);
}

TEST_F(SessionTypes, empty_and_zero_optionals_are_not_the_same) {
    const auto empty = session.add(Maybe{});
    session.commit();
    EXPECT_EQ(stored<Maybe>(), *empty);
    const std::int64_t id = empty->id;
    *empty = full();
    empty->id = id;
    session.commit();
    EXPECT_EQ(stored<Maybe>(), *empty);
    EXPECT_NE(stored<Maybe>().text, std::nullopt);
    *empty = Maybe{.id = id};
    session.commit();
    EXPECT_EQ(stored<Maybe>(), *empty);
}

TEST_F(SessionTypes, every_type_is_restored_by_a_rollback) {
    const auto added = session.add(extreme());
    session.commit();
    const Everything before = *added;
    *added = Everything{.id = before.id};
    session.flush();
    EXPECT_EQ(session.one(select<Everything>()), *added);
    session.rollback();
    EXPECT_EQ(*added, before);
    EXPECT_EQ(stored<Everything>(), before);
}

TEST_F(SessionTypes, optionals_are_restored_by_a_rollback_in_both_directions) {
    const auto filled = session.add(full());
    const auto empty = session.add(Maybe{});
    session.commit();
    const Maybe was_filled = *filled;
    const Maybe was_empty = *empty;
    *filled = Maybe{.id = was_filled.id};
    *empty = full();
    empty->id = was_empty.id;
    session.rollback();
    EXPECT_EQ(*filled, was_filled);
    EXPECT_EQ(*empty, was_empty);
}

TEST_F(SessionTypes, every_type_is_found_changed) {
    const auto added = session.add(Everything{});
    session.commit();
    const std::int64_t id = added->id;
    *added = extreme();
    added->id = id;
    session.commit();
    EXPECT_EQ(stored<Everything>(), *added);
}

TEST_F(SessionTypes, the_smallest_change_of_a_number_is_found) {
    const auto added = session.add(Everything{.real = 1.0});
    session.commit();
    added->real = std::nextafter(1.0, 2.0);
    session.commit();
    EXPECT_EQ(stored<Everything>().real, std::nextafter(1.0, 2.0));
}

}  // namespace integration_session_types
