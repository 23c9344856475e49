// SPDX-License-Identifier: BSL-1.0
#include <mica/sqlite/backend.hpp>

#include <support/caught.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace unit_sqlite_backend {

using mica::sqlite::Backend;
using mica::sqlite::OpenMode;

TEST(SqliteBackend, makes_a_target_of_a_url) {
    const Backend::Target target = Backend::parse("sqlite:////srv/a%20car.db?mode=ro", 3000);
    EXPECT_EQ(target.path, "/srv/a car.db");
    EXPECT_EQ(target.options.mode, OpenMode::read_only);
    EXPECT_EQ(target.options.busy_timeout_ms, 3000);
    EXPECT_EQ(Backend::parse("sqlite:////srv/a.db?busy_timeout=5", 3000).options.busy_timeout_ms, 5);
}

TEST(SqliteBackend, expects_no_enemy_unless_it_is_told_to) {
    EXPECT_FALSE(Backend::parse("sqlite:///a.db", 1).options.untrusted);
    EXPECT_TRUE(Backend::parse("sqlite:///a.db", 1, true).options.untrusted);
}

TEST(SqliteBackend, a_database_in_memory_has_no_path) {
    EXPECT_EQ(Backend::parse("sqlite://", 1).path, "");
    EXPECT_EQ(Backend::parse("sqlite:///:memory:", 1).options.mode, OpenMode::memory);
}

TEST(SqliteBackend, resolves_a_relative_path_when_it_is_parsed) {
    const mica::test::TemporaryDirectory directory;
    const std::filesystem::path before = std::filesystem::current_path();
    std::filesystem::current_path(directory.path());
    const Backend::Target target = Backend::parse("sqlite:///cars.db", 1);
    std::filesystem::current_path(before);
    EXPECT_EQ(target.path, (std::filesystem::canonical(directory.path()) / "cars.db").string());
}

TEST(SqliteBackend, says_that_its_library_cannot_encrypt) {
    const auto error =
        mica::test::caught<mica::ProgrammingError>([] { Backend::parse("sqlite+sqlcipher://:s3cret@/x.db", 1); });
    EXPECT_STREQ(error.what(), "the SQLite library of this program cannot encrypt; link mica::sqlcipher");
}

TEST(SqliteBackend, keeps_the_url_for_people) {
    EXPECT_EQ(Backend::parse("sqlite:///cars.db?mode=ro", 1).url, "sqlite:///cars.db?mode=ro");
}

TEST(SqliteBackend, opens_what_it_parsed) {
    auto database = Backend::open(Backend::parse("sqlite://", 1));
    database.execute_script("CREATE TABLE t (a); INSERT INTO t VALUES (1);");
    EXPECT_EQ(database.revision(), 1);
    EXPECT_FALSE(database.in_transaction());
    EXPECT_EQ(Backend::dialect.name, "SQLite");
}

}  // namespace unit_sqlite_backend
