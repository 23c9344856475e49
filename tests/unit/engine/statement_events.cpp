// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <support/recorded_engine.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace unit_statement_events {

using namespace mica;

struct Note {
    std::int64_t id = 0;
    std::string text{};
    static constexpr auto mapping() { return table("note", unique<&Note::text>); }
};

struct Veto : std::runtime_error {
    Veto() : std::runtime_error("a listener says no") {}
};

struct StatementEvents : testing::Test {
    Engine engine{"sqlite://"};
    Connection connection = connect();
    std::vector<std::string> heard;  ///< the first word, and the number of rows

    Connection connect() const {
        engine.create_all<Note>();
        return engine.connect();
    }
    auto hears() {
        return [this](const StatementEvent& event) {
            heard.push_back(std::string{event.sql.substr(0, event.sql.find(' '))} + " " + std::to_string(event.rows) +
                            (event.has_failed ? " failed" : ""));
        };
    }
    using Heard = std::vector<std::string>;
};

TEST_F(StatementEvents, tell_how_many_rows_a_statement_has_given_or_changed) {
    connection.insert(std::vector<Note>{{.text = "a"}, {.text = "b"}});
    const auto token = engine.on_statement(hears());
    EXPECT_EQ(connection.all(select<Note>()).size(), 2U);
    connection.first(select<Note>());
    connection.get<Note>(1);
    connection.get<Note>(77);
    connection.scalar(select(count()).from<Note>());
    connection.execute(update<Note>().set(col<&Note::text> = col<&Note::text> || "!").all_rows());
    connection.execute("DELETE FROM note WHERE id = ?", 1);
    connection.all(delete_from<Note>().all_rows().returning<Note>());
    connection.execute("DELETE FROM note");
    EXPECT_EQ(heard, (Heard{"SELECT 2", "SELECT 1", "SELECT 1", "SELECT 0", "SELECT 1", "UPDATE 2", "DELETE 1",
                            "DELETE 1", "DELETE 0"}));
}

TEST_F(StatementEvents, tell_of_a_range_of_objects_as_of_one_statement) {
    const auto token = engine.on_statement(hears());
    connection.insert(std::vector<Note>{{.text = "a"}, {.text = "b"}, {.text = "c"}});
    connection.execute(insert_into<Note>().values(std::vector<Note>{{.text = "d"}, {.text = "e"}}));
    EXPECT_EQ(heard, (Heard{"BEGIN 0", "INSERT 3", "COMMIT 0", "BEGIN 0", "INSERT 2", "COMMIT 0"}));
}

TEST_F(StatementEvents, tell_of_each_row_that_a_session_writes) {
    Session session{engine};
    const auto first = session.add(Note{.text = "a"});
    session.add(Note{.text = "b"});
    session.commit();
    const auto token = engine.on_statement(hears());
    first->text = "c";
    session.query<Note>().all();
    session.get<Note>(2)->text = "d";
    session.add(Note{.text = "e"});
    session.remove(first);
    session.commit();
    EXPECT_EQ(heard, (Heard{"BEGIN 0", "UPDATE 1", "SELECT 2", "SAVEPOINT 0", "INSERT 1", "UPDATE 1", "DELETE 1",
                            "RELEASE 0", "COMMIT 0"}));
}

TEST_F(StatementEvents, tell_of_a_stream_when_it_has_been_read) {
    connection.insert(std::vector<Note>{{.text = "a"}, {.text = "b"}});
    const auto token = engine.on_statement(hears());
    {
        auto result = connection.execute(select<Note>());
        EXPECT_TRUE(heard.empty());
        for (const Note& note : result) static_cast<void>(note);
        EXPECT_EQ(heard, Heard{"SELECT 2"});
    }
    {
        auto result = connection.execute(select<Note>());
        static_cast<void>(result.begin());
    }
    EXPECT_EQ(heard, (Heard{"SELECT 2", "SELECT 1"}));
}

TEST_F(StatementEvents, tell_of_several_streams_at_once) {
    connection.insert(std::vector<Note>{{.text = "a"}, {.text = "b"}});
    const auto token = engine.on_statement(hears());
    for (const Note& outer : connection.execute(select<Note>())) {
        for (const Note& inner : connection.execute(select<Note>().where(col<&Note::id> >= outer.id))) {
            static_cast<void>(inner);
        }
    }
    EXPECT_EQ(heard, (Heard{"SELECT 2", "SELECT 1", "SELECT 2"}));
}

