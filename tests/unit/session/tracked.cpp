// SPDX-License-Identifier: BSL-1.0
#include <mica/query/write/insert.hpp>
#include <mica/session/object/tracked_object.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace unit_tracked {

using namespace mica;
using namespace mica::detail;

struct Tank {
    int litres = 0;
    std::optional<std::string> fuel{};
};
struct Car {
    std::int32_t id = 0;
    std::string name{};
    std::optional<double> price{};
    Tank tank{};
    std::shared_ptr<int> watcher{};
    static constexpr auto mapping() { return table("car", ignore<&Car::watcher>); }
};

/// How many handles an object's value is held by tells whether it is still there.
struct Watched {
    std::shared_ptr<int> watcher = std::make_shared<int>(0);
    TrackedObject<Car>* make() const { return new TrackedObject<Car>{operations_of<Car>, Car{.watcher = watcher}}; }
    bool is_alive() const { return watcher.use_count() > 1; }
};

TEST(Tracked, lives_until_its_last_reference_is_gone) {
    const Watched watched;
    TrackedObject<Car>* const tracked = watched.make();
    auto first = std::make_optional<TrackedReference>(*tracked);
    {
        const TrackedReference second{*tracked};
        EXPECT_EQ(tracked->references.load(), 2);
    }
    EXPECT_TRUE(watched.is_alive());
    first.reset();
    EXPECT_FALSE(watched.is_alive());
}

TEST(TrackedReference, moves_its_share) {
    const Watched one;
    const Watched two;
    {
        TrackedReference first{*one.make()};
        TrackedReference second = std::move(first);
        EXPECT_EQ(second->references.load(), 1);
        TrackedReference third{*two.make()};
        third = std::move(second);
        EXPECT_TRUE(one.is_alive());
        EXPECT_EQ(&(*third).table(), &table_of<Car>());
    }
    EXPECT_FALSE(one.is_alive());
    EXPECT_FALSE(two.is_alive());
}

TEST(Operations, know_the_entity_without_its_type) {
    const EntityOperations& operations = operations_of<Car>;
    EXPECT_EQ(operations.table, &table_of<Car>());
    const auto text_of = [](const mica::StatementInfo& info) {
        return mica::make_text(mica::dialect::sqlite,
                               [&](mica::SqlWriter& writer) { info.write(writer, *info.table); });
    };
    EXPECT_EQ(text_of(*operations.insert), decltype(insert_into<Car>().values(Car{}))::sql());
    EXPECT_EQ(text_of(*operations.remove), R"(DELETE FROM "car" WHERE "id" = ?1)");
}

TEST(Operations, restore_an_object_from_its_snapshot) {
    TrackedObject<Car> tracked{operations_of<Car>, Car{.id = 3, .name = "F8", .price = 2.5, .tank = {80, "petrol"}}};
    tracked.snapshot = current_snapshot(tracked);
    tracked.value = Car{.id = 9, .name = "another", .tank = {.litres = 1}, .watcher = std::make_shared<int>(5)};
    OperationsOf<Car>::restore(tracked);
    EXPECT_EQ(tracked.value.id, 3);
    EXPECT_EQ(tracked.value.name, "F8");
    EXPECT_EQ(tracked.value.price, 2.5);
    EXPECT_EQ(tracked.value.tank.litres, 80);
    EXPECT_EQ(tracked.value.tank.fuel, "petrol");
    EXPECT_EQ(*tracked.value.watcher, 5) << "an ignored field is none of its business";
}

TEST(Operations, restore_empty_optionals) {
    TrackedObject<Car> tracked{operations_of<Car>, Car{}};
    tracked.snapshot = current_snapshot(tracked);
    tracked.value.price = 1.0;
    tracked.value.tank.fuel = "diesel";
    OperationsOf<Car>::restore(tracked);
    EXPECT_EQ(tracked.value.price, std::nullopt);
    EXPECT_EQ(tracked.value.tank.fuel, std::nullopt);
}

TEST(Operations, write_a_generated_key_that_fits) {
    TrackedObject<Car> tracked{operations_of<Car>, Car{}};
    OperationsOf<Car>::set_generated_key(tracked, 2147483647);
    EXPECT_EQ(tracked.value.id, 2147483647);
    EXPECT_THROW(OperationsOf<Car>::set_generated_key(tracked, 2147483648), DataError);
    EXPECT_EQ(tracked.value.id, 2147483647);
}

}  // namespace unit_tracked
