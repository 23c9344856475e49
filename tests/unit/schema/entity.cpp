// SPDX-License-Identifier: BSL-1.0
// What is a flaw and what is none: SQLite's own word on it. The flaws are in compile_time/.
#include <mica/codec/arithmetic.hpp>
#include <mica/codec/blob.hpp>
#include <mica/codec/text.hpp>
#include <mica/query/expression/column.hpp>
#include <mica/query/expression/predicate.hpp>
#include <mica/schema/ddl.hpp>
#include <mica/schema/entity.hpp>

#include <support/raw_sqlite.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>

namespace unit_entity {

using namespace mica;
using mica::test::RawDatabase;

TEST(Entity, column_names_differ_by_more_than_the_case_of_ascii_letters) {
    RawDatabase database;
    EXPECT_EQ(database.complaint(R"(CREATE TABLE t ("name" TEXT, "NAME" TEXT))"), "duplicate column name: NAME");
    EXPECT_EQ(database.complaint(R"(CREATE TABLE t ("ä" TEXT, "Ä" TEXT))"), "");
    EXPECT_TRUE(detail::same_name("name_Z", "NAME_z"));
    EXPECT_FALSE(detail::same_name("ä", "Ä"));
    EXPECT_FALSE(detail::same_name("name", "names"));
    EXPECT_FALSE(detail::same_name("a@", "a`"));  // neighbours of the letters, as far apart as their cases
    EXPECT_FALSE(detail::same_name("a[", "a{"));
}

TEST(Entity, autoincrement_is_for_an_integer_key_with_a_rowid) {
    RawDatabase database;
    EXPECT_EQ(database.complaint("CREATE TABLE t (id TEXT PRIMARY KEY AUTOINCREMENT)"),
              "AUTOINCREMENT is only allowed on an INTEGER PRIMARY KEY");
    EXPECT_EQ(database.complaint("CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT) WITHOUT ROWID"),
              "AUTOINCREMENT not allowed on WITHOUT ROWID tables");
}

struct Parent {
    std::int64_t id = 0;
    std::int64_t part = 0;
    std::int64_t first = 0;
    std::int64_t second = 0;
    static constexpr auto mapping() {
        return table(mica::index<&Parent::part>.unique().where(col<&Parent::part> > 0),
                     unique<&Parent::first, &Parent::second>);
    }
};

struct Child {
    std::int64_t id = 0;
    std::int64_t one = 0;
    std::int64_t two = 0;
    static constexpr auto mapping() {
        return table(foreign_key_to<Parent>(from<&Child::one, &Child::two>, to<&Parent::second, &Parent::first>));
    }
};

TEST(Entity, a_foreign_key_references_a_whole_key_in_any_order) {
    RawDatabase database;
    database.must(ddl<Parent>);
    database.must(ddl<Child>);
    database.must("INSERT INTO Parent VALUES (1, 1, 10, 20); INSERT INTO Child VALUES (1, 20, 10)");
    EXPECT_EQ(database.complaint("INSERT INTO Child VALUES (2, 10, 20)"), "FOREIGN KEY constraint failed");
    for (const std::string column : {"part", "first"}) {
        database.must("DROP TABLE IF EXISTS wrong");
        database.must("CREATE TABLE wrong (a INTEGER REFERENCES Parent (" + column + "))");
        EXPECT_EQ(database.complaint("INSERT INTO wrong VALUES (1)"),
                  "foreign key mismatch - \"wrong\" referencing \"Parent\"");
    }
}

struct TextKey {
    std::string id;
    static constexpr auto mapping() { return table(not_strict); }
};

TEST(Entity, no_key_is_ever_null_as_sqlite_would_have_it) {
    RawDatabase database;
    database.must("CREATE TABLE theirs (id TEXT PRIMARY KEY); INSERT INTO theirs VALUES (NULL), (NULL)");
    database.must(ddl<TextKey>);
    EXPECT_EQ(database.complaint("INSERT INTO TextKey VALUES (NULL)"), "NOT NULL constraint failed: TextKey.id");
}

}  // namespace unit_entity
