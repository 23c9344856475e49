// SPDX-License-Identifier: BSL-1.0
// What users of other libraries expect of isolation, autocommit, tables in transactions and attached databases.
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

namespace integration_transaction_checklist {

using namespace mica;
using mica::test::caught;
using Texts = std::vector<std::string>;

struct Maker {
    std::int64_t id = 0;
};
struct Car {
    std::int64_t id = 0;
    std::int64_t maker = 1;
    static constexpr auto mapping() { return table("car", foreign_key<&Car::maker, &Maker::id>.deferrable()); }
};

/// The same table twice, once in an attached database whose name needs quotes.
struct Here {
    std::int64_t id = 0;
    std::string name{};
    static constexpr auto mapping() { return table("item"); }
};
struct There {
    std::int64_t id = 0;
    std::string name{};
    static constexpr auto mapping() { return table("item").schema("the \"other\" one"); }
};

struct TransactionChecklist : testing::Test {
    mica::test::TemporaryDirectory directory;
    Engine engine{"sqlite:///" + directory.file("cars.db")};

    std::int64_t tables() const {
        return engine.connect().execute<std::int64_t>("SELECT count(*) FROM sqlite_schema WHERE type = 'table'").one();
    }
};

TEST_F(TransactionChecklist, a_lease_that_reads_uncommitted_rows_does_not_hand_that_on) {
    {
        const auto connection = engine.connect();
        EXPECT_EQ(connection.execute<int>("PRAGMA read_uncommitted").one(), 0);
        connection.execute("PRAGMA read_uncommitted = ON");
        auto transaction = connection.begin();
        transaction.rollback();
        EXPECT_EQ(connection.execute<int>("PRAGMA read_uncommitted").one(), 1) << "kept through a rollback";
    }
    EXPECT_EQ(engine.connect().execute<int>("PRAGMA read_uncommitted").one(), 0);
}

TEST_F(TransactionChecklist, what_commits_by_itself_stays_and_what_a_transaction_writes_goes_with_it) {
    const auto connection = engine.connect();
    connection.execute("CREATE TABLE t (a)");
    const auto values = [&] {
        return connection.execute<std::string>("SELECT ifnull(group_concat(a), '') FROM t").one();
    };
    connection.execute("INSERT INTO t VALUES (1)");
    {
        const auto undone = connection.begin();
        connection.execute("INSERT INTO t VALUES (2)");
    }
    EXPECT_EQ(values(), "1");
    connection.execute("INSERT INTO t VALUES (3)");
    EXPECT_FALSE(connection.in_transaction());
    auto kept = connection.begin();
    connection.execute("INSERT INTO t VALUES (4)");
    kept.commit();
    connection.execute("INSERT INTO t VALUES (5)");
    {
        const auto undone = connection.begin();
        connection.execute("DELETE FROM t");
    }
    EXPECT_EQ(values(), "1,3,4,5");
    EXPECT_EQ(engine.connect().execute<int>("SELECT count(*) FROM t").one(), 4);
}

TEST_F(TransactionChecklist, tables_of_a_connections_transaction_go_with_it) {
    {
        const auto connection = engine.connect();
        const auto transaction = connection.begin();
        connection.create_all<Maker, Car>();
        connection.insert(Maker{.id = 1});
    }
    EXPECT_EQ(tables(), 0);
}

TEST_F(TransactionChecklist, tables_of_a_sessions_transaction_go_with_it) {
    Session session{engine};
    session.create_all<Maker, Car>();
    session.add(Maker{.id = 1});
    session.flush();
    session.rollback();
    EXPECT_EQ(tables(), 0);
    session.create_all<Maker, Car>();
    session.commit();
    EXPECT_EQ(tables(), 2);
}

TEST_F(TransactionChecklist, tables_go_with_a_write_that_throws) {
    EXPECT_THROW(engine.write([](Session& session) {
        session.create_all<Maker, Car>();
        throw std::runtime_error("no");
    }),
                 std::runtime_error);
    EXPECT_EQ(tables(), 0);
}

TEST_F(TransactionChecklist, an_index_that_is_there_is_made_and_dropped_once) {
    engine.create_all<Maker, Car>();
    const auto connection = engine.connect();
    auto transaction = connection.begin();
    for (int time = 0; time < 2; ++time) {
        connection.execute("CREATE INDEX IF NOT EXISTS i ON car (maker)");
    }
    for (int time = 0; time < 2; ++time) {
        connection.execute("DROP INDEX IF EXISTS i");
    }
    transaction.commit();
}

TEST_F(TransactionChecklist, a_session_recovers_from_a_deferred_key_that_fails_at_commit) {
    engine.create_all<Maker, Car>();
    Session session{engine};
    session.execute(insert_into<Car>().values(Car{.id = 1, .maker = 7}));
    EXPECT_EQ(caught<IntegrityError>([&] { session.commit(); }).kind(), IntegrityError::foreign_key);
    EXPECT_TRUE(session.in_transaction());
    session.add(Maker{.id = 7});
    session.commit();
    EXPECT_EQ(engine.connect().execute<std::int64_t>("SELECT maker FROM car").all(), std::vector<std::int64_t>{7});
    session.execute(insert_into<Car>().values(Car{.id = 2, .maker = 8}));
    EXPECT_THROW(session.commit(), IntegrityError);
    session.rollback();
    EXPECT_EQ(engine.connect().execute<int>("SELECT count(*) FROM car").one(), 1);
}

TEST_F(TransactionChecklist, savepoints_three_deep_by_hand_and_by_function) {
    engine.create_all<Maker>();
    Session session{engine};
    session.add(Maker{.id = 1});
    auto by_hand = session.begin_nested();
    session.add(Maker{.id = 2});
    session.nested([&] {
        session.add(Maker{.id = 3});
        auto innermost = session.begin_nested();
        session.add(Maker{.id = 4});
        innermost.rollback();
    });
    EXPECT_THROW(session.nested([&] {
        session.add(Maker{.id = 5});
        session.flush();
        throw std::runtime_error("no");
    }),
                 std::runtime_error);
    by_hand.commit();
    session.commit();
    EXPECT_EQ(engine.connect().execute<int>("SELECT id FROM Maker ORDER BY id").all(), (std::vector{1, 2, 3}));
    {
        auto outer = session.begin_nested();
        session.add(Maker{.id = 6});
        session.nested([&] { session.add(Maker{.id = 7}); });
        outer.rollback();
    }
    session.commit();
    EXPECT_EQ(engine.connect().execute<int>("SELECT count(*) FROM Maker").one(), 3);
}

TEST_F(TransactionChecklist, tables_of_one_name_in_two_databases_are_joined) {
    engine.create_all<Here>();
    const auto connection = engine.connect();
    connection.execute("ATTACH ? AS \"the \"\"other\"\" one\"", directory.file("other.db"));
    connection.create_all<There>();
    connection.insert(std::vector<Here>{{.id = 1, .name = "one"}, {.id = 2, .name = "two"}});
    connection.insert(std::vector<There>{{.id = 2, .name = "zwei"}, {.id = 3, .name = "drei"}});
    constexpr auto there = alias<There, "there">;
    const auto rows = connection.all(
        select(col<&Here::name>, there.col<&There::name>).join(there, col<&Here::id> == there.col<&There::id>));
    EXPECT_EQ(rows, (std::vector{std::tuple{std::string{"two"}, std::string{"zwei"}}}));
    {
        const auto transaction = connection.begin();
        connection.execute(delete_from<Here>().all_rows());
        connection.execute(delete_from<There>().all_rows());
    }
    EXPECT_EQ(connection.all(select<There>()).size(), 2U) << "one transaction for both";
    EXPECT_EQ(connection.execute<std::string>("SELECT name FROM pragma_database_list ORDER BY seq").all(),
              (Texts{"main", "the \"other\" one"}));
    connection.execute("DETACH \"the \"\"other\"\" one\"");
}

}  // namespace integration_transaction_checklist
