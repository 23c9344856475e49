// SPDX-License-Identifier: BSL-1.0
// Tables of others in which the key's column is not the rowid: SQLite stores NULL for a key that is not given.
#include <mica/mica.hpp>

#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace integration_keys_that_nobody_chooses {
namespace {

using mica::col;

struct Town {
    std::int64_t id = 0;
    std::string name;
    static constexpr auto mapping() { return mica::table("town"); }
};

std::vector<Town> towns(int count) {
    std::vector<Town> all;
    for (int i = 0; i < count; ++i) all.push_back({0, "town " + std::to_string(i)});
    return all;
}

struct KeysThatNobodyChooses : testing::TestWithParam<const char*> {
    KeysThatNobodyChooses() { connection.execute(GetParam()); }

    std::int64_t rows() { return connection.scalar(mica::select(mica::count()).from<Town>()); }

    mica::Engine engine{"sqlite://"};
    mica::Connection connection = engine.connect();
};

TEST_P(KeysThatNobodyChooses, are_refused_for_an_object) {
    Town town{0, "Aalen"};
    EXPECT_THROW(connection.insert(town), mica::SchemaMismatch);
    EXPECT_EQ(town.id, 0);
    EXPECT_EQ(rows(), 0);
}

TEST_P(KeysThatNobodyChooses, are_refused_for_a_const_object) {
    const Town town{0, "Aalen"};
    EXPECT_THROW(connection.insert(town), mica::SchemaMismatch);
    EXPECT_EQ(rows(), 0);
}

TEST_P(KeysThatNobodyChooses, are_refused_for_an_upsert) {
    Town town{0, "Aalen"};
    EXPECT_ANY_THROW(connection.upsert(town));
    EXPECT_EQ(rows(), 0);
}

TEST_P(KeysThatNobodyChooses, are_refused_for_a_range) {
    auto all = towns(20);
    EXPECT_THROW(connection.insert(all), mica::SchemaMismatch);
    EXPECT_EQ(all[3].id, 0);
    EXPECT_EQ(rows(), 0);
}

TEST_P(KeysThatNobodyChooses, are_refused_for_a_const_range_in_a_transaction) {
    auto transaction = connection.begin();
    const auto all = towns(20);
    EXPECT_THROW(connection.insert(all), mica::SchemaMismatch);
    transaction.commit();
    EXPECT_EQ(rows(), 0);
}

TEST_P(KeysThatNobodyChooses, are_refused_in_a_range_for_the_one_object_without_a_key) {
    auto all = towns(20);
    for (std::size_t i = 0; i < all.size(); ++i) all[i].id = static_cast<std::int64_t>(i);
    EXPECT_THROW(connection.insert(all), mica::SchemaMismatch);
    EXPECT_EQ(rows(), 0);
}

TEST_P(KeysThatNobodyChooses, are_refused_for_an_object_of_a_session) {
    mica::Session session{connection};
    const auto town = session.add(Town{0, "Aalen"});
    EXPECT_THROW(session.flush(), mica::SchemaMismatch);
    EXPECT_EQ(rows(), 0);
}

TEST_P(KeysThatNobodyChooses, are_refused_for_many_objects_of_a_session) {
    mica::Session session{connection};
    session.add_all(towns(20));
    EXPECT_THROW(session.flush(), mica::SchemaMismatch);
    EXPECT_EQ(rows(), 0);
}

TEST_P(KeysThatNobodyChooses, are_told_with_their_table_and_column) {
    Town town{0, "Aalen"};
    try {
        connection.insert(town);
        FAIL() << "no error";
    } catch (const mica::SchemaMismatch& error) {
        EXPECT_NE(std::string{error.what()}.find("\"town\" of the database chooses no keys: its column \"id\""),
                  std::string::npos)
            << error.what();
    }
}

TEST_P(KeysThatNobodyChooses, do_not_hinder_objects_with_keys) {
    Town town{7, "Aalen"};
    connection.insert(town);
    auto all = towns(20);
    for (std::size_t i = 0; i < all.size(); ++i) all[i].id = static_cast<std::int64_t>(i) + 10;
    connection.insert(all);
    mica::Session session{connection};
    session.add(Town{50, "Bonn"});
    session.commit();
    EXPECT_EQ(rows(), 22);
    EXPECT_EQ(connection.get<Town>(12)->name, "town 2");
}

INSTANTIATE_TEST_SUITE_P(Tables, KeysThatNobodyChooses,
                         testing::Values("CREATE TABLE town (id INT PRIMARY KEY, name TEXT)",
                                         "CREATE TABLE town (id INTEGER PRIMARY KEY DESC, name TEXT)",
                                         "CREATE TABLE town (id INTEGER, name TEXT)",
                                         "CREATE TABLE town (id INTEGER UNIQUE, name TEXT, rowid TEXT)",
                                         "CREATE TABLE town (\"ID\" BIGINT PRIMARY KEY, name TEXT, oid, _rowid_)"));

TEST(KeyThatNobodyChooses, is_refused_by_a_table_without_rowid_itself) {
    mica::Engine engine{"sqlite://"};
    auto connection = engine.connect();
    connection.execute("CREATE TABLE town (id INTEGER PRIMARY KEY, name TEXT) WITHOUT ROWID");
    Town town{0, "Aalen"};
    EXPECT_THROW(connection.insert(town), mica::IntegrityError);
    EXPECT_EQ(town.id, 0);
}

TEST(KeyThatNobodyChooses, stays_as_it_is_behind_a_view) {
    mica::Engine engine{"sqlite://"};
    auto connection = engine.connect();
    for (const char* const sql :
         {"CREATE TABLE place (id INTEGER PRIMARY KEY, name TEXT)", "CREATE VIEW town AS SELECT id, name FROM place",
          "CREATE TRIGGER add_town INSTEAD OF INSERT ON town BEGIN "
          "INSERT INTO place (name) VALUES (new.name); END"}) {
        connection.execute(sql);
    }
    Town town{0, "Aalen"};
    connection.insert(town);
    EXPECT_EQ(town.id, 0);
    EXPECT_EQ(connection.get<Town>(1)->name, "Aalen");
}

struct Quoted {
    std::int64_t key = 0;
    static constexpr auto mapping() {
        return mica::table("a \"town\"", mica::column<&Quoted::key>("the \"key\""), mica::primary_key<&Quoted::key>)
            .schema("more \"towns\"");
    }
};

TEST(KeyThatNobodyChooses, is_looked_for_in_the_schema_of_its_table) {
    const mica::test::TemporaryDirectory directory;
    mica::Engine engine{"sqlite:///" + directory.file("towns.db")};
    auto connection = engine.connect();
    connection.attach(directory.file("more.db"), "more \"towns\"");
    connection.execute(R"(CREATE TABLE "a ""town""" ("the ""key""" INTEGER PRIMARY KEY))");
    connection.execute(R"(CREATE TABLE "more ""towns"""."a ""town""" ("the ""key""" INT PRIMARY KEY))");
    Quoted quoted;
    EXPECT_THROW(connection.insert(quoted), mica::SchemaMismatch);
    connection.execute(R"(DROP TABLE "more ""towns"""."a ""town""")");
    connection.execute(R"(CREATE TABLE "more ""towns"""."a ""town""" ("the ""key""" INTEGER PRIMARY KEY))");
    connection.insert(quoted);
    EXPECT_EQ(quoted.key, 1);
}

