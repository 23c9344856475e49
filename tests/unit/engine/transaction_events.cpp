// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

namespace unit_transaction_events {

using namespace mica;

struct Note {
    std::int64_t id = 0;
    std::string text{};
};

struct Veto : std::runtime_error {
    Veto() : std::runtime_error("a listener says no") {}
};

struct TransactionEvents : testing::Test {
    Engine engine{"sqlite://"};
    Connection connection = connect();
    std::string heard;

    Connection connect() const {
        engine.create_all<Note>();
        return engine.connect();
    }
    auto hears(const char* word) {
        return [this, word] { heard += std::string{word} + " "; };
    }
    std::int64_t notes() const { return connection.scalar(select(count()).from<Note>()); }
    std::string last_note() const {
        const auto found = connection.first(select<Note>().order_by(col<&Note::id>.desc()));
        return found ? found->text : "";
    }
};

struct AllTransactionEvents : TransactionEvents {
    ListenerToken tokens[6] = {engine.on_begin(hears("begin")),       engine.on_commit(hears("commit")),
                               engine.on_rollback(hears("rollback")), engine.on_savepoint(hears("savepoint")),
                               engine.on_release(hears("release")),   engine.on_rollback_to(hears("rollback_to"))};
};

TEST_F(AllTransactionEvents, tell_of_a_transactions_begin_and_end) {
    auto kept = connection.begin();
    EXPECT_EQ(heard, "begin ");
    kept.commit();
    EXPECT_EQ(heard, "begin commit ");
    heard.clear();
    {
        const auto undone = connection.begin();
    }
    EXPECT_EQ(heard, "begin rollback ");
}

TEST_F(AllTransactionEvents, tell_of_savepoints) {
    auto transaction = connection.begin();
    auto outer = connection.begin_nested();
    {
        const auto inner = connection.begin_nested();
    }
    outer.commit();
    transaction.commit();
    EXPECT_EQ(heard, "begin savepoint savepoint rollback_to release commit ");
}

TEST_F(AllTransactionEvents, tell_of_a_savepoint_that_is_a_transaction_as_of_one) {
    auto savepoint = connection.begin_nested();
    savepoint.commit();
    EXPECT_EQ(heard, "begin commit ");
}

TEST_F(AllTransactionEvents, tell_of_a_sessions_transactions_and_not_of_its_flushes) {
    Session session{engine};
    session.add(Note{.text = "a"});
    session.add(Note{.text = "b"});
    session.commit();
    EXPECT_EQ(heard, "begin commit ");
    heard.clear();
    session.nested([&] { session.add(Note{.text = "c"}); });
    session.rollback();
    EXPECT_EQ(heard, "begin savepoint release rollback ");
}

TEST_F(AllTransactionEvents, tell_of_readers_and_writers) {
    engine.read([](Reader& reader) { return reader.all(select<Note>()); });
    engine.write([](Session& session) { session.add(Note{.text = "a"}); });
    EXPECT_EQ(heard, "begin rollback begin commit ");
}

TEST_F(AllTransactionEvents, tell_of_a_range_that_is_inserted_as_of_one_transaction) {
    std::vector<Note> several(3);
    connection.insert(several);
    connection.insert(Note{});
    EXPECT_EQ(heard, "begin commit ");
}

TEST_F(AllTransactionEvents, tell_of_what_a_connections_return_rolls_back) {
    {
        const auto other = engine.connect();
        auto transaction = std::optional{other.begin()};
        const auto moved = std::move(*transaction);
        connection = engine.connect();  // the lease goes with `other`, the transaction's handle is still there
        static_cast<void>(moved);
    }
    EXPECT_EQ(heard, "begin rollback ");
}

TEST_F(AllTransactionEvents, tell_of_a_transaction_that_the_database_has_ended) {
    connection.execute("CREATE UNIQUE INDEX only ON Note (text)");
    connection.insert(Note{.text = "a"});
    auto transaction = connection.begin();
    EXPECT_THROW(connection.execute("INSERT OR ROLLBACK INTO Note (text) VALUES ('a')"), IntegrityError);
    transaction.rollback();
    EXPECT_EQ(heard, "begin rollback ");
}

TEST_F(AllTransactionEvents, tell_inside_of_a_test_scope_what_they_tell_elsewhere) {
    const auto scope = test_scope(engine);
    auto transaction = connection.begin();
    transaction.commit();
    EXPECT_EQ(heard, "begin commit ");
}

TEST_F(TransactionEvents, end_with_their_token) {
    auto token = engine.on_begin(hears("begin"));
    connection.begin().commit();
    token.cancel();
    connection.begin().commit();
    EXPECT_EQ(heard, "begin ");
}

TEST_F(TransactionEvents, a_token_may_outlive_its_engine) {
    std::optional<Engine> other{"sqlite://"};
    const auto token = other->on_begin(hears("begin"));
    other->connect().begin().commit();
    other.reset();
    EXPECT_EQ(heard, "begin ");
}

TEST_F(TransactionEvents, are_of_their_engine_only) {
    const Engine other{"sqlite://"};
    const auto token = other.on_begin(hears("begin"));
    connection.begin().commit();
    EXPECT_EQ(heard, "");
}

TEST_F(TransactionEvents, on_begin_runs_statements_inside_of_the_transaction) {
    const auto token = engine.on_begin([](Connection& inside) {
        EXPECT_TRUE(inside.in_transaction());
        inside.insert(Note{.text = "begun"});
    });
    {
        const auto undone = connection.begin();
    }
    EXPECT_EQ(notes(), 0);
    connection.begin().commit();
    EXPECT_EQ(last_note(), "begun");
}

TEST_F(TransactionEvents, on_begin_may_begin_the_transaction_by_its_own_text) {
    const auto token = engine.on_begin([](Connection& inside) { inside.execute("BEGIN"); });
    auto transaction = connection.begin();
    EXPECT_TRUE(connection.in_transaction());
    connection.insert(Note{.text = "a"});
    transaction.rollback();
    EXPECT_EQ(notes(), 0);
    engine.write([](Session& session) { session.add(Note{.text = "b"}); });
    EXPECT_EQ(last_note(), "b");
}

TEST_F(TransactionEvents, a_transaction_that_only_reads_begins_as_it_has_to_whatever_on_begin_says) {
    const auto token = engine.on_begin([](Connection& inside) { inside.execute("BEGIN EXCLUSIVE"); });
    engine.write([](Session& session) { session.add(Note{.text = "a"}); });
    EXPECT_EQ(engine.read([](Reader& reader) { return reader.all(select<Note>()).size(); }), 1U);
    Session reading{engine, read_only};
    EXPECT_EQ(reading.query<Note>().count(), 1);
    reading.rollback();
    EXPECT_FALSE(connection.in_transaction());
}

TEST_F(TransactionEvents, on_begin_may_not_begin_another_one_behind_what_it_has_written) {
    const auto token = engine.on_begin([](Connection& inside) {
        inside.insert(Note{});
        inside.execute("BEGIN");
    });
    EXPECT_THROW((void)connection.begin(), ProgrammingError);
    EXPECT_FALSE(connection.in_transaction());
    EXPECT_EQ(notes(), 0);
}

TEST_F(TransactionEvents, where_on_begin_throws_nothing_has_begun) {
    auto token = engine.on_begin([](Connection& inside) {
        inside.insert(Note{});
        throw Veto{};
    });
    EXPECT_THROW((void)connection.begin(), Veto);
    EXPECT_THROW((void)connection.begin_nested(), Veto);
    EXPECT_THROW(engine.write([](Session&) {}), Veto);
    EXPECT_FALSE(connection.in_transaction());
    token.cancel();
    EXPECT_EQ(notes(), 0);
    connection.begin().commit();
}

TEST_F(TransactionEvents, on_commit_runs_statements_that_are_committed_along) {
    const auto token = engine.on_commit([](Connection& inside) { inside.insert(Note{.text = "committed"}); });
    connection.begin().commit();
    EXPECT_EQ(notes(), 1);
    Session session{engine};
    session.add(Note{.text = "a"});
    session.commit();
    EXPECT_EQ(notes(), 3);
}

TEST_F(TransactionEvents, where_on_commit_throws_the_transaction_is_still_open) {
    auto token = engine.on_commit([] { throw Veto{}; });
    auto transaction = connection.begin();
    connection.insert(Note{});
    EXPECT_THROW(transaction.commit(), Veto);
    EXPECT_TRUE(transaction.is_active());
    transaction.rollback();
    EXPECT_EQ(notes(), 0);
    EXPECT_THROW(connection.insert(std::vector<Note>(2)), Veto);
    EXPECT_EQ(notes(), 0);
}

TEST_F(TransactionEvents, where_on_commit_throws_a_session_keeps_what_is_to_be_committed) {
    auto token = engine.on_commit([] { throw Veto{}; });
    Session session{engine};
    const auto note = session.add(Note{.text = "a"});
    EXPECT_THROW(session.commit(), Veto);
    EXPECT_TRUE(session.in_transaction());
    token.cancel();
    session.commit();
    EXPECT_EQ(last_note(), "a");
    EXPECT_NE(note->id, 0);
}

TEST_F(TransactionEvents, what_on_rollback_throws_comes_behind_the_rollback) {
    auto token = engine.on_rollback([](Connection& behind) {
        EXPECT_FALSE(behind.in_transaction());
        throw Veto{};
    });
    auto transaction = connection.begin();
    connection.insert(Note{});
    EXPECT_THROW(transaction.rollback(), Veto);
    EXPECT_FALSE(transaction.is_active());
    EXPECT_EQ(notes(), 0);
    {
        const auto undone = connection.begin();
    }
    EXPECT_FALSE(connection.in_transaction());
}

TEST_F(TransactionEvents, what_on_rollback_throws_leaves_a_sessions_objects_as_after_a_rollback) {
    const auto token = engine.on_rollback([] { throw Veto{}; });
    Session session{engine};
    const auto note = session.add(Note{.text = "a"});
    session.flush();
    EXPECT_NE(note->id, 0);
    EXPECT_THROW(session.rollback(), Veto);
    EXPECT_FALSE(session.in_transaction());
    EXPECT_EQ(note->id, 0);
}

TEST_F(TransactionEvents, where_on_savepoint_throws_it_is_closed_again) {
    auto token = engine.on_savepoint([](Connection& inside) {
        inside.insert(Note{});
        throw Veto{};
    });
    auto transaction = connection.begin();
    EXPECT_THROW((void)connection.begin_nested(), Veto);
    token.cancel();
    auto savepoint = connection.begin_nested();
    savepoint.commit();
    transaction.commit();
    EXPECT_EQ(notes(), 0);
}

TEST_F(TransactionEvents, where_on_release_throws_the_savepoint_is_still_open) {
    auto token = engine.on_release([] { throw Veto{}; });
    auto transaction = connection.begin();
    auto savepoint = connection.begin_nested();
    connection.insert(Note{});
    EXPECT_THROW(savepoint.commit(), Veto);
    EXPECT_TRUE(savepoint.is_active());
    savepoint.rollback();
    transaction.commit();
    EXPECT_EQ(notes(), 0);
}

TEST_F(TransactionEvents, what_on_rollback_to_throws_comes_behind_it) {
    const auto token = engine.on_rollback_to([] { throw Veto{}; });
    auto transaction = connection.begin();
    auto savepoint = connection.begin_nested();
    connection.insert(Note{});
    EXPECT_THROW(savepoint.rollback(), Veto);
    EXPECT_FALSE(savepoint.is_active());
    transaction.commit();
    EXPECT_EQ(notes(), 0);
    Session session{engine};
    auto nested = session.begin_nested();
    const auto note = session.add(Note{});
    session.flush();
    EXPECT_THROW(nested.rollback(), Veto);
    EXPECT_EQ(note->id, 0);
    session.commit();
    EXPECT_EQ(notes(), 0);
}

TEST_F(TransactionEvents, a_listener_may_open_savepoints_without_being_told_of_them) {
    const auto first = engine.on_savepoint(hears("savepoint"));
    const auto second = engine.on_savepoint([](Connection& inside) {
        auto own = inside.begin_nested();
        inside.insert(Note{});
        own.commit();
    });
    auto transaction = connection.begin();
    connection.begin_nested().commit();
    transaction.commit();
    EXPECT_EQ(heard, "savepoint ");
    EXPECT_EQ(notes(), 1);
}

TEST_F(TransactionEvents, a_listener_may_end_itself_and_subscribe_another) {
    std::optional<ListenerToken> first;
    std::optional<ListenerToken> second;
    first = engine.on_begin([&] {
        second = engine.on_begin(hears("second"));
        heard += "first ";
        first.reset();
    });
    connection.begin().commit();
    connection.begin().commit();
    EXPECT_EQ(heard, "first second ");
}

TEST(ConnectEvent, comes_once_for_each_connection) {
    const test::TemporaryDirectory directory;
    const Engine engine{"sqlite:///" + directory.file("events.db")};
    int heard = 0;
    const auto token = engine.on_connect([&](Connection& opened) {
        EXPECT_FALSE(opened.in_transaction());
        opened.execute("PRAGMA cache_size = -1234");
        ++heard;
    });
    EXPECT_EQ(heard, 0);
    for (int i = 0; i < 2; ++i) {
        const auto first = engine.connect();
        const auto second = engine.connect();
        EXPECT_EQ(first.execute<int>("PRAGMA cache_size").scalar(), -1234);
        first.execute("PRAGMA cache_size = -99");
        EXPECT_EQ(second.execute<int>("PRAGMA cache_size").scalar(), -1234);
    }
    EXPECT_EQ(heard, 2);
}

TEST_F(TransactionEvents, on_connect_reaches_a_connection_that_is_open_already) {
    auto token = engine.on_connect(hears("connect"));
    EXPECT_EQ(notes(), 0);
    EXPECT_EQ(notes(), 0);
    EXPECT_EQ(heard, "connect ");
}

TEST_F(TransactionEvents, where_on_connect_throws_it_is_called_again) {
    const Engine other{"sqlite://"};
    int calls = 0;
    auto token = other.on_connect([&] {
        if (++calls < 3) throw Veto{};
    });
    const auto use = [&] { return other.connect().execute<int>("SELECT 1").scalar(); };
    EXPECT_THROW(use(), Veto);
    EXPECT_THROW(use(), Veto);
    EXPECT_EQ(use(), 1);
    EXPECT_EQ(use(), 1);
    EXPECT_EQ(calls, 3);
}

TEST(CloseEvent, comes_before_a_connection_is_closed) {
    const test::TemporaryDirectory directory;
    for (const std::string& url : {std::string{"sqlite://"}, "sqlite:///" + directory.file("events.db")}) {
        std::optional<Engine> engine{url};
        int heard = 0;
        const auto token = engine->on_close([&](Connection& closing) {
            heard += closing.execute<int>("SELECT 1").scalar();
            throw Veto{};
        });
        std::optional<Connection> connection{engine->connect()};
        connection->execute("SELECT 1");
        engine.reset();
        EXPECT_EQ(heard, 0) << url;
        connection.reset();
        EXPECT_EQ(heard, 1) << url;
    }
}

}  // namespace unit_transaction_events
