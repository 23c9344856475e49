// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace integration_session_rollback {

using namespace mica;
using Texts = std::vector<std::string>;

struct Car {
    std::int64_t id = 0;
    std::string name{};
    int note = 0;
    static constexpr auto mapping() { return table("car", ignore<&Car::note>); }
};

struct Rollback : testing::Test {
    Engine engine{"sqlite://"};
    std::optional<Session> session_;
    Session& session;
    Ref<Car> car;

    Rollback() : session(session_.emplace(engine)) {
        engine.create_all<Car>();
        car = session.add(Car{.name = "a", .note = 1});
        session.commit();
    }
    Texts stored() { return engine.connect().all(select(col<&Car::name>).order_by(col<&Car::id>)); }
};

TEST_F(Rollback, restores_values_that_were_not_flushed) {
    car->name = "b";
    session.rollback();
    EXPECT_EQ(car->name, "a");
    session.commit();
    EXPECT_EQ(stored(), Texts{"a"});
}

TEST_F(Rollback, restores_values_that_were_flushed) {
    car->name = "b";
    session.flush();
    car->name = "c";
    session.flush();
    car->name = "d";
    session.rollback();
    EXPECT_EQ(car->name, "a");
    EXPECT_EQ(stored(), Texts{"a"});
}

TEST_F(Rollback, leaves_ignored_fields_alone) {
    car->name = "b";
    car->note = 2;
    session.rollback();
    EXPECT_EQ(car->note, 2);
}

TEST_F(Rollback, clears_generated_keys_and_forgets_what_was_added) {
    const auto flushed = session.add(Car{.name = "flushed"});
    const auto given = session.add(Car{.id = 50, .name = "given"});
    session.flush();
    const auto waiting = session.add(Car{.name = "waiting"});
    EXPECT_NE(flushed->id, 0);
    session.rollback();
    EXPECT_EQ(flushed->id, 0);
    EXPECT_EQ(given->id, 50) << "a key that was given stays";
    EXPECT_EQ(waiting->id, 0);
    EXPECT_EQ(flushed->name, "flushed");
    session.commit();
    EXPECT_EQ(stored(), Texts{"a"});
    EXPECT_FALSE(session.get<Car>(50));
    EXPECT_THROW(session.remove(flushed), ProgrammingError);
}

TEST_F(Rollback, lets_the_value_of_a_forgotten_object_be_added_again) {
    const auto lost = session.add(Car{.name = "lost"});
    session.flush();
    session.rollback();
    const auto again = session.add(Car{*lost});
    session.commit();
    EXPECT_EQ(again->id, 2);
    EXPECT_EQ(stored(), (Texts{"a", "lost"}));
}

TEST_F(Rollback, restores_what_was_removed) {
    session.remove(car);
    session.rollback();
    EXPECT_TRUE(session.get<Car>(1) == car);
    session.remove(car);
    session.flush();
    EXPECT_FALSE(session.get<Car>(1));
    session.rollback();
    EXPECT_TRUE(session.get<Car>(1) == car);
    car->name = "b";
    session.commit();
    EXPECT_EQ(stored(), Texts{"b"});
}

TEST_F(Rollback, restores_what_was_changed_and_then_removed) {
    car->name = "b";
    session.flush();
    car->name = "c";
    session.remove(car);
    session.flush();
    session.rollback();
    EXPECT_EQ(car->name, "a");
    EXPECT_EQ(session.query<Car>().count(), 1);
}

TEST_F(Rollback, returns_to_the_last_commit) {
    car->name = "b";
    session.commit();
    const auto second = session.add(Car{.name = "second"});
    session.commit();
    second->name = "changed";
    car->name = "c";
    session.flush();
    session.rollback();
    EXPECT_EQ(car->name, "b");
    EXPECT_EQ(second->name, "second");
    EXPECT_EQ(second->id, 2);
}

TEST_F(Rollback, can_be_repeated_and_followed_by_work) {
    for (int i = 0; i < 3; ++i) {
        car->name = "x";
        session.add(Car{.name = "y"});
        session.flush();
        session.rollback();
        session.rollback();
    }
    EXPECT_FALSE(session.in_transaction());
    car->name = "b";
    session.add(Car{.name = "c"});
    session.commit();
    EXPECT_EQ(stored(), (Texts{"b", "c"}));
}

TEST_F(Rollback, keeps_one_object_for_each_key) {
    session.query<Car>().all();
    session.rollback();
    EXPECT_TRUE(session.query<Car>().one() == car);
    Session other{engine};
    session.rollback();
    const auto read = other.query<Car>().one();
    other.rollback();
    EXPECT_TRUE(other.get<Car>(1) == read) << "what was only read stays tracked";
}

TEST_F(Rollback, of_an_empty_session_does_nothing) {
    Session other{engine};
    EXPECT_NO_THROW(other.rollback());
    EXPECT_FALSE(other.in_transaction());
}

TEST_F(Rollback, undoes_statements_too) {
    session.execute(update<Car>().set(col<&Car::name> = "b").all_rows());
    session.execute("INSERT INTO car VALUES (9, 'c')");
    session.rollback();
    EXPECT_EQ(stored(), Texts{"a"});
}

TEST_F(Rollback, leaves_every_handle_readable) {
    const auto added = session.add(Car{.name = "added"});
    session.flush();
    session.rollback();
    EXPECT_EQ(added->name, "added");
    EXPECT_EQ(car->name, "a");
    session_.reset();
    EXPECT_EQ(added->name, "added");
    EXPECT_EQ(car->name, "a");
    added->name = "written to nothing";
}

TEST_F(Rollback, at_the_sessions_end_undoes_the_database) {
    car->name = "b";
    session.add(Car{.name = "added"});
    session.flush();
    session_.reset();
    EXPECT_EQ(stored(), Texts{"a"});
}

}  // namespace integration_session_rollback
