// SPDX-License-Identifier: BSL-1.0
#include <mica/engine/open_connection.hpp>
#include <mica/sqlite/backend.hpp>

#include <support/caught.hpp>
#include <support/echo_text.hpp>

#include <gtest/gtest.h>

#include <string_view>
#include <utility>

namespace unit_open_connection {

using Open = mica::detail::OpenConnection<mica::sqlite::Backend>;
using Reference = mica::detail::ConnectionReference<mica::sqlite::Backend>;
using Lease = mica::detail::StatementLease<mica::sqlite::Backend>;
using mica::ProgrammingError;
using mica::test::caught;

struct OpenConnectionTest : testing::Test {
    Reference connection{*new Open{
        *new Open::Physical{mica::sqlite::Database{"", {.mode = mica::sqlite::OpenMode::memory}}}, nullptr, false}};

    Lease lease(std::string_view sql) { return connection->acquire(sql); }
};

TEST_F(OpenConnectionTest, cleaning_rolls_back_and_closes_what_is_open) {
    connection->run_script("CREATE TABLE t (a)");
    connection->run(mica::Verb::begin_deferred);
    connection->run(mica::Verb::savepoint);
    connection->savepoints.push_back({1});
    connection->run_script("INSERT INTO t VALUES (1)");
    connection->clean();
    EXPECT_FALSE(connection->database.in_transaction());
    EXPECT_TRUE(connection->savepoints.empty());
    const Lease count = lease("SELECT count(*) FROM t");
    ASSERT_TRUE(count->statement.step());
    EXPECT_EQ(count->statement.cell(0).integer(), 0);
}

TEST_F(OpenConnectionTest, cleaning_does_not_mind_a_transaction_that_has_ended_by_itself) {
    connection->clean();
    connection->run(mica::Verb::begin_deferred);
    connection->run(mica::Verb::rollback);
    connection->clean();
    EXPECT_FALSE(connection->database.in_transaction());
}

TEST_F(OpenConnectionTest, a_script_drops_its_rows_and_says_what_is_wrong_with_it) {
    connection->run_script("SELECT 1 UNION ALL SELECT 2; SELECT 3");
    EXPECT_THROW(connection->run_script("SELEKT"), ProgrammingError);
    EXPECT_THROW(connection->run_script("INSERT INTO missing VALUES (1)"), mica::SchemaMismatch);
}

TEST_F(OpenConnectionTest, refuses_writes_until_it_is_given_back) {
    connection->run_script("CREATE TABLE t (a)");
    connection->refuse_writes();
    const auto write = [this] { connection->run_script("INSERT INTO t VALUES (1)"); };
    EXPECT_TRUE(caught<mica::OperationalError>(write).is_read_only());
    connection->clean();
    EXPECT_NO_THROW(write());
}

TEST_F(OpenConnectionTest, a_reference_keeps_the_connection_alive) {
    Reference second{*connection};
    {
        const Reference gone = std::move(connection);
    }
    EXPECT_FALSE(connection);
    second->run_script("SELECT 1");
    Reference third;
    EXPECT_FALSE(third);
    third = std::move(second);
    EXPECT_TRUE(third);
    third->run_script("SELECT 1");
}

TEST(Echo, shows_the_text_of_statements_only_where_asked_to) {
    const auto shown = [](bool echo) {
        const Reference connection{*new Open{
            *new Open::Physical{mica::sqlite::Database{"", {.mode = mica::sqlite::OpenMode::memory}}}, nullptr, echo}};
        testing::internal::CaptureStderr();
        connection->run(mica::Verb::begin_immediate);
        connection->run_script("SELECT 1");
        static_cast<void>(connection->acquire("SELECT 2"));
        return mica::test::without_times(testing::internal::GetCapturedStderr());
    };
    EXPECT_EQ(shown(true), "mica: BEGIN IMMEDIATE\nmica: SELECT 1\nmica: SELECT 2\n");
    EXPECT_EQ(shown(false), "");
}

}  // namespace unit_open_connection
