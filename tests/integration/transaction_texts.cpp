// SPDX-License-Identifier: BSL-1.0
// BEGIN, COMMIT, SAVEPOINT as texts of the program's, and statements that end a transaction by themselves.
#include <mica/mica.hpp>

#include <support/caught.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace integration_transaction_texts {

using namespace mica;
using mica::test::caught;
using Texts = std::vector<std::string>;

struct Car {
    std::int64_t id = 0;
    std::string name{};
    static constexpr auto mapping() { return table("car", unique<&Car::name>); }
};

struct Boat {
    std::int64_t id = 0;
};

struct TransactionTexts : testing::Test {
    Engine engine{"sqlite://"};
    Connection connection = open();

    Connection open() {
        engine.create_all<Car>();
        return engine.connect();
    }
    void insert(std::string_view name) const { connection.execute("INSERT INTO car (name) VALUES (?)", name); }
    Texts names() const { return connection.execute<std::string>("SELECT name FROM car ORDER BY id").all(); }
    std::string refusal(std::string_view sql) const {
        return caught<ProgrammingError>([&] { connection.execute(sql); }).what();
    }
};

TEST_F(TransactionTexts, begin_and_commit_by_text_are_a_transaction) {
    connection.execute("BEGIN");
    EXPECT_TRUE(connection.in_transaction());
    insert("kept");
    connection.execute("COMMIT");
    EXPECT_FALSE(connection.in_transaction());
    connection.execute(" -- again\n begin immediate transaction");
    insert("lost");
    connection.execute("Rollback Transaction;");
    EXPECT_EQ(names(), Texts{"kept"});
}

TEST_F(TransactionTexts, a_scope_that_a_text_has_committed_has_ended) {
    auto transaction = connection.begin();
    auto savepoint = connection.begin_nested();
    insert("kept");
    connection.execute("COMMIT");
    EXPECT_FALSE(transaction.is_active());
    EXPECT_FALSE(savepoint.is_active());
    EXPECT_STREQ(caught<ProgrammingError>([&] { transaction.commit(); }).what(), "mica: this transaction has ended");
    insert("by itself");
    transaction.rollback();
    EXPECT_EQ(names(), (Texts{"kept", "by itself"}));
}

TEST_F(TransactionTexts, a_scope_does_not_take_the_transaction_that_a_text_has_begun_for_its_own) {
    {
        auto transaction = connection.begin();
        insert("first");
        connection.execute("/* the first */ END");
        connection.execute("BEGIN");
        EXPECT_FALSE(transaction.is_active());
        insert("second");
    }
    EXPECT_TRUE(connection.in_transaction()) << "the end of the scope has rolled nothing back";
    connection.execute("COMMIT");
    EXPECT_EQ(names(), (Texts{"first", "second"}));
}

TEST_F(TransactionTexts, savepoints_by_text_may_stand_in_a_scope_and_around_one) {
    auto transaction = connection.begin();
    connection.execute("SAVEPOINT outer");
    insert("one");
    {
        auto scoped = connection.begin_nested();
        connection.execute("SAVEPOINT [inner one]");
        insert("two");
        connection.execute("ROLLBACK TO \"Inner One\"");
        insert("three");
        connection.execute("RELEASE SAVEPOINT 'inner one'");
        EXPECT_TRUE(scoped.is_active());
        scoped.commit();
    }
    connection.execute("RELEASE outer");
    transaction.commit();
    EXPECT_EQ(names(), (Texts{"one", "three"}));
}

TEST_F(TransactionTexts, a_scoped_savepoint_ends_with_the_one_by_text_around_it) {
    auto transaction = connection.begin();
    auto kept = connection.begin_nested();
    insert("one");
    connection.execute("SAVEPOINT outer");
    insert("two");
    auto scoped = connection.begin_nested();
    insert("three");
    connection.execute("RELEASE outer");
    EXPECT_FALSE(scoped.is_active());
    EXPECT_STREQ(caught<ProgrammingError>([&] { scoped.commit(); }).what(), "mica: this savepoint has ended");
    scoped.rollback();
    EXPECT_TRUE(kept.is_active()) << "it is not the one that was released";
    kept.rollback();
    transaction.commit();
    EXPECT_EQ(names(), Texts{});
}