struct KeysThatTheDatabaseChooses : testing::TestWithParam<const char*> {};

TEST_P(KeysThatTheDatabaseChooses, are_taken) {
    mica::Engine engine{"sqlite://"};
    auto connection = engine.connect();
    connection.execute(GetParam());
    Town town{0, "Aalen"};
    connection.insert(town);
    auto all = towns(20);
    connection.insert(all);
    EXPECT_EQ(town.id, 1);
    EXPECT_EQ(all.back().id, 21);
    EXPECT_EQ(connection.get<Town>(21)->name, "town 19");
}

INSTANTIATE_TEST_SUITE_P(Tables, KeysThatTheDatabaseChooses,
                         testing::Values("CREATE TABLE town (id INTEGER PRIMARY KEY, name TEXT)",
                                         "CREATE TABLE town (\"ID\" integer NOT NULL PRIMARY KEY AUTOINCREMENT, name)",
                                         "CREATE TABLE town (name TEXT, rowid TEXT, id INTEGER PRIMARY KEY, oid)",
                                         "CREATE TABLE town (name TEXT, id INTEGER, PRIMARY KEY (id))",
                                         "CREATE TABLE town (rowid TEXT, _rowid_, oid, name, id INTEGER PRIMARY KEY)",
                                         "CREATE TEMP TABLE town (id INTEGER PRIMARY KEY, name TEXT)"));

}  // namespace
}  // namespace integration_keys_that_nobody_chooses
