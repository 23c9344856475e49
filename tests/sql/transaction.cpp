// SPDX-License-Identifier: BSL-1.0
#include <mica/core/error.hpp>

#include <support/caught.hpp>
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace sql_transaction {
namespace {

using mica::OperationalError;
using mica::ProgrammingError;
using mica::test::caught;
using Texts = std::vector<std::string>;

struct SqlTransaction : mica::test::RecordedSql {
    Texts texts() const { return recording.texts(); }
};

TEST_F(SqlTransaction, begins_in_every_mode) {
    connection.begin().commit();
    connection.begin(mica::deferred).commit();
    connection.begin(mica::immediate).commit();
    connection.begin(mica::exclusive).commit();
    EXPECT_EQ(texts(), (Texts{"BEGIN IMMEDIATE", "COMMIT", "BEGIN DEFERRED", "COMMIT", "BEGIN IMMEDIATE", "COMMIT",
                              "BEGIN EXCLUSIVE", "COMMIT"}));
}

TEST_F(SqlTransaction, rolls_back_at_the_end_of_its_scope) {
    {
        const auto transaction = connection.begin();
    }
    EXPECT_EQ(texts(), (Texts{"BEGIN IMMEDIATE", "ROLLBACK"}));
}

TEST_F(SqlTransaction, rolls_back_once) {
    auto transaction = connection.begin();
    transaction.rollback();
    transaction.rollback();
    EXPECT_EQ(texts(), (Texts{"BEGIN IMMEDIATE", "ROLLBACK"}));
}

TEST_F(SqlTransaction, is_rolled_back_when_its_connection_goes) {
    auto transaction = connection.begin();
    {
        const auto gone = std::move(connection);
    }
    EXPECT_EQ(texts(), (Texts{"BEGIN IMMEDIATE", "ROLLBACK"}));
    EXPECT_FALSE(transaction.is_active());
    EXPECT_THROW(transaction.commit(), ProgrammingError);
    transaction.rollback();
    EXPECT_EQ(texts().size(), 2U);
}

TEST_F(SqlTransaction, stays_open_where_its_commit_fails) {
    auto transaction = connection.begin();
    recording.fail("COMMIT", OperationalError(mica::Failure{.kind = mica::ErrorKind::busy, .message = "busy"}));
    EXPECT_TRUE(caught<OperationalError>([&] { transaction.commit(); }).is_busy());
    EXPECT_TRUE(transaction.is_active());
    transaction.commit();
    EXPECT_EQ(texts(), (Texts{"BEGIN IMMEDIATE", "COMMIT", "COMMIT"}));
}

TEST_F(SqlTransaction, sends_nothing_where_the_database_has_ended_it) {
    auto transaction = connection.begin();
    recording.fail("INSERT", std::runtime_error("disk full"), true);
    EXPECT_THROW(connection.execute("INSERT INTO t DEFAULT VALUES"), std::runtime_error);
    EXPECT_THROW(transaction.commit(), ProgrammingError);
    transaction.rollback();
    EXPECT_EQ(texts(), (Texts{"BEGIN IMMEDIATE", "INSERT INTO t DEFAULT VALUES"}));
}

TEST_F(SqlTransaction, nests_by_savepoints) {
    auto transaction = connection.begin();
    auto savepoint = connection.begin_nested();
    savepoint.commit();
    transaction.commit();
    EXPECT_EQ(texts(), (Texts{"BEGIN IMMEDIATE", "SAVEPOINT mica", "RELEASE mica", "COMMIT"}));
}

TEST_F(SqlTransaction, rolls_back_a_savepoint_and_releases_it) {
    const auto transaction = connection.begin();
    {
        const auto savepoint = connection.begin_nested();
    }
    EXPECT_EQ(texts(), (Texts{"BEGIN IMMEDIATE", "SAVEPOINT mica", "ROLLBACK TO mica", "RELEASE mica"}));
}

TEST_F(SqlTransaction, is_what_a_savepoint_outside_of_any_begins) {
    connection.begin_nested().commit();
    {
        const auto savepoint = connection.begin_nested();
    }
    EXPECT_EQ(texts(), (Texts{"BEGIN IMMEDIATE", "COMMIT", "BEGIN IMMEDIATE", "ROLLBACK"}));
}

TEST_F(SqlTransaction, undoes_inner_savepoints_with_an_outer_one) {
    const auto transaction = connection.begin();
    auto outer = connection.begin_nested();
    auto inner = connection.begin_nested();
    recording.forget();
    outer.rollback();
    EXPECT_EQ(texts(), (Texts{"RELEASE mica", "ROLLBACK TO mica", "RELEASE mica"}));
    EXPECT_FALSE(inner.is_active());
    inner.rollback();
    EXPECT_EQ(texts().size(), 3U);
}

TEST_F(SqlTransaction, keeps_inner_savepoints_with_an_outer_one) {
    const auto transaction = connection.begin();
    auto outer = connection.begin_nested();
    auto inner = connection.begin_nested();
    recording.forget();
    outer.commit();
    EXPECT_EQ(texts(), (Texts{"RELEASE mica", "RELEASE mica"}));
    EXPECT_THROW(inner.commit(), ProgrammingError);
}

TEST_F(SqlTransaction, does_not_take_another_savepoint_for_one_that_has_ended) {
    const auto transaction = connection.begin();
    auto first = connection.begin_nested();
    auto inner = connection.begin_nested();
    first.commit();
    auto second = connection.begin_nested();
    auto third = connection.begin_nested();
    recording.forget();
    EXPECT_THROW(inner.commit(), ProgrammingError);
    EXPECT_THROW(first.commit(), ProgrammingError);
    EXPECT_TRUE(texts().empty());
    third.commit();
    second.commit();
    EXPECT_EQ(texts(), (Texts{"RELEASE mica", "RELEASE mica"}));
}

TEST_F(SqlTransaction, refuses_to_begin_inside_another) {
    const auto transaction = connection.begin();
    EXPECT_THROW(static_cast<void>(connection.begin()), ProgrammingError);
    EXPECT_EQ(texts(), Texts{"BEGIN IMMEDIATE"});
}

}  // namespace
}  // namespace sql_transaction
