// SPDX-License-Identifier: BSL-1.0
// get_many() of a session gives tracked objects, that of a reader plain ones.
#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace integration_session_get_many {

struct Car {
    std::int64_t id = 0;
    std::string name{};
};

namespace {

using integration_session_get_many::Car;

struct SessionGetMany : testing::Test {
    mica::Engine engine{"sqlite://"};

    SessionGetMany() {
        engine.create_all<Car>();
        engine.connect().insert({Car{.name = "a"}, Car{.name = "b"}, Car{.name = "c"}});
    }
};

/// The names, "-" for what is not there.
template <class Cars>
std::string names_of(const Cars& cars) {
    std::string names;
    for (const auto& car : cars) names += car ? car->name : "-";
    return names;
}

TEST_F(SessionGetMany, of_a_reader_gives_plain_objects) {
    engine.read([](mica::Reader& reader) {
        EXPECT_EQ(reader.get<Car>(1)->name, "a");
        EXPECT_EQ(names_of(reader.get_many<Car>({3, 9})), "c-");
        EXPECT_EQ(names_of(reader.get_many<Car>(std::vector{2})), "b");
    });
}

TEST_F(SessionGetMany, gives_one_tracked_object_for_each_key) {
    mica::Session session{engine};
    const mica::Ref<Car> known = session.get<Car>(3);
    const std::vector<mica::Ref<Car>> cars = session.get_many<Car>({3, 9, 1, 3});
    EXPECT_EQ(names_of(cars), "c-ac");
    EXPECT_EQ(cars[0].get(), known.get());
    EXPECT_EQ(cars[3].get(), known.get());
    cars[2]->name = "A";
    session.commit();
    EXPECT_EQ(engine.connect().get<Car>(1)->name, "A");
}

TEST_F(SessionGetMany, sees_what_was_added_and_not_what_was_removed) {
    mica::Session session{engine};
    session.remove(session.get<Car>(1));
    session.add(Car{.id = 9, .name = "n"});
    EXPECT_EQ(names_of(session.get_many<Car>(std::vector{1, 9, 2})), "-nb");
    EXPECT_TRUE(session.get_many<Car>(std::vector<int>{}).empty());
}

}  // namespace
}  // namespace integration_session_get_many
