// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <sqlite3.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace integration_safe_open {

using namespace mica;
using mica::test::caught;

/// A file and a database in memory.
struct SafeOpen : testing::TestWithParam<bool> {
    mica::test::TemporaryDirectory directory;
    Engine engine{GetParam() ? "sqlite:///" + directory.file("cars.db") : std::string{"sqlite://"}};
    Connection connection = engine.connect();

    std::int64_t pragma(std::string_view name) {
        return connection.execute<std::int64_t>("PRAGMA " + std::string{name}).one();
    }
};

INSTANTIATE_TEST_SUITE_P(, SafeOpen, testing::Bool(),
                         [](const auto& place) { return place.param ? "file" : "memory"; });

TEST_P(SafeOpen, foreign_keys_are_enforced) {
    EXPECT_EQ(pragma("foreign_keys"), 1);
    connection.execute("CREATE TABLE p (id INTEGER PRIMARY KEY)");
    connection.execute("CREATE TABLE c (p REFERENCES p)");
    const auto error = caught<IntegrityError>([&] { connection.execute("INSERT INTO c VALUES (1)"); });
    EXPECT_EQ(error.kind(), IntegrityError::foreign_key);
}

TEST_P(SafeOpen, a_file_is_written_ahead_and_synced_where_it_matters) {
    EXPECT_EQ(connection.execute<std::string>("PRAGMA journal_mode").one(), GetParam() ? "wal" : "memory");
    EXPECT_EQ(pragma("synchronous"), GetParam() ? 1 : 2);
}

TEST_P(SafeOpen, waits_for_locks) { EXPECT_EQ(pragma("busy_timeout"), 5000); }

TEST_P(SafeOpen, the_schema_is_trusted) { EXPECT_EQ(pragma("trusted_schema"), 1); }

TEST_P(SafeOpen, a_check_of_json_valid_is_enforced) {
    connection.execute("CREATE TABLE t (body TEXT NOT NULL CHECK ((JSON_VALID(\"body\") OR \"body\" IS NULL)))");
    connection.execute("INSERT INTO t VALUES ('[1]')");
    EXPECT_THROW(connection.execute("INSERT INTO t VALUES ('[')"), IntegrityError);
}

TEST_P(SafeOpen, a_full_text_index_follows_its_table_by_triggers) {
    connection.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, body TEXT)");
    connection.execute("CREATE VIRTUAL TABLE found USING fts5 (body, content = 'note', content_rowid = 'id')");
    connection.execute(
        "CREATE TRIGGER note_added AFTER INSERT ON note BEGIN "
        "INSERT INTO found (rowid, body) VALUES (new.id, new.body); END");
    connection.execute("INSERT INTO note VALUES (7, 'a red car')");
    EXPECT_EQ(connection.execute<std::int64_t>("SELECT rowid FROM found WHERE found MATCH 'red'").one(), 7);
}

struct Note {
    std::int64_t id = 0;
    std::string body = "{}";
    std::string tags = "[]";

    static constexpr auto mapping() {
        return table("note", check(json_valid(col<&Note::body>)), default_expr<&Note::tags>(json_array(1)),
                     index_on(json_extract<std::string>(col<&Note::body>, "$.title")).name("note_title"));
    }
};

TEST_P(SafeOpen, functions_of_json_stand_in_a_mapping) {
    connection.create_all<Note>();
    connection.execute("INSERT INTO note (id, body) VALUES (1, '{}')");
    EXPECT_EQ(connection.get<Note>(1).value().tags, "[1]");
    EXPECT_THROW(connection.insert(Note{.body = "no"}), IntegrityError);
}

TEST_P(SafeOpen, a_word_in_double_quotes_is_never_a_string) {
    connection.execute("CREATE TABLE t (a TEXT)");
    const auto error = caught<SchemaMismatch>([&] { connection.execute(R"(SELECT "typo")"); });
    EXPECT_TRUE(std::string_view{error.what()}.starts_with("no such column: ")) << error.what();
    EXPECT_THROW(connection.execute(R"(INSERT INTO t VALUES ("typo"))"), DatabaseError);
    EXPECT_THROW(connection.execute(R"(CREATE TABLE u (a TEXT CHECK (a <> "typo")))"), DatabaseError);
}

TEST_P(SafeOpen, the_schema_table_cannot_be_written) {
    connection.execute("CREATE TABLE t (a)");
    connection.execute("PRAGMA writable_schema = ON");
    EXPECT_THROW(connection.execute("DELETE FROM sqlite_schema"), DatabaseError);
}

TEST_P(SafeOpen, loads_no_extensions) {
    EXPECT_THROW(connection.execute("SELECT load_extension('libm.so.6')"), DatabaseError);
}

TEST_P(SafeOpen, errors_have_extended_codes) {
    connection.execute("CREATE TABLE t (a PRIMARY KEY)");
    connection.execute("INSERT INTO t VALUES (1)");
    const auto error = caught<IntegrityError>([&] { connection.execute("INSERT INTO t VALUES (1)"); });
    EXPECT_EQ(error.code(), SQLITE_CONSTRAINT);
    EXPECT_EQ(error.extended_code(), SQLITE_CONSTRAINT_PRIMARYKEY);
}

TEST_P(SafeOpen, a_later_lease_has_the_same_settings) {
    {
        const Connection ended = std::move(connection);
    }
    connection = engine.connect();
    EXPECT_EQ(pragma("foreign_keys"), 1);
    EXPECT_EQ(pragma("trusted_schema"), 1);
}

}  // namespace integration_safe_open
