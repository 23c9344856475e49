// SPDX-License-Identifier: BSL-1.0
#include <mica/engine/open_connection.hpp>
#include <mica/sqlite/backend.hpp>

#include <gtest/gtest.h>

#include <string_view>
#include <utility>

namespace unit_open_connection {

using Open = mica::detail::OpenConnection<mica::sqlite::Backend>;
using Reference = mica::detail::ConnectionReference<mica::sqlite::Backend>;
using Lease = mica::detail::StatementLease<mica::sqlite::Backend>;
using mica::ProgrammingError;

struct OpenConnectionTest : testing::Test {
    Reference connection{*new Open{mica::sqlite::Database{"", {.mode = mica::sqlite::OpenMode::memory}}, false}};

    Lease lease(std::string_view sql) { return connection->acquire(sql); }
};

TEST_F(OpenConnectionTest, cleaning_rolls_back_and_closes_what_is_open) {
    connection->run("CREATE TABLE t (a)");
    connection->run("BEGIN");
    connection->run("SAVEPOINT mica");
    connection->savepoints.push_back(1);
    connection->run("INSERT INTO t VALUES (1)");
    connection->clean();
    EXPECT_FALSE(connection->database.in_transaction());
    EXPECT_TRUE(connection->savepoints.empty());
    const Lease count = lease("SELECT count(*) FROM t");
    ASSERT_TRUE(count->statement.step());
    EXPECT_EQ(count->statement.cell(0).integer(), 0);
}

TEST_F(OpenConnectionTest, cleaning_does_not_mind_a_transaction_that_has_ended_by_itself) {
    connection->clean();
    connection->run("BEGIN");
    connection->run("ROLLBACK");
    connection->clean();
    EXPECT_FALSE(connection->database.in_transaction());
}

TEST_F(OpenConnectionTest, running_a_text_drops_its_rows_and_gives_the_statement_back) {
    connection->run("SELECT 1 UNION ALL SELECT 2");
    EXPECT_FALSE(lease("SELECT 1 UNION ALL SELECT 2")->next_spare);
    EXPECT_THROW(connection->run("SELEKT"), ProgrammingError);
    EXPECT_THROW(connection->run("INSERT INTO missing VALUES (1)"), mica::SchemaMismatch);
}

TEST_F(OpenConnectionTest, a_reference_keeps_the_connection_alive) {
    Reference second{*connection};
    {
        const Reference gone = std::move(connection);
    }
    EXPECT_FALSE(connection);
    second->run("SELECT 1");
    Reference third;
    EXPECT_FALSE(third);
    third = std::move(second);
    EXPECT_TRUE(third);
    third->run("SELECT 1");
}

TEST(Echo, shows_the_text_of_statements_only_where_asked_to) {
    const auto shown = [](bool echo) {
        const Reference connection{
            *new Open{mica::sqlite::Database{"", {.mode = mica::sqlite::OpenMode::memory}}, echo}};
        testing::internal::CaptureStderr();
        connection->run("SELECT 1");
        return testing::internal::GetCapturedStderr();
    };
    EXPECT_EQ(shown(true), "mica: SELECT 1\n");
    EXPECT_EQ(shown(false), "");
}

}  // namespace unit_open_connection