TEST_F(TransactionTexts, going_back_to_a_savepoint_ends_the_scopes_inside_of_it_only) {
    auto transaction = connection.begin();
    connection.execute("SAVEPOINT s");
    auto scoped = connection.begin_nested();
    insert("one");
    connection.execute("ROLLBACK TRANSACTION TO SAVEPOINT s");
    EXPECT_FALSE(scoped.is_active());
    auto next = connection.begin_nested();
    insert("two");
    next.commit();
    connection.execute("ROLLBACK TO s");
    connection.execute("RELEASE s");
    EXPECT_TRUE(transaction.is_active());
    transaction.commit();
    EXPECT_EQ(names(), Texts{});
}

TEST_F(TransactionTexts, a_scope_around_a_savepoint_by_text_takes_it_along) {
    auto transaction = connection.begin();
    auto scoped = connection.begin_nested();
    connection.execute("SAVEPOINT left_open");
    insert("one");
    scoped.rollback();
    auto other = connection.begin_nested();
    connection.execute("SAVEPOINT left_open");
    insert("two");
    other.commit();
    EXPECT_THROW(connection.execute("RELEASE left_open"), ProgrammingError);
    transaction.commit();
    EXPECT_EQ(names(), Texts{"two"});
}

TEST_F(TransactionTexts, a_savepoint_by_text_outside_of_a_transaction_is_one) {
    connection.execute("SAVEPOINT s");
    EXPECT_TRUE(connection.in_transaction());
    {
        auto scoped = connection.begin_nested();
        insert("lost");
    }
    insert("kept");
    connection.execute("RELEASE s");
    EXPECT_FALSE(connection.in_transaction());
    EXPECT_EQ(names(), Texts{"kept"});
}

TEST_F(TransactionTexts, the_name_of_the_librarys_own_savepoints_is_refused) {
    const auto transaction = connection.begin();
    for (const std::string_view text : {"SAVEPOINT mica", "RELEASE \"MICA\"", "ROLLBACK TO mica"}) {
        EXPECT_EQ(refusal(text), "mica: the name mica is that of the library's own savepoints; take another [" +
                                     std::string{text} + "]");
    }
    EXPECT_TRUE(transaction.is_active());
}

TEST_F(TransactionTexts, a_failing_text_changes_nothing) {
    auto transaction = connection.begin();
    EXPECT_THROW(connection.execute("BEGIN"), ProgrammingError);
    EXPECT_THROW(connection.execute("RELEASE nothing"), ProgrammingError);
    EXPECT_TRUE(transaction.is_active());
    transaction.commit();
    EXPECT_THROW(connection.execute("COMMIT"), ProgrammingError);
}

TEST_F(TransactionTexts, a_session_begins_and_ends_its_transaction_itself) {
    Engine own{"sqlite://"};
    own.create_all<Car>();
    Session session{own};
    const auto car = session.add(Car{.name = "F8"});
    for (const std::string_view text : {"COMMIT", "ROLLBACK", "BEGIN", "SAVEPOINT s", "RELEASE s", "ROLLBACK TO s"}) {
        EXPECT_EQ(caught<ProgrammingError>([&] { session.execute(text); }).what(),
                  "mica: a session begins and ends its transaction itself; call commit(), rollback() or nested() [" +
                      std::string{text} + "]");
    }
    EXPECT_TRUE(session.in_transaction());
    session.commit();
    EXPECT_EQ(own.connect().execute<std::string>("SELECT name FROM car").all(), Texts{"F8"});
}

TEST_F(TransactionTexts, a_session_on_a_connection_notices_that_a_text_has_ended_its_transaction) {
    auto transaction = connection.begin();
    Session session{connection};
    const auto car = session.add(Car{.name = "F8"});
    session.flush();
    connection.execute("ROLLBACK");
    connection.execute("BEGIN");
    car->name = "F9";
    EXPECT_THROW(session.commit(), ProgrammingError);
    session.rollback();
    EXPECT_EQ(car->id, 0);
    connection.execute("COMMIT");
    EXPECT_EQ(names(), Texts{});
}

