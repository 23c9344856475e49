// SPDX-License-Identifier: BSL-1.0
// What the schema may call: functions of the program's that are innocuous, and in indexes those that are deterministic.
#include <support/caught.hpp>
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace unit_engine_function_schema {
namespace {

using mica::deterministic;
using mica::directonly;
using mica::innocuous;
using mica::test::message_of;

struct FunctionSchema : mica::test::MemoryDatabase<> {
    FunctionSchema() {
        connection.execute("CREATE TABLE word (text TEXT)");
        connection.execute("INSERT INTO word VALUES ('Ab')");
        for (const auto& [name, flags] : {std::pair{"direct", deterministic},
                                          {"said", deterministic | directonly},
                                          {"harmless", deterministic | innocuous},
                                          {"restless", innocuous}}) {
            connection.create_function(name, [](std::string_view text) { return std::string{text} + "!"; }, flags);
        }
    }
    std::string complaint(std::string_view sql) const {
        return message_of<mica::ProgrammingError>([&] { connection.execute(sql); });
    }
};

TEST_F(FunctionSchema, calls_no_function_that_is_not_innocuous) {
    constexpr std::string_view unsafe =
        "unsafe use of direct(): the schema may call functions of the program that are mica::innocuous";
    connection.execute("CREATE VIEW shouted AS SELECT direct(text) AS text FROM word");
    EXPECT_EQ(complaint("SELECT text FROM shouted"), std::string{unsafe} + " [SELECT text FROM shouted]");
    connection.execute("CREATE TRIGGER shout AFTER DELETE ON word BEGIN SELECT direct(old.text); END");
    EXPECT_TRUE(complaint("DELETE FROM word").starts_with(unsafe));
    EXPECT_TRUE(complaint("CREATE INDEX by_shout ON word (direct(text))").starts_with(unsafe));
    EXPECT_TRUE(complaint("CREATE TABLE a (text TEXT CHECK (direct(text) <> ''))").starts_with(unsafe));
    EXPECT_TRUE(complaint("CREATE TABLE a (text TEXT, loud TEXT AS (direct(text)))").starts_with(unsafe));
}

TEST_F(FunctionSchema, says_the_same_of_one_that_was_created_directonly) {
    connection.execute("CREATE VIEW shouted AS SELECT said(text) AS text FROM word");
    EXPECT_TRUE(complaint("SELECT text FROM shouted").starts_with("unsafe use of said()"));
}

TEST_F(FunctionSchema, calls_functions_that_are_innocuous) {
    connection.execute("CREATE VIEW shouted AS SELECT harmless(text) AS text FROM word");
    EXPECT_EQ(connection.execute<std::string>("SELECT text FROM shouted").one(), "Ab!");
    connection.execute("CREATE INDEX by_shout ON word (harmless(text))");
    EXPECT_EQ(
        connection.execute<std::string>("SELECT text FROM word INDEXED BY by_shout WHERE harmless(text) = 'Ab!'").one(),
        "Ab");
    connection.execute("CREATE TABLE a (text TEXT CHECK (harmless(text) <> '!'), loud TEXT AS (harmless(text)))");
    connection.execute("INSERT INTO a VALUES ('x')");
    EXPECT_EQ(connection.execute<std::string>("SELECT loud FROM a").one(), "x!");
    EXPECT_THROW(connection.execute("INSERT INTO a VALUES ('')"), mica::IntegrityError);
}

TEST_F(FunctionSchema, has_indexes_of_deterministic_functions_only) {
    EXPECT_TRUE(complaint("CREATE INDEX by_rest ON word (restless(text))").starts_with("non-deterministic functions"));
}

TEST_F(FunctionSchema, is_not_asked_about_statements_of_the_program) {
    EXPECT_EQ(connection.execute<std::string>("SELECT direct(text) FROM word").one(), "Ab!");
}

TEST_F(FunctionSchema, refuses_flags_that_contradict_each_other) {
    EXPECT_THROW(connection.create_function("both", [] { return 1; }, innocuous | directonly), mica::ProgrammingError);
}

}  // namespace
}  // namespace unit_engine_function_schema