TEST_F(StatementEvents, tell_of_a_statement_that_is_refused) {
    connection.insert(Note{.text = "a"});
    const auto token = engine.on_statement(hears());
    EXPECT_THROW(connection.insert(Note{.text = "a"}), IntegrityError);
    EXPECT_THROW(connection.execute("COMMIT"), ProgrammingError);
    EXPECT_EQ(heard, (Heard{"INSERT 0 failed", "COMMIT 0 failed"}));
}

TEST_F(StatementEvents, tell_how_long_it_took) {
    std::chrono::nanoseconds elapsed{};
    const auto token = engine.on_statement([&](const StatementEvent& event) { elapsed = event.elapsed; });
    for (const int value : connection.execute<int>("VALUES (1)")) {
        static_cast<void>(value);
        std::this_thread::sleep_for(std::chrono::milliseconds{2});
    }
    EXPECT_GE(elapsed, std::chrono::milliseconds{2});
    EXPECT_LT(elapsed, std::chrono::minutes{1});
}

TEST_F(StatementEvents, show_values_only_to_who_has_asked) {
    std::string shown;
    std::string shown_with_values;
    const auto token = engine.on_statement(
        [&](const StatementEvent& event) { shown += std::string{event.sql} + std::string{event.sql_with_values}; });
    const auto second = engine.on_statement(
        [&](const StatementEvent& event) { shown_with_values += std::string{event.sql_with_values} + ";"; },
        with_values);
    connection.insert(Note{.text = "it's secret"});
    connection.execute("SELECT ?", "secret");
    connection.begin().commit();
    EXPECT_EQ(shown.find("secret"), shown.npos) << shown;
    EXPECT_EQ(
        shown_with_values,
        R"(INSERT INTO "note" ("id", "text") VALUES (NULL, 'it''s secret');SELECT 'secret';BEGIN IMMEDIATE;COMMIT;)");
}

TEST_F(StatementEvents, what_a_listener_throws_comes_out_of_the_statement) {
    auto token = engine.on_statement([](const StatementEvent&) { throw Veto{}; });
    Note note{.text = "a"};
    EXPECT_THROW(connection.insert(note), Veto);
    EXPECT_EQ(note.id, 1) << "the row is there, and so is its key";
    EXPECT_THROW(connection.all(select<Note>()), Veto);
    EXPECT_THROW(connection.first(select<Note>()), Veto);
    EXPECT_THROW(connection.one(select<Note>()), Veto);
    EXPECT_THROW(connection.scalar(select<Note>()), Veto);
    EXPECT_THROW(connection.get<Note>(1), Veto);
    EXPECT_THROW(connection.execute("SELECT 1"), Veto);
    EXPECT_THROW((void)connection.execute<int>("SELECT 1 WHERE 0"), Veto);
    EXPECT_THROW((void)connection.execute<int>("SELECT 1").all(), Veto);
    EXPECT_THROW((void)connection.execute<int>("SELECT 1").one(), Veto);
    EXPECT_THROW((void)connection.execute<int>("SELECT 1").first(), Veto);
    token.cancel();
    EXPECT_EQ(connection.all(select<Note>()).size(), 1U);
}

TEST_F(StatementEvents, what_a_listener_throws_undoes_a_range_of_objects) {
    auto token = engine.on_statement([](const StatementEvent& event) {
        if (event.sql.starts_with("INSERT")) throw Veto{};
    });
    EXPECT_THROW(connection.insert(std::vector<Note>{{.text = "a"}, {.text = "b"}}), Veto);
    token.cancel();
    EXPECT_TRUE(connection.all(select<Note>()).empty());
}

TEST_F(StatementEvents, what_a_listener_throws_at_begin_leaves_no_transaction) {
    auto token = engine.on_statement([](const StatementEvent& event) {
        if (event.sql.starts_with("BEGIN")) throw Veto{};
    });
    EXPECT_THROW((void)connection.begin(), Veto);
    EXPECT_FALSE(connection.in_transaction());
    Session session{engine};
    EXPECT_THROW(session.begin(), Veto);
    EXPECT_FALSE(session.in_transaction());
}

