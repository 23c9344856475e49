// SPDX-License-Identifier: BSL-1.0
#include <mica/engine/engine.hpp>
#include <mica/sqlite.hpp>

#include <support/caught.hpp>
#include <support/recorded_engine.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace unit_transaction {

using namespace mica;
using mica::test::caught;

static_assert(!std::is_copy_constructible_v<Transaction> && std::is_nothrow_move_constructible_v<Transaction>);
static_assert(!std::is_copy_constructible_v<Savepoint> && std::is_nothrow_move_constructible_v<Savepoint>);
static_assert(std::is_nothrow_destructible_v<Transaction> && std::is_nothrow_destructible_v<Savepoint>);

struct Transactions : testing::Test {
    Engine engine{"sqlite://"};
    Connection connection = engine.connect();

    Transactions() { connection.execute("CREATE TABLE t (a)"); }

    void insert(int value) { connection.execute("INSERT INTO t VALUES (?)", value); }
    /// The sum tells which of 1, 2, 4 … are there.
    std::int64_t sum() { return connection.execute<std::int64_t>("SELECT coalesce(sum(a), 0) FROM t").scalar(); }
    void give_back() { const Connection ended = std::move(connection); }
};

TEST_F(Transactions, commit_keeps) {
    auto transaction = connection.begin();
    EXPECT_TRUE(transaction.is_active());
    EXPECT_TRUE(connection.in_transaction());
    insert(1);
    transaction.commit();
    EXPECT_FALSE(transaction.is_active());
    EXPECT_FALSE(connection.in_transaction());
    EXPECT_EQ(sum(), 1);
}

TEST_F(Transactions, rollback_undoes) {
    auto transaction = connection.begin();
    insert(1);
    transaction.rollback();
    EXPECT_FALSE(transaction.is_active());
    EXPECT_FALSE(connection.in_transaction());
    EXPECT_EQ(sum(), 0);
}

TEST_F(Transactions, the_end_of_the_scope_undoes) {
    {
        const auto transaction = connection.begin();
        insert(1);
    }
    EXPECT_FALSE(connection.in_transaction());
    EXPECT_EQ(sum(), 0);
}

TEST_F(Transactions, an_exception_undoes) {
    const auto work = [&] {
        auto transaction = connection.begin();
        insert(1);
        throw std::runtime_error("stop");
    };
    EXPECT_THROW(work(), std::runtime_error);
    EXPECT_EQ(sum(), 0);
}

TEST_F(Transactions, the_end_of_the_scope_does_not_undo_what_is_committed) {
    {
        auto transaction = connection.begin();
        insert(1);
        transaction.commit();
        insert(2);
    }
    EXPECT_EQ(sum(), 3);
}

TEST_F(Transactions, commit_is_possible_once) {
    auto transaction = connection.begin();
    transaction.commit();
    EXPECT_STREQ(caught<ProgrammingError>([&] { transaction.commit(); }).what(), "mica: this transaction has ended");
    auto another = connection.begin();
    another.rollback();
    EXPECT_THROW(another.commit(), ProgrammingError);
}

TEST_F(Transactions, rollback_is_possible_any_time) {
    auto transaction = connection.begin();
    insert(1);
    transaction.commit();
    transaction.rollback();
    transaction.rollback();
    EXPECT_EQ(sum(), 1);
}

TEST_F(Transactions, do_not_nest) {
    const auto transaction = connection.begin();
    EXPECT_STREQ(caught<ProgrammingError>([&] { static_cast<void>(connection.begin()); }).what(),
                 "mica: a transaction is open already; begin_nested() starts a savepoint inside it");
    EXPECT_TRUE(transaction.is_active());
}

TEST_F(Transactions, an_ended_one_leaves_its_successor_alone) {
    auto first = connection.begin();
    first.commit();
    auto second = connection.begin();
    insert(1);
    EXPECT_FALSE(first.is_active());
    first.rollback();
    EXPECT_THROW(first.commit(), ProgrammingError);
    second.commit();
    EXPECT_EQ(sum(), 1);
}

TEST_F(Transactions, each_mode_locks_as_it_says) {
    {
        const auto immediate = connection.begin();
    }
    {
        auto transaction = connection.begin(deferred);
        EXPECT_TRUE(connection.in_transaction());
        insert(1);
        transaction.commit();
    }
    {
        auto transaction = connection.begin(exclusive);
        insert(2);
        transaction.commit();
    }
    EXPECT_EQ(sum(), 3);
}

