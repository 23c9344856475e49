// SPDX-License-Identifier: BSL-1.0
#include <mica/session/identity_map.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <random>
#include <string>
#include <utility>

namespace unit_identity_map {

using namespace mica;
using namespace mica::detail;

struct Car {
    std::int64_t id = 0;
};
struct Boat {
    std::int64_t id = 0;
};

struct IdentityMapTest : testing::Test {
    IdentityMap map;
    std::deque<TrackedObject<Car>> cars;
    std::deque<TrackedObject<Boat>> boats;

    TrackedObject<Car>& car(std::string key) {
        cars.emplace_back(operations_of<Car>);
        cars.back().key = std::move(key);
        return cars.back();
    }
    Tracked* find(const std::string& key) const { return map.find(table_of<Car>(), key); }
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
    Tracked& a = car("1");
    boats.emplace_back(operations_of<Boat>);
    boats.back().key = "1";
    map.insert(a);
    EXPECT_EQ(map.find(table_of<Boat>(), "1"), nullptr);
    map.insert(boats.back());
    EXPECT_EQ(map.find(table_of<Boat>(), "1"), &boats.back());
    EXPECT_EQ(find("1"), &a);
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
    map.rename(a, "b");
    EXPECT_EQ(find("a"), nullptr);
    EXPECT_EQ(find("b"), &a);
    EXPECT_EQ(a.key, "b");
    map.rename(a, "b");
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
                map.rename(*moved, next);
            }
        }
        const std::string probe = std::to_string(random() % 200);
        const auto expected = model.find(probe);
        ASSERT_EQ(find(probe), expected == model.end() ? nullptr : expected->second) << "step " << step;
        ASSERT_EQ(map.size(), model.size());
    }
    for (const auto& [key, tracked] : model) EXPECT_EQ(find(key), tracked);
}

TEST_F(IdentityMapTest, takes_as_many_as_room_was_made_for) {
    map.reserve(100);
    map.reserve(10);
    for (int i = 0; i < 100; ++i) map.insert(car(std::to_string(i)));
    for (int i = 0; i < 100; ++i) EXPECT_NE(find(std::to_string(i)), nullptr);
}

}  // namespace unit_identity_map