TEST_F(StatementEvents, what_a_listener_throws_behind_a_commit_leaves_it_committed) {
    auto token = engine.on_statement([](const StatementEvent& event) {
        if (event.sql == "COMMIT") throw Veto{};
    });
    auto transaction = connection.begin();
    connection.insert(Note{.text = "a"});
    EXPECT_THROW(transaction.commit(), Veto);
    EXPECT_FALSE(transaction.is_active());
    EXPECT_FALSE(connection.in_transaction());
    Session session{engine};
    bool is_told = false;
    const auto committed = session.on_after_commit([&] { is_told = true; });
    const auto note = session.add(Note{.text = "b"});
    EXPECT_THROW(session.commit(), Veto);
    EXPECT_FALSE(session.in_transaction());
    EXPECT_TRUE(is_told);
    EXPECT_FALSE(session.is_modified(note));
    session.rollback();
    EXPECT_EQ(connection.all(select<Note>()).size(), 2U);
}

TEST_F(StatementEvents, what_a_listener_throws_fails_a_flush_that_can_be_done_again) {
    auto token = engine.on_statement([](const StatementEvent& event) {
        if (event.sql.starts_with("INSERT")) throw Veto{};
    });
    Session session{engine};
    const auto first = session.add(Note{.text = "a"});
    session.add(Note{.text = "b"});
    EXPECT_THROW(session.flush(), Veto);
    EXPECT_EQ(first->id, 0);
    token.cancel();
    session.commit();
    EXPECT_EQ(connection.all(select<Note>()).size(), 2U);
}

TEST_F(StatementEvents, a_listeners_own_statements_on_the_connection_are_not_told) {
    const auto token = engine.on_statement([&](const StatementEvent& event) {
        connection.execute("SELECT 1");
        heard.emplace_back(event.sql);
    });
    connection.execute("SELECT 2");
    EXPECT_EQ(heard, Heard{"SELECT 2"});
}

TEST_F(StatementEvents, tell_what_listeners_of_other_events_run) {
    const auto begin = engine.on_begin([](Connection& inside) { inside.execute("SELECT 1"); });
    const auto connect = engine.on_connect([](Connection& opened) { opened.execute("PRAGMA cache_size = -99"); });
    const auto token = engine.on_statement(hears());
    connection.begin().commit();
    EXPECT_EQ(heard, (Heard{"PRAGMA 0", "BEGIN 0", "SELECT 1", "COMMIT 0"}));
}

TEST_F(StatementEvents, begin_for_a_connection_that_is_open_and_end_with_the_token) {
    connection.execute("SELECT 1");
    {
        const auto token = engine.on_statement(hears());
        connection.execute("SELECT 1");
    }
    connection.execute("SELECT 1");
    EXPECT_EQ(heard, Heard{"SELECT 1"});
}

TEST_F(StatementEvents, a_statement_that_runs_when_its_listener_comes_or_goes_does_not_matter) {
    auto unheard = connection.execute<int>("VALUES (1), (2)");
    {
        const auto token = engine.on_statement(hears());
        EXPECT_EQ(unheard.all().size(), 2U);
        auto heard_no_more = connection.execute<int>("VALUES (1), (2)");
        static_cast<void>(heard_no_more);
    }
    connection.execute("SELECT 1");
    EXPECT_EQ(heard, Heard{"VALUES 1"});
}

TEST_F(StatementEvents, are_told_by_a_database_that_counts_no_rows) {
    test::Recording recording;
    const test::RecordingEngine other{"sqlite://"};
    std::string told;
    const auto token = other.on_statement([&](const StatementEvent& event) {
        told += std::string{event.sql} + std::string{event.sql_with_values} + std::to_string(event.rows) + ";";
    });
    const auto own = other.connect();
    own.execute("DELETE FROM t");
    own.execute("SELECT 1");
    EXPECT_EQ(told, "DELETE FROM t1;SELECT 10;");
}

struct Sunk {
    inline static std::vector<std::string> lines{};
    static void take(std::string_view line) { lines.emplace_back(line); }
};

