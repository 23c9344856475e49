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

TEST_P(SafeOpen, the_schema_is_not_trusted) { EXPECT_EQ(pragma("trusted_schema"), 0); }

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
    EXPECT_EQ(pragma("trusted_schema"), 0);
}

}  // namespace integration_safe_open
