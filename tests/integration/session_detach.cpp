// SPDX-License-Identifier: BSL-1.0
// detach() and clear(): objects leave the session, their rows stay.
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/page_limit.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace integration_session_detach {

using namespace mica;
using mica::test::caught;
using Texts = std::vector<std::string>;

struct Car {
    std::int64_t id = 0;
    std::string name{};
};
struct Engraved {
    std::int64_t id = 0;
    std::unique_ptr<std::string> plate{};
    static constexpr auto mapping() { return table("engraved", ignore<&Engraved::plate>); }
};

struct Detach : testing::Test {
    mica::test::TemporaryDirectory directory;
    Engine engine{"sqlite:///" + directory.file("cars.db")};
    Session session{engine};
    Ref<Car> car;

    Detach() {
        engine.create_all<Car, Engraved>();
        mica::test::limit_pages(engine, 20);
        car = session.add(Car{.name = "a"});
        session.commit();
    }
    Texts stored() { return engine.connect().execute<std::string>("SELECT id || name FROM Car ORDER BY id").all(); }
};

TEST_F(Detach, gives_the_value_and_stops_tracking) {
    const Car value = session.detach(car);
    EXPECT_EQ(value.id, 1);
    EXPECT_EQ(value.name, "a");
    EXPECT_EQ(car->name, "a") << "other handles stay readable";
    car->name = "written to nothing";
    session.commit();
    EXPECT_EQ(stored(), Texts{"1a"});
    EXPECT_FALSE(session.is_modified(car));
    EXPECT_TRUE(session.changes(car).empty());
}

TEST_F(Detach, a_later_query_gives_another_object) {
    session.detach(car);
    const auto again = session.get<Car>(1);
    EXPECT_FALSE(again == car);
    again->name = "b";
    session.commit();
    EXPECT_EQ(car->name, "a");
    EXPECT_EQ(stored(), Texts{"1b"});
}

TEST_F(Detach, forgets_what_was_not_written) {
    car->name = "b";
    EXPECT_EQ(session.detach(car).name, "b");
    const auto added = session.add(Car{.name = "c"});
    EXPECT_EQ(session.detach(added).name, "c");
    session.commit();
    EXPECT_EQ(stored(), Texts{"1a"});
}

TEST_F(Detach, forgets_a_removal_that_was_not_written) {
    session.remove(car);
    session.detach(car);
    session.commit();
    EXPECT_EQ(stored(), Texts{"1a"});
}

TEST_F(Detach, wants_an_object_that_it_tracks) {
    EXPECT_STREQ(caught<ProgrammingError>([&] { session.detach(Ref<Car>{}); }).what(),
                 "mica: detach() was given an empty handle");
    session.detach(car);
    EXPECT_STREQ(caught<ProgrammingError>([&] { session.detach(car); }).what(),
                 "mica: detach() was given an object that this session does not track");
    EXPECT_THROW(session.remove(car), ProgrammingError);
}

TEST_F(Detach, moves_what_cannot_be_copied) {
    const auto engraved = session.add(Engraved{.plate = std::make_unique<std::string>("B-1")});
    session.commit();
    const Engraved value = session.detach(engraved);
    EXPECT_EQ(*value.plate, "B-1");
    EXPECT_EQ(engraved->plate, nullptr);
    EXPECT_EQ(engraved->id, 1);
}

TEST_F(Detach, keeps_what_was_flushed) {
    car->name = "b";
    const auto added = session.add(Car{.name = "c"});
    session.flush();
    session.detach(car);
    EXPECT_EQ(session.detach(added).id, 2);
    session.commit();
    EXPECT_EQ(stored(), (Texts{"1b", "2c"}));
}

TEST_F(Detach, a_rollback_undoes_rows_and_leaves_what_was_detached_alone) {
    car->name = "b";
    const auto added = session.add(Car{.name = "c"});
    session.flush();
    session.detach(car);
    session.detach(added);
    session.rollback();
    EXPECT_EQ(car->name, "b");
    EXPECT_EQ(added->id, 2);
    EXPECT_EQ(stored(), Texts{"1a"});
    EXPECT_EQ(session.get<Car>(1)->name, "a");
    EXPECT_FALSE(session.get<Car>(2));
}

TEST_F(Detach, a_rollback_reaches_the_object_that_took_the_place) {
    car->name = "b";
    const auto added = session.add(Car{.name = "c"});
    session.flush();
    session.detach(car);
    session.detach(added);
    const auto first = session.get<Car>(1);
    const auto second = session.get<Car>(2);
    EXPECT_EQ(first->name, "b");
    first->name = "d";
    session.flush();
    session.rollback();
    EXPECT_EQ(first->name, "a");
    EXPECT_TRUE(session.get<Car>(1) == first);
    EXPECT_FALSE(session.get<Car>(2)) << "its row is gone";
    EXPECT_FALSE(session.is_modified(second));
    session.commit();
    EXPECT_EQ(stored(), Texts{"1a"});
}

TEST_F(Detach, a_rollback_follows_a_changed_key) {
    car->id = 5;
    session.flush();
    car->id = 6;
    session.flush();
    session.detach(car);
    const auto taken = session.get<Car>(6);
    session.rollback();
    EXPECT_EQ(taken->id, 1);
    EXPECT_TRUE(session.get<Car>(1) == taken);
}

TEST_F(Detach, what_the_database_lost_with_a_detached_object_is_not_forgotten_silently) {
    const auto added = session.add(Car{.name = "c"});
    session.flush();
    session.detach(added);
    session.add(Car{.name = std::string(1'000'000, 'x')});
    EXPECT_TRUE(caught<OperationalError>([&] { session.flush(); }).is_full());
    EXPECT_STREQ(caught<ProgrammingError>([&] { session.commit(); }).what(),
                 "mica: the database has ended this session's transaction by itself; call rollback()");
    session.rollback();
    EXPECT_EQ(stored(), Texts{"1a"});
}

TEST_F(Detach, clear_forgets_everything_and_keeps_the_transaction) {
    car->name = "b";
    session.flush();
    const auto added = session.add(Car{.name = "c"});
    const auto other = session.get<Car>(1);
    other->name = "not written";
    session.clear();
    EXPECT_TRUE(session.in_transaction());
    EXPECT_FALSE(session.is_modified(added));
    EXPECT_FALSE(session.get<Car>(1) == car);
    session.commit();
    EXPECT_EQ(stored(), Texts{"1b"});
    EXPECT_EQ(added->name, "c");
    session.clear();
    session.add(Car{.name = "d"});
    session.commit();
    EXPECT_EQ(stored(), (Texts{"1b", "2d"}));
}

TEST_F(Detach, clear_and_rollback_undo_the_rows) {
    session.remove(car);
    session.add(Car{.name = "c"});
    session.flush();
    session.clear();
    session.rollback();
    EXPECT_EQ(stored(), Texts{"1a"});
    EXPECT_EQ(session.query<Car>().count(), 1);
    EXPECT_EQ(session.get<Car>(1)->name, "a");
}

TEST_F(Detach, inside_of_a_savepoint_leaves_the_rest_consistent) {
    const auto undo = [&] {
        session.nested([&] {
            car->name = "b";
            session.flush();
            session.detach(car);
            throw 1;
        });
    };
    EXPECT_THROW(undo(), int);
    EXPECT_EQ(car->name, "b");
    EXPECT_EQ(session.get<Car>(1)->name, "a");
    session.commit();
    EXPECT_EQ(stored(), Texts{"1a"});
}

}  // namespace integration_session_detach
