// SPDX-License-Identifier: BSL-1.0
#include <mica/engine/engine.hpp>
#include <mica/sqlite.hpp>

#include <support/caught.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <utility>

namespace unit_savepoint {

using namespace mica;
using mica::test::caught;

struct Savepoints : testing::Test {
    Engine engine{"sqlite://"};
    Connection connection = engine.connect();

    Savepoints() { connection.execute("CREATE TABLE t (a)"); }

    void insert(int value) { connection.execute("INSERT INTO t VALUES (?)", value); }
    /// The sum tells which of 1, 2, 4 … are there.
    std::int64_t sum() { return connection.execute<std::int64_t>("SELECT coalesce(sum(a), 0) FROM t").scalar(); }
};

TEST_F(Savepoints, rollback_undoes_the_inner_part_only) {
    auto transaction = connection.begin();
    insert(1);
    auto savepoint = connection.begin_nested();
    insert(2);
    savepoint.rollback();
    EXPECT_FALSE(savepoint.is_active());
    insert(4);
    transaction.commit();
    EXPECT_EQ(sum(), 5);
}

TEST_F(Savepoints, the_end_of_the_scope_undoes_the_inner_part) {
    auto transaction = connection.begin();
    {
        const auto savepoint = connection.begin_nested();
        insert(1);
    }
    EXPECT_TRUE(transaction.is_active());
    transaction.commit();
    EXPECT_EQ(sum(), 0);
}

TEST_F(Savepoints, what_is_kept_falls_with_the_transaction) {
    {
        const auto transaction = connection.begin();
        auto savepoint = connection.begin_nested();
        insert(1);
        savepoint.commit();
        EXPECT_EQ(sum(), 1);
    }
    EXPECT_EQ(sum(), 0);
}

TEST_F(Savepoints, nest_three_deep) {
    auto transaction = connection.begin();
    insert(1);
    auto first = connection.begin_nested();
    insert(2);
    auto second = connection.begin_nested();
    insert(4);
    auto third = connection.begin_nested();
    insert(8);
    third.rollback();
    EXPECT_EQ(sum(), 7);
    second.commit();
    EXPECT_EQ(sum(), 7);
    first.rollback();
    EXPECT_EQ(sum(), 1);
    transaction.commit();
    EXPECT_EQ(sum(), 1);
}

TEST_F(Savepoints, the_middle_one_undoes_what_the_innermost_has_kept) {
    auto transaction = connection.begin();
    auto outer = connection.begin_nested();
    insert(1);
    {
        const auto middle = connection.begin_nested();
        auto inner = connection.begin_nested();
        insert(2);
        inner.commit();
    }
    outer.commit();
    transaction.commit();
    EXPECT_EQ(sum(), 1);
}

TEST_F(Savepoints, an_outer_commit_keeps_and_ends_the_inner_one) {
    auto transaction = connection.begin();
    auto outer = connection.begin_nested();
    insert(1);
    auto inner = connection.begin_nested();
    insert(2);
    outer.commit();
    EXPECT_FALSE(inner.is_active());
    EXPECT_STREQ(caught<ProgrammingError>([&] { inner.commit(); }).what(), "mica: this savepoint has ended");
    inner.rollback();
    transaction.commit();
    EXPECT_EQ(sum(), 3);
}

TEST_F(Savepoints, an_outer_rollback_undoes_and_ends_the_inner_one) {
    auto transaction = connection.begin();
    auto outer = connection.begin_nested();
    auto inner = connection.begin_nested();
    insert(1);
    inner.commit();
    auto another = connection.begin_nested();
    insert(2);
    outer.rollback();
    EXPECT_FALSE(another.is_active());
    insert(4);
    transaction.commit();
    EXPECT_EQ(sum(), 4);
}

TEST_F(Savepoints, one_that_was_ended_from_outside_does_not_take_another_for_itself) {
    auto transaction = connection.begin();
    auto outer = connection.begin_nested();
    auto inner = std::make_optional(connection.begin_nested());
    outer.commit();
    auto next = connection.begin_nested();
    auto below = connection.begin_nested();
    insert(1);
    EXPECT_FALSE(inner->is_active());
    EXPECT_THROW(inner->commit(), ProgrammingError);
    inner.reset();
    EXPECT_TRUE(below.is_active());
    below.commit();
    next.commit();
    transaction.commit();
    EXPECT_EQ(sum(), 1);
}

TEST_F(Savepoints, the_transactions_end_ends_them) {
    auto transaction = connection.begin();
    auto savepoint = connection.begin_nested();
    insert(1);
    transaction.commit();
    EXPECT_FALSE(savepoint.is_active());
    savepoint.rollback();
    EXPECT_THROW(savepoint.commit(), ProgrammingError);
    auto next = connection.begin();
    auto nested = connection.begin_nested();
    insert(2);
    EXPECT_FALSE(savepoint.is_active());
    nested.commit();
    next.commit();
    EXPECT_EQ(sum(), 3);
}

TEST_F(Savepoints, commit_is_possible_once_and_rollback_any_time) {
    auto transaction = connection.begin();
    auto savepoint = connection.begin_nested();
    insert(1);
    savepoint.commit();
    EXPECT_THROW(savepoint.commit(), ProgrammingError);
    savepoint.rollback();
    auto undone = connection.begin_nested();
    undone.rollback();
    undone.rollback();
    EXPECT_THROW(undone.commit(), ProgrammingError);
    transaction.commit();
    EXPECT_EQ(sum(), 1);
}

TEST_F(Savepoints, outside_of_a_transaction_are_one) {
    {
        auto kept = connection.begin_nested();
        EXPECT_TRUE(connection.in_transaction());
        insert(1);
        kept.commit();
        EXPECT_FALSE(kept.is_active());
        EXPECT_FALSE(connection.in_transaction());
    }
    {
        const auto undone = connection.begin_nested();
        insert(2);
    }
    EXPECT_FALSE(connection.in_transaction());
    EXPECT_EQ(sum(), 1);
}

TEST_F(Savepoints, nest_in_one_that_is_a_transaction) {
    auto outer = connection.begin_nested();
    insert(1);
    {
        const auto inner = connection.begin_nested();
        insert(2);
    }
    auto kept = connection.begin_nested();
    insert(4);
    outer.commit();
    EXPECT_FALSE(kept.is_active());
    EXPECT_FALSE(connection.in_transaction());
    EXPECT_EQ(sum(), 5);
}

TEST_F(Savepoints, nest_in_a_transaction_that_was_begun_by_hand) {
    connection.execute("BEGIN");
    {
        const auto savepoint = connection.begin_nested();
        insert(1);
    }
    connection.execute("COMMIT");
    EXPECT_EQ(sum(), 0);
}

TEST_F(Savepoints, move_with_their_responsibility) {
    auto transaction = connection.begin();
    auto first = connection.begin_nested();
    insert(1);
    {
        const Savepoint second = std::move(first);
        EXPECT_TRUE(second.is_active());
        EXPECT_FALSE(first.is_active());  // NOLINT(bugprone-use-after-move)
    }
    auto third = connection.begin_nested();
    insert(2);
    auto fourth = connection.begin_nested();
    std::swap(third, fourth);
    third.rollback();
    fourth.commit();
    transaction.commit();
    EXPECT_EQ(sum(), 2);
}

TEST_F(Savepoints, a_statement_that_fails_inside_undoes_itself_only) {
    connection.execute("CREATE UNIQUE INDEX i ON t (a)");
    auto transaction = connection.begin();
    auto savepoint = connection.begin_nested();
    insert(1);
    EXPECT_THROW(connection.execute("INSERT INTO t VALUES (2), (1)"), IntegrityError);
    EXPECT_TRUE(savepoint.is_active());
    savepoint.commit();
    transaction.commit();
    EXPECT_EQ(sum(), 1);
}

}  // namespace unit_savepoint
