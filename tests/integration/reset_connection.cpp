// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace integration_reset_connection {

using namespace mica;
using mica::test::caught;

/// A file and a database in memory.
struct ResetConnection : testing::TestWithParam<bool> {
    mica::test::TemporaryDirectory directory;
    Engine engine{GetParam() ? "sqlite:///" + directory.file("cars.db") : std::string{"sqlite://"}};

    std::string answer(std::string_view question) { return ask(engine.connect(), question); }
    static std::string ask(const Connection& connection, std::string_view question) {
        auto rows = connection.execute<std::optional<std::string>>("SELECT CAST(\"" + std::string{question} +
                                                                   "\" AS TEXT) FROM pragma_" + std::string{question});
        const auto first = rows.first();
        return first ? first->value_or("") : "";
    }
};

INSTANTIATE_TEST_SUITE_P(, ResetConnection, testing::Bool(),
                         [](const auto& place) { return place.param ? "file" : "memory"; });

TEST_P(ResetConnection, where_queries_without_rows_call_back_a_check_is_found_all_the_same) {
    const Connection connection = engine.connect();
    connection.execute("CREATE TABLE car (seats INTEGER, CONSTRAINT has_seats CHECK (seats > 0))");
    connection.execute("ATTACH ':memory:' AS empty");
    connection.execute("PRAGMA empty_result_callbacks = ON");
    try {
        connection.execute("INSERT INTO car VALUES (0)");
        ADD_FAILURE();
    } catch (const IntegrityError& error) {
        EXPECT_EQ(error.table(), "car");
    }
}

TEST_P(ResetConnection, a_setting_of_a_text_that_is_refused_is_not_there_for_the_next_lease) {
    EXPECT_THROW(engine.connect().execute("PRAGMA foreign_keys = OFF; SELECT 1"), ProgrammingError);
    EXPECT_EQ(answer("foreign_keys"), "1");
}

TEST_P(ResetConnection, a_setting_of_one_lease_is_not_there_for_the_next) {
    for (const auto& [name, value] : {std::pair{"foreign_keys", "0"},
                                      {"recursive_triggers", "1"},
                                      {"query_only", "1"},
                                      {"ignore_check_constraints", "1"},
                                      {"trusted_schema", "0"},
                                      {"reverse_unordered_selects", "1"},
                                      {"count_changes", "1"},
                                      {"empty_result_callbacks", "1"},
                                      {"cell_size_check", "1"},
                                      {"synchronous", "0"},
                                      {"cache_size", "17"},
                                      {"automatic_index", "0"},
                                      {"secure_delete", "0"},
                                      {"temp_store", "2"},
                                      {"analysis_limit", "55"}}) {
        const std::string before = answer(name);
        {
            const Connection connection = engine.connect();
            static_cast<void>(connection.execute("PRAGMA " + std::string{name} + " = " + value));
            EXPECT_EQ(ask(connection, name), value) << name;
        }
        EXPECT_EQ(answer(name), before) << name;
        EXPECT_NE(before, value) << name;
    }
}

TEST_P(ResetConnection, the_same_pragma_is_undone_each_time) {
    for (int lease = 0; lease < 3; ++lease) {
        engine.connect().execute("PRAGMA foreign_keys = OFF");
        EXPECT_EQ(answer("foreign_keys"), "1") << lease;
    }
}

TEST_P(ResetConnection, like_does_not_begin_to_tell_upper_from_lower_case) {
    engine.connect().execute("pragma case_sensitive_like = on");
    EXPECT_EQ(engine.connect().execute<int>("SELECT 'a' LIKE 'A'").one(), 1);
}

