// SPDX-License-Identifier: BSL-1.0
#include <mica/session/object/identity_map.hpp>
#include <mica/session/object/tracked_object.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <utility>

namespace unit_identity_map {

using namespace mica;
using namespace mica::detail;

struct Car {
    std::string name{};
    static constexpr auto mapping() { return table("car", primary_key<&Car::name>); }
};
struct Boat {
    std::int64_t id = 0;
};

struct IdentityMapTest : testing::Test {
    IdentityMap map;
    std::deque<TrackedObject<Car>> cars;
    std::deque<TrackedObject<Boat>> boats;

    TrackedObject<Car>& car(std::string name) {
        TrackedObject<Car>& added = cars.emplace_back(operations_of<Car>, Car{std::move(name)});
        added.snapshot = current_snapshot(added);
        return added;
    }
    TrackedObject<Boat>& boat(std::int64_t id) {
        TrackedObject<Boat>& added = boats.emplace_back(operations_of<Boat>, Boat{id});
        added.snapshot = current_snapshot(added);
        return added;
    }
    Tracked* find(const std::string& name) const {
        SnapshotBuffer key;
        SnapshotSink{key}.text(name, Lifetime::borrowed);
        return map.find(KeyView::of(table_of<Car>(), key));
    }
    Tracked* find_boat(std::int64_t id) const {
        SnapshotBuffer key;
        SnapshotSink{key}.integer(id);
        return map.find(KeyView::of(table_of<Boat>(), key));
    }
    void rename(Tracked& tracked, std::string name) {
        Snapshot snapshot = current_snapshot(TrackedObject<Car>{operations_of<Car>, Car{std::move(name)}});
        map.swap_snapshot(tracked, snapshot);
    }
};

TEST_F(IdentityMapTest, is_empty_at_first) {
    EXPECT_EQ(map.size(), 0U);
    EXPECT_EQ(find("a"), nullptr);
    map.erase(car("a"));
    EXPECT_EQ(map.size(), 0U);
}

TEST_F(IdentityMapTest, finds_an_object_by_its_key) {
    Tracked& a = car("a");
    Tracked& b = car("b");
    map.insert(a);
    map.insert(b);
    EXPECT_EQ(find("a"), &a);
    EXPECT_EQ(find("b"), &b);
    EXPECT_EQ(find("c"), nullptr);
    EXPECT_EQ(find(""), nullptr);
    EXPECT_EQ(map.size(), 2U);
}

TEST_F(IdentityMapTest, keeps_the_keys_of_two_tables_apart) {
    struct Ship {
        std::int64_t id = 0;
    };
    TrackedObject<Ship> ship{operations_of<Ship>, Ship{1}};
    ship.snapshot = current_snapshot(ship);
    map.insert(ship);
    EXPECT_EQ(find_boat(1), nullptr);
    Tracked& one = boat(1);
    map.insert(one);
    EXPECT_EQ(find_boat(1), &one);
    EXPECT_EQ(map.find(KeyView::of_row(ship)), &ship);
}

TEST_F(IdentityMapTest, erases_the_object_and_no_other) {
    Tracked& a = car("a");
    Tracked& b = car("b");
    map.insert(a);
    map.insert(b);
    map.erase(a);
    EXPECT_EQ(find("a"), nullptr);
    EXPECT_EQ(find("b"), &b);
    map.erase(a);
    EXPECT_EQ(map.size(), 1U);
    Tracked& twin = car("b");
    map.erase(twin);
    EXPECT_EQ(find("b"), &b) << "another object of the same key is not in the map";
}

TEST_F(IdentityMapTest, renames) {
    Tracked& a = car("a");
    map.insert(a);
    rename(a, "b");
    EXPECT_EQ(find("a"), nullptr);
    EXPECT_EQ(find("b"), &a);
    EXPECT_EQ(a.snapshot, current_snapshot(car("b")));
    rename(a, "b");
    EXPECT_EQ(map.size(), 1U);
}

TEST_F(IdentityMapTest, keeps_many_similar_keys_through_growth_and_removal) {
    std::deque<std::string> keys;
    for (int i = 0; i < 2000; ++i) keys.push_back("key " + std::to_string(i));
    for (const std::string& key : keys) map.insert(car(key));
    for (std::size_t i = 0; i < keys.size(); ++i) EXPECT_EQ(find(keys[i]), &cars[i]);
    for (std::size_t i = 0; i < keys.size(); i += 2) map.erase(cars[i]);
    for (std::size_t i = 0; i < keys.size(); ++i) EXPECT_EQ(find(keys[i]), i % 2 == 0 ? nullptr : &cars[i]);
    EXPECT_EQ(map.size(), 1000U);
}

TEST_F(IdentityMapTest, does_what_a_map_does) {
    std::mt19937 random{20260101};
    std::map<std::string, Tracked*> model;
    for (int step = 0; step < 20000; ++step) {
        const std::string key = std::to_string(random() % 200);
        const auto known = model.find(key);
        switch (random() % 4) {
            case 0:
            case 1:
                if (known != model.end()) break;
                map.insert(car(key));
                model[key] = &cars.back();
                break;
            case 2:
                if (known == model.end()) break;
                map.erase(*known->second);
                model.erase(known);
                break;
            default: {
                const std::string next = std::to_string(random() % 200);
                if (known == model.end() || model.contains(next)) break;
                Tracked* const moved = known->second;
                model.erase(known);
                model[next] = moved;
                rename(*moved, next);
            }
        }
        const std::string probe = std::to_string(random() % 200);
        const auto expected = model.find(probe);
        ASSERT_EQ(find(probe), expected == model.end() ? nullptr : expected->second) << "step " << step;
        ASSERT_EQ(map.size(), model.size());
    }
    for (const auto& [key, tracked] : model) EXPECT_EQ(find(key), tracked);
}

TEST_F(IdentityMapTest, tells_integers_apart_without_their_rows) {
    const std::int64_t some[]{0, 1, -1, 1LL << 32, -(1LL << 32), 1LL << 62};
    for (const std::int64_t id : some) map.insert(boat(id));
    for (std::size_t i = 0; i < boats.size(); ++i) EXPECT_EQ(find_boat(some[i]), &boats[i]);
    for (std::int64_t id = 2; id < 2000; ++id) EXPECT_EQ(find_boat(id), nullptr);
}

struct Part {
    int number = 0;
    std::string maker{};
    std::string name{};
    static constexpr auto mapping() { return table("part", primary_key<&Part::maker, &Part::number>); }
};

TEST_F(IdentityMapTest, finds_a_key_of_several_values_in_the_keys_order) {
    TrackedObject<Part> tracked{operations_of<Part>, Part{.number = 5, .maker = "Bosch", .name = "plug"}};
    tracked.snapshot = current_snapshot(tracked);
    map.insert(tracked);
    const auto find_part = [this](std::string_view maker, std::int64_t number) {
        SnapshotBuffer key;
        SnapshotSink sink{key};
        sink.text(maker, Lifetime::borrowed);
        sink.integer(number);
        return map.find(KeyView::of(table_of<Part>(), key));
    };
    EXPECT_EQ(find_part("Bosch", 5), &tracked);
    EXPECT_EQ(find_part("Bosch", 6), nullptr);
    EXPECT_EQ(find_part("bosch", 5), nullptr);
}

TEST_F(IdentityMapTest, takes_as_many_as_room_was_made_for) {
    map.reserve(100);
    map.reserve(10);
    for (int i = 0; i < 100; ++i) map.insert(car(std::to_string(i)));
    for (int i = 0; i < 100; ++i) EXPECT_NE(find(std::to_string(i)), nullptr);
}

}  // namespace unit_identity_map
