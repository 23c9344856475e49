// SPDX-License-Identifier: BSL-1.0
// Session{engine, mica::read_only}: a snapshot that cannot write.
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/statement_log.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace integration_session_read_only {

using namespace mica;
using mica::test::caught;
using mica::test::StatementLog;
using Texts = std::vector<std::string>;

struct Car {
    std::int64_t id = 0;
    std::string name{};
};

struct Door {
    std::int64_t id = 0;
};

struct ReadOnlySession : testing::Test {
    mica::test::TemporaryDirectory directory;
    Engine engine{"sqlite:///" + directory.file("cars.db")};
    Engine outside{"sqlite:///" + directory.file("cars.db")};
    std::optional<Session> session_;

    ReadOnlySession() {
        engine.create_all<Car>();
        elsewhere("INSERT INTO Car VALUES (1, 'a')");
    }
    Session& session() { return session_ ? *session_ : session_.emplace(engine, mica::read_only); }
    void elsewhere(std::string_view sql) const { outside.connect().execute(sql); }
    template <class Action>
    void refuses(Action action) {
        EXPECT_TRUE(caught<OperationalError>(action).is_read_only());
    }
};

TEST_F(ReadOnlySession, reads_tracked_and_untracked) {
    EXPECT_EQ(session().get<Car>(1)->name, "a");
    EXPECT_EQ(session().query<Car>().count(), 1);
    EXPECT_EQ(session().all(select(col<&Car::name>)), Texts{"a"});
    EXPECT_EQ(session().execute<std::string>("SELECT name FROM Car").one(), "a");
    session().commit();
    EXPECT_FALSE(session().in_transaction());
}

TEST_F(ReadOnlySession, is_one_state_of_the_database_and_does_not_keep_others_from_writing) {
    EXPECT_EQ(session().query<Car>().count(), 1);
    elsewhere("INSERT INTO Car VALUES (2, 'b')");
    EXPECT_EQ(session().query<Car>().count(), 1);
    session().rollback();
    EXPECT_EQ(session().query<Car>().count(), 2);
}

TEST_F(ReadOnlySession, begins_deferred) {
    const StatementLog log{engine};
    session().query<Car>().count();
    EXPECT_EQ(log.texts()[0], "BEGIN DEFERRED");
}

TEST_F(ReadOnlySession, reads_while_another_writes) {
    Connection writer = outside.connect();
    const auto writing = writer.begin();
    EXPECT_EQ(session().query<Car>().count(), 1);
}

TEST_F(ReadOnlySession, refuses_every_way_to_write) {
    refuses([&] { session().add(Car{}); });
    refuses([&] { session().add_all(std::vector<Car>(2)); });
    refuses([&] { session().merge(Car{.id = 1, .name = "b"}); });
    const auto car = session().get<Car>(1);
    refuses([&] { session().remove(car); });
    refuses([&] { session().query<Car>().update(col<&Car::name> = "b"); });
    refuses([&] { session().query<Car>().remove(); });
    refuses([&] { session().execute(insert_into<Car>().values(Car{.id = 2})); });
    refuses([&] { session().execute("DELETE FROM Car"); });
    refuses([&] { session().execute("CREATE TABLE t (x)"); });
    EXPECT_EQ(car->name, "a");
    EXPECT_EQ(session().query<Car>().count(), 1);
}

TEST_F(ReadOnlySession, is_not_talked_into_writing_by_a_setting) {
    for (const std::string_view setting :
         {"PRAGMA query_only = OFF", "EXPLAIN PRAGMA query_only = OFF", "PRAGMA main.query_only(0)"}) {
        EXPECT_THROW(session().execute(setting), ProgrammingError) << setting;
        EXPECT_THROW(session().execute(setting, 1), ProgrammingError) << setting;
        EXPECT_THROW(session().execute<int>(setting), ProgrammingError) << setting;
        refuses([&] { session().execute("DELETE FROM Car"); });
    }
    EXPECT_EQ(session().execute<int>("PRAGMA query_only").one(), 1);
}

TEST_F(ReadOnlySession, is_not_talked_into_writing_by_a_text_that_is_refused) {
    EXPECT_THROW(session().execute("PRAGMA query_only = OFF; SELECT 1"), ProgrammingError);
    refuses([&] { session().execute("DELETE FROM Car"); });
    session_.reset();
    refuses([&] { session().execute("DELETE FROM Car"); });
}

TEST_F(ReadOnlySession, leaves_a_connection_that_writes_whatever_it_is_used_for_next) {
    const auto read = [this] { Session{engine, mica::read_only}.query<Car>().count(); };
    const std::string copy = directory.file("copy.db");
    read();
    EXPECT_NO_THROW(engine.connect().execute("INSERT INTO Car VALUES (3, 'c')"));
    read();
    EXPECT_NO_THROW(engine.create_all<Door>());
    read();
    EXPECT_NO_THROW(engine.vacuum());
    read();
    EXPECT_NO_THROW(engine.vacuum_into(copy));
    read();
    EXPECT_NO_THROW(Connection{engine.connect()}.begin(exclusive).commit());
    read();
    EXPECT_EQ(Engine{"sqlite:///" + copy}.connect().scalar(select(count()).from<Car>()), 2);
}

TEST_F(ReadOnlySession, leaves_a_connection_that_its_setups_can_write_with) {
    Session{engine, mica::read_only}.query<Car>().count();
    const auto listening =
        engine.on_connect([](Connection& connection) { connection.execute("INSERT INTO Car VALUES (5, 'e')"); });
    EXPECT_EQ((Session{engine, mica::read_only}.query<Car>().count()), 2);
}

TEST_F(ReadOnlySession, leaves_one_that_refuses_to_write_for_the_next_of_its_kind) {
    for (const std::string_view setting : {"PRAGMA recursive_triggers = ON", "SELECT 1"}) {
        session().execute(setting);
        session_.reset();
        refuses([&] { session().execute("DELETE FROM Car"); });
        session_.reset();
    }
}

TEST_F(ReadOnlySession, refuses_to_write_a_changed_object_and_goes_on_reading) {
    const auto car = session().get<Car>(1);
    car->name = "b";
    EXPECT_EQ(session().query<Car>().count(), 1);
    refuses([&] { session().flush(); });
    refuses([&] { session().commit(); });
    EXPECT_EQ(car->name, "b");
    session().rollback();
    EXPECT_EQ(car->name, "a");
    EXPECT_NO_THROW(session().commit());
}

TEST_F(ReadOnlySession, says_what_it_has_not) {
    EXPECT_STREQ(caught<OperationalError>([&] { session().add(Car{}); }).what(),
                 "mica: this session is read only, so it has no add()");
}

TEST_F(ReadOnlySession, can_be_refreshed_and_asked) {
    const auto car = session().get<Car>(1);
    session().commit();
    elsewhere("UPDATE Car SET name = 'b'");
    EXPECT_TRUE(session().is_stale(car));
    session().refresh(car);
    EXPECT_EQ(car->name, "b");
    EXPECT_EQ(session().detach(car).name, "b");
}

TEST_F(ReadOnlySession, leaves_a_connection_that_can_write) {
    session().query<Car>().count();
    session_.reset();
    EXPECT_NO_THROW(engine.connect().execute("INSERT INTO Car VALUES (2, 'b')"));
    session().query<Car>().count();
    session().commit();
    Session writing{engine};
    writing.add(Car{.name = "c"});
    EXPECT_NO_THROW(writing.commit());
}

TEST_F(ReadOnlySession, reads_a_file_that_cannot_be_written) {
    const Engine read{"sqlite:///" + directory.file("cars.db") + "?mode=ro"};
    Session reading{read, mica::read_only};
    EXPECT_EQ(reading.query<Car>().one()->name, "a");
}

}  // namespace integration_session_read_only