TEST(EchoSink, gets_each_line_with_its_time) {
    Sunk::lines.clear();
    const Engine engine{"sqlite://", {.echo = Echo::sql, .echo_sink = &Sunk::take}};
    const auto connection = engine.connect();
    connection.execute("SELECT ?", "secret");
    EXPECT_THROW(connection.execute("INSERT INTO missing VALUES (1)"), SchemaMismatch);
    EXPECT_THROW(connection.execute("SELECT abs(?)", std::int64_t{std::numeric_limits<std::int64_t>::min()}),
                 DataError);
    ASSERT_EQ(Sunk::lines.size(), 2U);
    EXPECT_TRUE(Sunk::lines[0].starts_with("mica: SELECT ? (1 row, ")) << Sunk::lines[0];
    EXPECT_TRUE(Sunk::lines[0].ends_with(" ms)")) << Sunk::lines[0];
    EXPECT_TRUE(Sunk::lines[1].starts_with("mica: SELECT abs(?) (failed, ")) << Sunk::lines[1];
}

TEST(EchoSink, is_not_called_where_nothing_is_shown) {
    Sunk::lines.clear();
    const Engine engine{"sqlite://", {.echo_sink = &Sunk::take}};
    engine.connect().execute("SELECT 1");
    EXPECT_TRUE(Sunk::lines.empty());
}

struct ErrorEvents : StatementEvents {
    std::vector<std::string> errors;
    auto notes() {
        return [this](const DatabaseError& error) {
            errors.emplace_back(dynamic_cast<const IntegrityError*>(&error) != nullptr   ? "integrity"
                                : dynamic_cast<const SchemaMismatch*>(&error) != nullptr ? "schema"
                                                                                         : "other");
        };
    }
};

TEST_F(ErrorEvents, tell_of_each_error_of_the_database) {
    const auto token = engine.on_error(notes());
    connection.insert(Note{.text = "a"});
    EXPECT_THROW(connection.insert(Note{.text = "a"}), IntegrityError);
    EXPECT_THROW(connection.execute("SELECT * FROM missing"), SchemaMismatch);
    EXPECT_THROW(connection.execute("SELEKT"), ProgrammingError);
    EXPECT_THROW((void)connection.one(select<Note>().where(col<&Note::id> == 77)), NoResultFound);
    EXPECT_EQ(errors, (Heard{"integrity", "schema", "other"}));
}

TEST_F(ErrorEvents, are_ended_with_the_token) {
    {
        const auto token = engine.on_error(notes());
        connection.execute("SELECT 1");
    }
    connection.execute("SELECT 1");
    EXPECT_THROW(connection.execute("SELEKT"), ProgrammingError);
    EXPECT_TRUE(errors.empty());
}

TEST_F(ErrorEvents, what_a_listener_throws_takes_the_errors_place) {
    auto token = engine.on_error([](const DatabaseError&) { throw Veto{}; });
    connection.insert(Note{.text = "a"});
    auto transaction = connection.begin();
    EXPECT_THROW(connection.insert(Note{.text = "a"}), Veto);
    connection.insert(Note{.text = "b"});
    transaction.commit();
    EXPECT_EQ(connection.all(select<Note>()).size(), 2U);
}

TEST_F(ErrorEvents, a_listener_may_ask_the_database) {
    const auto token = engine.on_error([&](const DatabaseError&) {
        EXPECT_EQ(connection.scalar(select(count()).from<Note>()), 1);
        EXPECT_THROW(connection.execute("SELEKT"), ProgrammingError);
        errors.emplace_back("told");
    });
    connection.insert(Note{.text = "a"});
    EXPECT_THROW(connection.insert(Note{.text = "a"}), IntegrityError);
    EXPECT_EQ(errors, Heard{"told"});
}

TEST_F(ErrorEvents, tell_of_a_file_that_cannot_be_opened) {
    const test::TemporaryDirectory directory;
    const Engine missing{"sqlite:///" + directory.file("missing.db") + "?mode=rw"};
    const auto token = missing.on_error(notes());
    EXPECT_THROW((void)missing.connect(), OperationalError);
    EXPECT_EQ(errors, Heard{"other"});
}

TEST_F(ErrorEvents, tell_of_a_commit_that_is_refused) {
    connection.execute("CREATE TABLE child (note INTEGER REFERENCES note DEFERRABLE INITIALLY DEFERRED)");
    const auto token = engine.on_error(notes());
    auto transaction = connection.begin();
    connection.execute("INSERT INTO child VALUES (77)");
    EXPECT_THROW(transaction.commit(), IntegrityError);
    EXPECT_EQ(errors, Heard{"integrity"});
    EXPECT_TRUE(transaction.is_active());
}

}  // namespace unit_statement_events
