// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/recorded_engine.hpp>
#include <support/statement_log.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace unit_test_scope {

using namespace mica;
using mica::test::caught;
using mica::test::StatementLog;
using Texts = std::vector<std::string>;

struct Maker {
    std::int64_t id = 0;
};
struct Car {
    std::int64_t id = 0;
    std::string name{};
    std::optional<std::int64_t> maker{};
    static constexpr auto mapping() {
        return table("car", unique<&Car::name>, foreign_key<&Car::maker, &Maker::id>.deferrable());
    }
};
struct Later {
    std::int64_t id = 0;
};

struct Scoped : testing::Test {
    Engine engine{"sqlite://"};

    Scoped() {
        engine.create_all<Maker, Car>();
        insert("kept");
    }
    void insert(const std::string& name) const { engine.connect().execute("INSERT INTO car (name) VALUES (?)", name); }
    Texts stored() const { return engine.connect().execute<std::string>("SELECT name FROM car ORDER BY id").all(); }
};

TEST_F(Scoped, undoes_everything_commits_included) {
    {
        const auto scope = mica::test_scope(engine);
        insert("by itself");
        Connection connection = engine.connect();
        auto transaction = connection.begin();
        connection.execute("DELETE FROM car WHERE name = 'kept'");
        transaction.commit();
        EXPECT_FALSE(connection.in_transaction());
        connection.execute("INSERT INTO car (name) VALUES ('behind it')");
    }
    EXPECT_EQ(stored(), Texts{"kept"});
}

TEST_F(Scoped, is_seen_through_inside) {
    const auto scope = mica::test_scope(engine);
    insert("new");
    EXPECT_EQ(stored(), (Texts{"kept", "new"}));
}

TEST_F(Scoped, a_session_commits_and_rolls_back_inside_as_ever) {
    Ref<Car> car;
    {
        const auto scope = mica::test_scope(engine);
        Session session{engine};
        car = session.add(Car{.name = "a"});
        session.commit();
        EXPECT_FALSE(session.in_transaction());
        EXPECT_EQ(stored(), (Texts{"kept", "a"}));
        car->name = "b";
        session.flush();
        session.rollback();
        EXPECT_EQ(car->name, "a");
        session.nested([&] { car->name = "c"; });
        session.add(Car{.name = "kept"});
        EXPECT_THROW(session.commit(), IntegrityError);
        session.rollback();
        EXPECT_EQ(stored(), (Texts{"kept", "a"}));
        Session another{engine};
        EXPECT_EQ(another.get<Car>(car->id)->name, "a");
    }
    EXPECT_EQ(stored(), Texts{"kept"});
    EXPECT_EQ(car->name, "a");
}

TEST_F(Scoped, undoes_tables_too) {
    {
        const auto scope = mica::test_scope(engine);
        engine.create_all<Later>();
        engine.drop_all<Maker, Car>();
        engine.connect().execute("INSERT INTO Later VALUES (1)");
    }
    EXPECT_EQ(stored(), Texts{"kept"});
    EXPECT_THROW(engine.connect().execute("INSERT INTO Later VALUES (1)"), SchemaMismatch);
}

TEST_F(Scoped, checks_deferred_foreign_keys_at_a_commit) {
    const auto scope = mica::test_scope(engine);
    Connection connection = engine.connect();
    auto transaction = connection.begin();
    connection.execute("PRAGMA defer_foreign_keys = ON");
    connection.execute("INSERT INTO car (name, maker) VALUES ('orphan', 5)");
    const auto failure = caught<IntegrityError>([&] { transaction.commit(); });
    EXPECT_EQ(failure.kind(), IntegrityError::foreign_key);
    EXPECT_TRUE(transaction.is_active());
    connection.execute("INSERT INTO Maker VALUES (5)");
    EXPECT_NO_THROW(transaction.commit());
}