TEST_P(ResetConnection, temporary_objects_are_gone) {
    {
        const Connection connection = engine.connect();
        connection.execute("CREATE TABLE t (a)");
        connection.execute("CREATE TEMP TABLE mine (id INTEGER PRIMARY KEY)");
        connection.execute("CREATE TEMPORARY TABLE child (mine REFERENCES mine)");
        connection.execute("INSERT INTO mine VALUES (1)");
        connection.execute("INSERT INTO child VALUES (1)");
        connection.execute("CREATE TABLE temp.third (a)");
        connection.execute("CREATE TABLE 'temp'.fourth (a)");
        connection.execute("CREATE TEMP TRIGGER none BEFORE INSERT ON main.t BEGIN SELECT RAISE(ABORT, 'no'); END");
        EXPECT_THROW(connection.execute("INSERT INTO t VALUES (1)"), DatabaseError);
    }
    const Connection connection = engine.connect();
    EXPECT_EQ(connection.execute<int>("SELECT count(*) FROM sqlite_temp_schema").one(), 0);
    connection.execute("INSERT INTO t VALUES (1)");
    EXPECT_THROW(static_cast<void>(connection.execute<int>("SELECT id FROM mine").all()), SchemaMismatch);
}

TEST_P(ResetConnection, an_open_transaction_is_rolled_back_and_the_settings_are_those_of_open) {
    engine.connect().execute("CREATE TABLE t (a)");
    {
        const Connection connection = engine.connect();
        connection.execute("PRAGMA foreign_keys = OFF");
        connection.execute("BEGIN");
        connection.execute("PRAGMA defer_foreign_keys = ON");
        connection.execute("INSERT INTO t VALUES (1)");
    }
    EXPECT_EQ(engine.connect().execute<int>("SELECT count(*) FROM t").one(), 0);
    EXPECT_EQ(answer("foreign_keys"), "1");
    EXPECT_EQ(answer("defer_foreign_keys"), "0");
}

TEST_P(ResetConnection, what_a_reader_is_kept_from_is_no_setting_of_open) {
    engine.connect().execute("CREATE TABLE t (a)");
    engine.read([](Reader& reader) { return reader.execute<int>("PRAGMA recursive_triggers").all(); });
    engine.connect().execute("PRAGMA recursive_triggers = ON");
    engine.connect().execute("INSERT INTO t VALUES (1)");
    EXPECT_EQ(answer("recursive_triggers"), "0");
}

TEST_P(ResetConnection, a_session_gives_it_back_as_it_was_too) {
    {
        Session session{engine};
        session.execute("PRAGMA ignore_check_constraints = ON");
        session.execute("CREATE TEMP TABLE mine (a)");
        session.rollback();
    }
    EXPECT_EQ(answer("ignore_check_constraints"), "0");
}

TEST_P(ResetConnection, settings_of_a_test_scope_are_those_of_open_when_it_has_ended) {
    {
        const TestScope scope = test_scope(engine);
        const Connection connection = engine.connect();
        connection.execute("PRAGMA ignore_check_constraints = ON");
        connection.execute("CREATE TEMP TABLE mine (a)");
    }
    EXPECT_EQ(answer("ignore_check_constraints"), "0");
    EXPECT_EQ(engine.connect().execute<int>("SELECT count(*) FROM sqlite_temp_schema").one(), 0);
}

TEST(ResetConnectionText, tells_texts_that_may_change_settings_from_others) {
    using sqlite::Settings;
    EXPECT_TRUE(Settings::may_change("PRAGMA foreign_keys = OFF"));
    EXPECT_TRUE(Settings::may_change("/* */ pRaGmA x"));
    EXPECT_TRUE(Settings::may_change("create TEMP view v as select 1"));
    EXPECT_TRUE(Settings::may_change("INSERT INTO \"temp\".t VALUES (1)"));
    EXPECT_TRUE(Settings::may_change("CREATE TABLE 'temp'.t (a)"));
    EXPECT_FALSE(Settings::may_change(""));
    EXPECT_FALSE(Settings::may_change("SELECT * FROM t WHERE p = 'prag'"));
    EXPECT_FALSE(Settings::may_change("SELECT tem"));
    EXPECT_FALSE(Settings::may_change("SELECT attempts, template, temp_, \xc3\xa4temp FROM pragma_table_info('t')"));
}

}  // namespace integration_reset_connection
