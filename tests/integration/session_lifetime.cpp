// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <support/caught.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace integration_session_lifetime {

using namespace mica;
using mica::test::caught;

struct Car {
    std::int64_t id = 0;
    std::string name{};
};

Engine garage() {
    Engine engine{"sqlite://"};
    engine.create_all<Car>();
    return engine;
}

TEST(SessionLifetime, outlives_its_engine) {
    auto engine = std::make_optional(garage());
    Session session{*engine};
    const auto car = session.add(Car{.name = "a"});
    session.commit();
    engine.reset();
    car->name = "b";
    session.commit();
    EXPECT_EQ(session.query<Car>().where(col<&Car::name> == "b").count(), 1);
}

TEST(SessionLifetime, a_session_of_a_temporary_engine_works) {
    Session session{garage()};
    session.add(Car{.name = "a"});
    session.commit();
    EXPECT_EQ(session.query<Car>().count(), 1);
}

TEST(SessionLifetime, handles_outlive_session_and_engine) {
    std::vector<Ref<Car>> cars;
    {
        const Engine engine = garage();
        Session session{engine};
        cars = session.add_all(std::vector<Car>{{.name = "a"}, {.name = "b"}});
        session.commit();
        cars.push_back(session.add(Car{.name = "never written"}));
    }
    ASSERT_EQ(cars.size(), 3U);
    EXPECT_EQ(cars[1]->id, 2);
    EXPECT_EQ(cars[2]->name, "never written");
    cars[0]->name = "a plain object now";
    EXPECT_EQ(cars[0]->name, "a plain object now");
}

TEST(SessionLifetime, rows_outlive_neither_commit_nor_session) {
    const Engine engine = garage();
    std::optional<Result<int>> rows;
    {
        Session session{engine};
        rows.emplace(session.execute<int>("SELECT 1 UNION ALL SELECT 2"));
        EXPECT_EQ(*rows->begin(), 1);
        session.commit();
        EXPECT_THROW(rows->all(), ProgrammingError);
        rows.emplace(session.execute<int>("SELECT 1"));
    }
    EXPECT_THROW(rows->all(), ProgrammingError);
}

TEST(SessionLifetime, rows_are_read_on_while_the_session_writes) {
    const Engine engine = garage();
    Session session{engine};
    session.add_all(std::vector<Car>{{.name = "a"}, {.name = "b"}, {.name = "c"}});
    int seen = 0;
    for (const Car& row : session.execute(select<Car>().where(col<&Car::id> <= 3))) {
        session.get<Car>(row.id)->name += "!";
        session.add(Car{.name = "copy of " + row.name});
        session.flush();
        ++seen;
    }
    EXPECT_EQ(seen, 3);
    session.commit();
    EXPECT_EQ(session.query<Car>().where(col<&Car::name>.like("%!")).count(), 3);
    EXPECT_EQ(session.query<Car>().count(), 6);
}

TEST(SessionLifetime, an_exception_between_statements_leaves_it_usable) {
    const Engine engine = garage();
    Session session{engine};
    try {
        session.add(Car{.name = "a"});
        session.flush();
        throw std::runtime_error("interruption");
    } catch (const std::runtime_error&) {
        EXPECT_TRUE(session.in_transaction());
    }
    session.add(Car{.name = "b"});
    session.commit();
    EXPECT_EQ(session.query<Car>().count(), 2);
}

TEST(SessionLifetime, two_in_one_thread_take_turns) {
    const Engine engine = garage();
    Session first{engine};
    Session second{engine};
    first.add(Car{.name = "a"});
    first.flush();
    second.add(Car{.name = "b"});
    EXPECT_NE(
        std::string{caught<OperationalError>([&] { second.flush(); }).what()}.find("would wait for itself: a Session"),
        std::string::npos);
    first.commit();
    second.commit();
    EXPECT_EQ(first.query<Car>().count(), 2);
}

TEST(SessionLifetime, sees_the_commits_of_another_in_its_next_transaction) {
    const Engine engine = garage();
    Session first{engine};
    Session second{engine};
    const auto car = first.add(Car{.name = "a"});
    first.commit();
    const auto same = second.get<Car>(1);
    second.commit();
    car->name = "b";
    first.commit();
    EXPECT_EQ(same->name, "a") << "no object changes by itself";
    EXPECT_EQ(second.scalar(select(col<&Car::name>)), "b");
}

TEST(SessionLifetime, tracks_what_it_has_read_until_its_end) {
    const Engine engine = garage();
    auto session = std::make_unique<Session>(engine);
    session->add(Car{.name = "a"});
    session->commit();
    session->query<Car>().one()->name = "changed through a handle that is gone";
    session->commit();
    EXPECT_EQ(session->scalar(select(col<&Car::name>)), "changed through a handle that is gone");
}

}  // namespace integration_session_lifetime