TEST_F(Transactions, move_with_their_responsibility) {
    {
        auto first = connection.begin();
        Transaction second = std::move(first);
        EXPECT_FALSE(first.is_active());  // NOLINT(bugprone-use-after-move)
        EXPECT_TRUE(second.is_active());
        first.rollback();
        insert(1);
        second.commit();
    }
    EXPECT_EQ(sum(), 1);
    {
        auto first = connection.begin();
        insert(2);
        const Transaction second = std::move(first);
    }
    EXPECT_EQ(sum(), 1);
    auto ended = connection.begin();
    ended.commit();
    ended = connection.begin();
    EXPECT_TRUE(ended.is_active());
    ended.rollback();
}

TEST_F(Transactions, end_with_their_connection) {
    auto transaction = connection.begin();
    insert(1);
    give_back();
    EXPECT_FALSE(transaction.is_active());
    transaction.rollback();
    EXPECT_THROW(transaction.commit(), ProgrammingError);
    connection = engine.connect();
    EXPECT_EQ(sum(), 0);
}

TEST_F(Transactions, leave_the_next_holder_of_their_connection_alone) {
    auto old = std::make_optional(connection.begin());
    give_back();
    connection = engine.connect();
    auto next = connection.begin();
    insert(1);
    EXPECT_FALSE(old->is_active());
    old.reset();
    EXPECT_TRUE(next.is_active());
    next.commit();
    EXPECT_EQ(sum(), 1);
}

TEST(TransactionLifetime, outlives_connection_and_engine) {
    std::optional<Transaction> transaction;
    std::optional<Savepoint> savepoint;
    {
        const Engine engine{"sqlite://"};
        Connection connection = engine.connect();
        transaction.emplace(connection.begin());
        savepoint.emplace(connection.begin_nested());
    }
    EXPECT_FALSE(savepoint->is_active());
    EXPECT_FALSE(transaction->is_active());
}

TEST_F(Transactions, one_that_the_database_has_ended_under_a_result_leaves_the_connection_to_others_in_the_end) {
    connection.execute("CREATE UNIQUE INDEX i ON t (a)");
    insert(1);
    insert(2);
    auto transaction = connection.begin();
    {
        auto result = connection.execute<std::int64_t>("SELECT a FROM t ORDER BY a");
        auto row = result.begin();
        EXPECT_THROW(connection.execute("INSERT OR ROLLBACK INTO t VALUES (1)"), IntegrityError);
        EXPECT_EQ(*row, 1);
        ++row;
        EXPECT_EQ(*row, 2);
        ++row;
        EXPECT_TRUE(row == result.end());
    }
    EXPECT_FALSE(transaction.is_active());
    transaction.rollback();
    const Connection other = engine.connect();
    EXPECT_EQ(other.execute<std::int64_t>("SELECT sum(a) FROM t").scalar(), 3);
}

TEST_F(Transactions, schema_changes_are_part_of_them) {
    {
        const auto transaction = connection.begin();
        connection.execute("CREATE TABLE u (a)");
        connection.execute("DROP TABLE t");
    }
    EXPECT_EQ(sum(), 0);
    EXPECT_THROW(connection.execute("SELECT * FROM u"), SchemaMismatch);
}

TEST_F(Transactions, outside_of_them_every_statement_commits_by_itself) {
    insert(1);
    EXPECT_FALSE(connection.in_transaction());
    EXPECT_THROW(connection.execute("INSERT INTO missing VALUES (1)"), SchemaMismatch);
    EXPECT_EQ(sum(), 1);
}

struct Note {
    std::int64_t id = 0;
    std::int64_t a = 0;
};

TEST(TransactionsParts, a_transaction_with_a_part_that_could_not_be_undone_runs_no_statement_any_more) {
    test::Recording recording;
    const test::RecordingEngine engine{"sqlite://"};
    const auto connection = engine.connect();
    auto transaction = connection.begin();
    const auto write = [&] { connection.execute(delete_from<Note>().where(col<&Note::id> == 1)); };
    EXPECT_NO_THROW(write());
    recording.fail("ROLLBACK TO", OperationalError(Failure{.message = "out of memory"}));
    {
        const auto part = connection.begin_nested();
    }
    EXPECT_THROW(write(), ProgrammingError);
    EXPECT_THROW(write(), ProgrammingError);
    transaction.rollback();
    EXPECT_NO_THROW(write());
}

}  // namespace unit_transaction