TEST_F(TransactionTexts, a_test_scope_is_ended_by_no_text) {
    Engine own{"sqlite://"};
    own.create_all<Car>();
    {
        const auto scope = mica::test_scope(own);
        const auto inside = own.connect();
        for (const std::string_view text : {"BEGIN", "COMMIT", "ROLLBACK"}) {
            EXPECT_THROW(inside.execute(text), ProgrammingError) << text;
        }
        inside.execute("SAVEPOINT s");
        inside.execute("INSERT INTO car (name) VALUES ('inside')");
        inside.execute("RELEASE s");
    }
    EXPECT_EQ(own.connect().execute<int>("SELECT count(*) FROM car").one(), 0);
}

TEST_F(TransactionTexts, settings_that_are_ignored_inside_of_a_transaction_are_refused) {
    for (const std::string_view text : {"PRAGMA foreign_keys = OFF", "pragma main.journal_mode(DELETE)",
                                        "PRAGMA JOURNAL_MODE = 'delete'", "PRAGMA /* all of it */ foreign_keys(0)"}) {
        auto transaction = connection.begin();
        const std::string refused = refusal(text);
        EXPECT_NE(refused.find(" cannot be set inside of a transaction; set it on a connection that has none open"),
                  std::string::npos)
            << refused;
        EXPECT_TRUE(transaction.is_active());
        transaction.rollback();
    }
    EXPECT_EQ(connection.execute<int>("PRAGMA foreign_keys").one(), 1);
    auto transaction = connection.begin();
    EXPECT_THROW(connection.execute<std::string>("PRAGMA journal_mode = OFF").all(), ProgrammingError);
    EXPECT_THROW(connection.execute("PRAGMA synchronous = OFF"), ProgrammingError) << "SQLite's own refusal";
    EXPECT_EQ(connection.execute<int>("PRAGMA foreign_keys").one(), 1) << "asking is no setting";
    connection.execute("PRAGMA defer_foreign_keys = ON");
    transaction.rollback();
    connection.execute("PRAGMA foreign_keys = OFF");
    EXPECT_EQ(connection.execute<int>("PRAGMA foreign_keys").one(), 0);
}

TEST_F(TransactionTexts, nothing_commits_by_itself_in_a_scope_whose_transaction_the_database_has_ended) {
    insert("old");
    {
        auto transaction = connection.begin();
        insert("lost");
        EXPECT_THROW(connection.execute("INSERT OR ROLLBACK INTO car (name) VALUES ('old')"), IntegrityError);
        EXPECT_FALSE(transaction.is_active());
        EXPECT_FALSE(connection.in_transaction());
        const auto refused = [&](auto action) {
            EXPECT_STREQ(caught<ProgrammingError>(action).what(),
                         "mica: the database has ended this transaction by itself; end its scope, or call rollback(), "
                         "first");
        };
        refused([&] { insert("behind it"); });
        refused([&] { connection.insert(Car{.name = "behind it"}); });
        refused([&] { static_cast<void>(connection.all(select<Car>())); });
        refused([&] { static_cast<void>(connection.begin_nested()); });
        refused([&] { connection.create_all<Boat>(); });
        transaction.rollback();
        insert("new");
    }
    EXPECT_EQ(names(), (Texts{"old", "new"}));
}

TEST_F(TransactionTexts, a_trigger_that_rolls_back_ends_the_scopes_around_it) {
    connection.execute(
        "CREATE TRIGGER t BEFORE INSERT ON car WHEN new.name = 'bad' BEGIN SELECT RAISE(ROLLBACK, 'no'); END");
    {
        auto transaction = connection.begin();
        auto outer = connection.begin_nested();
        auto inner = connection.begin_nested();
        insert("lost");
        EXPECT_THROW(insert("bad"), IntegrityError);
        EXPECT_FALSE(transaction.is_active());
        EXPECT_FALSE(outer.is_active());
        EXPECT_FALSE(inner.is_active());
        EXPECT_THROW(outer.commit(), DatabaseError);
        EXPECT_THROW(transaction.commit(), ProgrammingError);
    }
    insert("new");
    EXPECT_EQ(names(), Texts{"new"});
}

}  // namespace integration_transaction_texts
