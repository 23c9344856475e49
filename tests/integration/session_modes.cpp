// SPDX-License-Identifier: BSL-1.0
// Sessions that read first, sessions on a connection of the program's, tables made inside of a transaction, and rows
// that others have changed.
#include <mica/mica.hpp>

#include <support/albums.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>

namespace integration_session_modes {

using namespace mica;

struct Car {
    std::int64_t id = 0;
    std::string name{};
    static constexpr auto mapping() { return table("car"); }
};
struct Wheel {
    std::int64_t id = 0;
    std::int64_t car = 0;
    static constexpr auto mapping() { return table("wheel", foreign_key<&Wheel::car, &Car::id>); }
};

struct SessionModes : testing::Test {
    SessionModes() {
        engine.create_all<Car>();
        engine.connect().insert(Car{.id = 1, .name = "a"});
    }
    std::int64_t count() { return other.connect().scalar(select(mica::count()).from<Car>()); }

    test::TemporaryDirectory directory;
    const std::string url = "sqlite:///" + (directory.path() / "cars.db").string() + "?busy_timeout=0";
    Engine engine{url};
    Engine other{url};  ///< as another process would
};

TEST_F(SessionModes, a_deferred_session_reads_while_another_writes) {
    Session writer{other};
    writer.add(Car{.name = "b"});
    writer.flush();
    Session session{engine, deferred};
    EXPECT_EQ(session.query<Car>().count(), 1);
}

TEST_F(SessionModes, a_deferred_session_takes_the_write_lock_at_its_first_write) {
    Session session{engine, deferred};
    const auto car = session.get<Car>(1);
    EXPECT_NO_THROW(static_cast<void>(other.connect().begin()));
    car->name = "b";
    session.flush();
    EXPECT_THROW(static_cast<void>(other.connect().begin()), OperationalError);
    session.commit();
    EXPECT_EQ(other.connect().get<Car>(1)->name, "b");
}

TEST_F(SessionModes, a_deferred_session_whose_reading_is_out_of_date_says_so_and_can_begin_again) {
    Session session{engine, deferred};
    const auto car = session.get<Car>(1);
    other.connect().update(Car{.id = 1, .name = "theirs"});
    car->name = "b";
    try {
        session.commit();
        FAIL();
    } catch (const OperationalError& error) {
        EXPECT_TRUE(error.is_busy());
        EXPECT_NE(std::string{error.what()}.find("what this session has read is out of date"), std::string::npos);
    }
    session.rollback();
    session.refresh(car);
    EXPECT_EQ(car->name, "theirs");
    car->name = "b";
    session.commit();
    EXPECT_EQ(other.connect().get<Car>(1)->name, "b");
}

TEST_F(SessionModes, a_statement_of_a_deferred_session_says_so_too) {
    Session session{engine, deferred};
    session.get<Car>(1);
    other.connect().update(Car{.id = 1, .name = "theirs"});
    EXPECT_THROW(session.query<Car>().remove(), OperationalError);
    session.rollback();
    EXPECT_EQ(session.query<Car>().remove(), 1);
}

TEST_F(SessionModes, a_session_on_a_connection_commits_by_itself_where_no_transaction_is_open) {
    auto connection = engine.connect();
    Session session{connection};
    session.add(Car{.name = "b"});
    session.commit();
    EXPECT_FALSE(connection.in_transaction());
    EXPECT_EQ(count(), 2);
    session.add(Car{.name = "c"});
    session.flush();
    session.rollback();
    EXPECT_EQ(count(), 2);
}

TEST_F(SessionModes, a_session_in_a_transaction_of_the_connection_leaves_its_end_to_that) {
    auto connection = engine.connect();
    auto transaction = connection.begin();
    Session session{connection};
    const auto added = session.add(Car{.name = "b"});
    session.commit();
    EXPECT_EQ(connection.scalar(select(mica::count()).from<Car>()), 2);
    EXPECT_EQ(count(), 1) << "not committed yet";
    session.add(Car{.name = "c"});
    session.flush();
    session.rollback();
    EXPECT_EQ(connection.scalar(select(mica::count()).from<Car>()), 2) << "only what came since its commit is undone";
    EXPECT_EQ(added->id, 2);
    transaction.commit();
    EXPECT_EQ(count(), 2);
}

TEST_F(SessionModes, the_end_of_a_session_on_a_connection_undoes_what_it_has_not_committed) {
    auto connection = engine.connect();
    auto transaction = connection.begin();
    connection.insert(Car{.name = "before"});
    {
        Session session{connection};
        session.add(Car{.name = "b"});
        session.flush();
    }
    transaction.commit();
    EXPECT_EQ(count(), 2);
}

TEST_F(SessionModes, a_session_on_a_connection_that_was_given_back_says_so) {
    std::optional<Connection> connection{engine.connect()};
    Session session{*connection};
    session.get<Car>(1);
    session.commit();
    connection.reset();
    EXPECT_THROW(session.query<Car>().all(), ProgrammingError);
}

TEST_F(SessionModes, nested_parts_of_a_session_on_a_connection_are_undone_by_themselves) {
    auto connection = engine.connect();
    auto transaction = connection.begin();
    Session session{connection};
    const auto car = session.get<Car>(1);
    car->name = "b";
    EXPECT_ANY_THROW(session.nested([&] {
        car->name = "c";
        session.flush();
        throw 1;
    }));
    EXPECT_EQ(car->name, "b");
    session.commit();
    transaction.commit();
    EXPECT_EQ(other.connect().get<Car>(1)->name, "b");
}

TEST_F(SessionModes, tables_of_a_session_go_with_its_rollback) {
    Session session{engine};
    session.create_all<Car, Wheel>();
    session.add(Wheel{.car = 1});
    session.flush();
    EXPECT_EQ(session.query<Wheel>().count(), 1);
    session.rollback();
    EXPECT_THROW(session.query<Wheel>().count(), ProgrammingError);
    session.rollback();
    session.create_all<Schema<Car, Wheel>>();
    session.commit();
    EXPECT_EQ(other.connect().scalar(select(mica::count()).from<Wheel>()), 0);
}

TEST_F(SessionModes, tables_of_a_connection_go_with_its_transaction) {
    auto connection = engine.connect();
    {
        auto transaction = connection.begin();
        connection.create_all<Wheel>();
        connection.insert(Wheel{.car = 1});
    }
    EXPECT_THROW(connection.scalar(select(mica::count()).from<Wheel>()), ProgrammingError);
    connection.create_all<Wheel>();
    EXPECT_FALSE(connection.in_transaction());
    EXPECT_EQ(connection.scalar(select(mica::count()).from<Wheel>()), 0);
}

TEST_F(SessionModes, a_read_only_session_makes_no_tables) {
    Session session{engine, read_only};
    EXPECT_THROW(session.create_all<Wheel>(), OperationalError);
}

TEST_F(SessionModes, objects_keep_their_values_until_they_expire) {
    Session session{engine};
    const auto car = session.get<Car>(1);
    session.commit();
    other.connect().update(Car{.id = 1, .name = "theirs"});
    EXPECT_EQ(session.get<Car>(1)->name, "a");
    session.commit();
    session.expire_all();
    EXPECT_EQ(car->name, "a") << "no object changes by itself";
    EXPECT_EQ(session.get<Car>(1), car);
    EXPECT_EQ(car->name, "theirs");
}

TEST_F(SessionModes, an_expired_object_whose_row_is_gone_is_not_found) {
    Session session{engine};
    const auto car = session.get<Car>(1);
    session.commit();
    other.connect().remove(Car{.id = 1});
    session.expire_all();
    EXPECT_FALSE(session.get<Car>(1));
}

TEST_F(SessionModes, an_expired_object_keeps_what_is_not_written) {
    Session session{engine};
    const auto car = session.get<Car>(1);
    session.commit();
    other.connect().update(Car{.id = 1, .name = "theirs"});
    car->name = "mine";
    session.expire_all();
    session.query<Car>().all();
    EXPECT_EQ(car->name, "mine");
}

TEST_F(SessionModes, a_refreshed_query_gives_objects_the_values_of_their_rows) {
    Session session{engine};
    const auto car = session.get<Car>(1);
    session.commit();
    other.connect().update(Car{.id = 1, .name = "theirs"});
    session.query<Car>().all();
    EXPECT_EQ(car->name, "a");
    EXPECT_EQ(session.query<Car>().refreshed().where(col<&Car::id> == 1).one(), car);
    EXPECT_EQ(car->name, "theirs");
}

struct RefreshedRelations : albums::AlbumDatabase {};

TEST_F(RefreshedRelations, a_refreshed_query_refreshes_what_it_loads_with_its_objects) {
    using albums::Album;
    const auto album = session.query<Album>().with<&Album::tracks>().get(1);
    const auto track = album->tracks[0];
    session.commit();
    run("UPDATE track SET name = 'theirs'");
    session.query<Album>().refreshed().with<&Album::tracks>().all();
    EXPECT_EQ(track->name, "theirs");
}

}  // namespace integration_session_modes