TEST_F(Scoped, its_savepoints_nest) {
    const auto scope = mica::test_scope(engine);
    Connection connection = engine.connect();
    auto transaction = connection.begin();
    {
        const auto savepoint = connection.begin_nested();
        connection.execute("INSERT INTO car (name) VALUES ('inner')");
    }
    connection.execute("INSERT INTO car (name) VALUES ('outer')");
    transaction.commit();
    EXPECT_EQ(connection.execute<std::string>("SELECT name FROM car ORDER BY id").all(), (Texts{"kept", "outer"}));
    {
        const auto alone = connection.begin_nested();
        connection.execute("DELETE FROM car");
    }
    EXPECT_EQ(connection.execute<int>("SELECT count(*) FROM car").one(), 2);
}

TEST_F(Scoped, what_a_returned_connection_had_open_is_undone) {
    const auto scope = mica::test_scope(engine);
    {
        Connection connection = engine.connect();
        auto transaction = connection.begin();
        connection.execute("DELETE FROM car");
    }
    EXPECT_EQ(stored(), Texts{"kept"});
}

TEST_F(Scoped, what_a_connection_does_after_it_is_real) {
    std::optional<Connection> connection;
    {
        const auto scope = mica::test_scope(engine);
        connection.emplace(engine.connect());
        connection->execute("DELETE FROM car");
    }
    EXPECT_EQ(stored(), Texts{"kept"});
    connection->execute("INSERT INTO car (name) VALUES ('late')");
    connection.reset();
    EXPECT_EQ(stored(), (Texts{"kept", "late"}));
}

TEST_F(Scoped, there_is_one_at_a_time) {
    const auto scope = mica::test_scope(engine);
    EXPECT_STREQ(caught<ProgrammingError>([&] { const auto inner = mica::test_scope(engine); }).what(),
                 "mica: a test scope is open on this engine already");
    insert("new");
    EXPECT_EQ(stored().size(), 2U);
}

TEST_F(Scoped, follows_another) {
    for (int i = 0; i < 3; ++i) {
        auto scope = mica::test_scope(engine);
        insert("new");
        const auto moved = std::move(scope);
        EXPECT_EQ(stored().size(), 2U);
    }
    EXPECT_EQ(stored(), Texts{"kept"});
}

TEST_F(Scoped, needs_that_nobody_has_a_transaction_open) {
    const Connection connection = engine.connect();
    {
        const auto transaction = connection.begin();
        EXPECT_THROW(static_cast<void>(mica::test_scope(engine)), OperationalError);
    }
    const auto scope = mica::test_scope(engine);
    connection.execute("DELETE FROM car");
    EXPECT_EQ(stored(), Texts{});
}

TEST_F(Scoped, nothing_gets_out_where_a_failure_ends_its_transaction) {
    {
        const auto scope = mica::test_scope(engine);
        insert("lost");
        Connection connection = engine.connect();
        EXPECT_THROW(connection.execute("INSERT OR ROLLBACK INTO car (name) VALUES ('kept')"), IntegrityError);
        connection.execute("INSERT INTO car (name) VALUES ('behind it')");
        {
            auto transaction = connection.begin();
            EXPECT_THROW(connection.execute("INSERT OR ROLLBACK INTO car (name) VALUES ('kept')"), IntegrityError);
            EXPECT_FALSE(connection.in_transaction());
            EXPECT_THROW(transaction.commit(), ProgrammingError);
        }
        auto transaction = connection.begin();
        connection.execute("DELETE FROM car");
        transaction.commit();
    }
    EXPECT_EQ(stored(), Texts{"kept"});
}

TEST_F(Scoped, a_read_only_session_works_inside) {
    const auto scope = mica::test_scope(engine);
    insert("new");
    {
        Session reading{engine, mica::read_only};
        EXPECT_EQ(reading.query<Car>().count(), 2);
    }
    EXPECT_EQ(engine.read([](Reader& reader) { return reader.all(select(col<&Car::name>)); }).size(), 2U);
    insert("newer");
    EXPECT_EQ(stored().size(), 3U);
}

TEST_F(Scoped, other_threads_are_inside_too) {
    {
        const auto scope = mica::test_scope(engine);
        std::thread{[this] { insert("by another"); }}.join();
        EXPECT_EQ(stored(), (Texts{"kept", "by another"}));
    }
    EXPECT_EQ(stored(), Texts{"kept"});
}

