// SPDX-License-Identifier: BSL-1.0
// Who keeps a function for how long, and the way of an exception where its connection is closed already.
#include <mica/sqlite/database.hpp>

#include <support/caught.hpp>

#include <gtest/gtest.h>

#include <stdexcept>
#include <string_view>
#include <utility>

namespace unit_sqlite_function {
namespace {

using mica::FunctionFlags;
using mica::detail::Callback;
using mica::detail::CallbackReference;
using mica::sqlite::Database;
using mica::sqlite::FunctionCall;
using mica::sqlite::OpenMode;
using mica::sqlite::Statement;
using mica::test::caught;
using mica::test::message_of;

int alive = 0;

using Scalar = mica::detail::ScalarFunction<FunctionCall>;

struct Counted final : Scalar {
    explicit Counted(Run run_it)
        : Scalar(
              "counted", [](Callback* self) noexcept { delete static_cast<Counted*>(self); }, {0, FunctionFlags::none},
              run_it) {
        ++alive;
    }
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;
    ~Counted() { --alive; }
};

struct CountedCollation final : mica::detail::Collation {
    CountedCollation()
        : Collation(
              "counted", [](Callback* self) noexcept { delete static_cast<CountedCollation*>(self); },
              [](Collation&, std::string_view, std::string_view) { return 0; }) {
        ++alive;
    }
    CountedCollation(const CountedCollation&) = delete;
    CountedCollation& operator=(const CountedCollation&) = delete;
    ~CountedCollation() { --alive; }
};

CallbackReference<Counted> gives_one() {
    return CallbackReference<Counted>{new Counted{[](Scalar&, FunctionCall& call) { call.integer(1); }}};
}
CallbackReference<Counted> throws_logic_error() {
    return CallbackReference<Counted>{
        new Counted{[](Scalar&, FunctionCall&) { throw std::logic_error("by the function"); }}};
}

Database open() { return Database{"", {.mode = OpenMode::memory}}; }

struct SqliteFunction : testing::Test {
    SqliteFunction() { alive = 0; }
    ~SqliteFunction() override { EXPECT_EQ(alive, 0); }
};

TEST_F(SqliteFunction, is_kept_by_all_connections_that_know_it) {
    Database first = open();
    {
        Database second = open();
        const auto function = gives_one();
        first.create_function(*function);
        second.create_function(*function);
    }
    EXPECT_EQ(alive, 1);
    Statement statement = first.prepare("SELECT counted()");
    EXPECT_TRUE(statement.step());
    EXPECT_EQ(statement.cell(0).integer(), 1);
}

TEST_F(SqliteFunction, lets_go_of_one_that_another_replaces) {
    Database database = open();
    database.create_function(*gives_one());
    database.create_function(*gives_one());
    EXPECT_EQ(alive, 1);
}

TEST_F(SqliteFunction, lets_go_of_one_that_SQLite_refuses) {
    Database database = open();
    database.create_function(*gives_one());
    database.create_collation(*CallbackReference{new CountedCollation});
    EXPECT_EQ(alive, 2);
    Statement statement = database.prepare("SELECT counted() UNION ALL SELECT 2");
    EXPECT_TRUE(statement.step());
    EXPECT_TRUE(caught<mica::OperationalError>([&] { database.create_function(*gives_one()); }).is_busy());
    EXPECT_EQ(message_of<mica::OperationalError>(
                  [&] { database.create_collation(*CallbackReference{new CountedCollation}); }),
              "unable to delete/modify collation sequence due to active statements: counted()");
    EXPECT_EQ(alive, 2);
    EXPECT_TRUE(statement.step());
}

TEST_F(SqliteFunction, throws_in_a_statement_whose_connection_is_closed_and_moved_from) {
    Statement statement;
    {
        Database database = open();
        database.create_function(*throws_logic_error());
        Database moved{std::move(database)};
        statement = moved.prepare("SELECT counted()");
    }
    EXPECT_EQ(alive, 1);
    EXPECT_EQ(message_of<std::logic_error>([&] { statement.step(); }), "by the function");
    EXPECT_EQ(message_of<std::logic_error>([&] { statement.step(); }), "by the function") << "and again";
}

TEST_F(SqliteFunction, throws_in_a_script) {
    Database database = open();
    database.create_function(*throws_logic_error());
    EXPECT_THROW(database.execute_script("SELECT 1; SELECT counted(); SELECT 2"), std::logic_error);
    EXPECT_NO_THROW(database.execute_script("SELECT 1"));
}

}  // namespace
}  // namespace unit_sqlite_function