TEST(TestScope, keeps_other_engines_out_of_its_changes) {
    const mica::test::TemporaryDirectory directory;
    const Engine engine{"sqlite:///" + directory.file("cars.db")};
    const Engine outside{"sqlite:///" + directory.file("cars.db"), {.busy_timeout = std::chrono::milliseconds{1}}};
    engine.create_all<Later>();
    {
        const auto scope = mica::test_scope(engine);
        engine.write([](Session& session) { session.add(Later{}); });
        EXPECT_EQ(engine.connect().scalar(select(count()).from<Later>()), 1);
        EXPECT_EQ(outside.connect().scalar(select(count()).from<Later>()), 0);
        EXPECT_TRUE(caught<OperationalError>([&] { outside.connect().execute("DELETE FROM Later"); }).is_busy());
    }
    EXPECT_EQ(engine.connect().scalar(select(count()).from<Later>()), 0);
    EXPECT_NO_THROW(outside.connect().execute("DELETE FROM Later"));
}

TEST(TestScope, may_end_while_its_connection_comes_back) {
    mica::test::Recording recording;
    const mica::test::RecordingEngine engine{"sqlite://"};
    auto scope = std::make_optional(mica::test_scope(engine));
    // The last that the return of a reader's connection does: it has looked for an end of the scope by then.
    recording.answer("SELECT 1", {.columns = {"1"}});
    recording.answer("allow writes", {.meanwhile = [&] { scope.reset(); }});
    engine.read([](auto& reader) { reader.template execute<int>("SELECT 1").all(); });
    EXPECT_EQ(recording.last().sql, "ROLLBACK");
    recording.forget();
    {
        auto connection = engine.connect();
        connection.begin().commit();
    }
    EXPECT_EQ(recording.texts(), (Texts{"BEGIN IMMEDIATE", "COMMIT"}));
}

TEST(TestScope, that_ends_while_somebody_is_inside_is_undone_when_that_one_is_done) {
    const Engine engine{"sqlite://"};
    engine.create_all<Later>();
    auto scope = std::make_optional(mica::test_scope(engine));
    const Connection connection = engine.connect();
    auto transaction = connection.begin();
    connection.insert(Later{});
    scope.reset();
    EXPECT_EQ(connection.scalar(select(count()).from<Later>()), 1);
    transaction.commit();
    EXPECT_EQ(connection.scalar(select(count()).from<Later>()), 0);
    EXPECT_EQ(engine.connect().scalar(select(count()).from<Later>()), 0);
}

TEST(TestScope, on_a_file_all_are_inside_and_the_file_is_as_it_was) {
    const mica::test::TemporaryDirectory directory;
    const Engine engine{"sqlite:///" + directory.file("cars.db"), {.busy_timeout = std::chrono::milliseconds{1}}};
    engine.create_all<Later>();
    const Connection before = engine.connect();
    std::optional<Connection> late;
    {
        const auto scope = mica::test_scope(engine);
        engine.write([](Session& session) { session.add(Later{}); });
        std::thread{[&] { engine.connect().insert(Later{}); }}.join();
        EXPECT_EQ(engine.read([](Reader& reader) { return reader.scalar(select(count()).from<Later>()); }), 2);
        EXPECT_EQ(before.scalar(select(count()).from<Later>()), 0);
        EXPECT_TRUE(caught<OperationalError>([&] { before.insert(Later{}); }).is_busy());
        late.emplace(engine.connect());
        EXPECT_EQ(late->scalar(select(count()).from<Later>()), 2);
    }
    EXPECT_EQ(late->scalar(select(count()).from<Later>()), 0);
    EXPECT_NO_THROW(before.insert(Later{}));
    EXPECT_EQ(late->scalar(select(count()).from<Later>()), 1);
    EXPECT_NO_THROW(late->insert(Later{}));
    EXPECT_EQ(before.scalar(select(count()).from<Later>()), 2);
    late.reset();
    const auto again = mica::test_scope(engine);
    EXPECT_EQ(engine.connect().scalar(select(count()).from<Later>()), 2);
}

}  // namespace unit_test_scope
