// SPDX-License-Identifier: BSL-1.0
#include <mica/mica.hpp>

#include <support/caught.hpp>
#include <support/temporary_directory.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace integration_savepoints {

using namespace mica;
using namespace std::chrono_literals;
using mica::test::caught;

struct Savepoints : testing::Test {
    mica::test::TemporaryDirectory directory;
    Engine engine{"sqlite:///" + directory.file("cars.db")};
    Engine outside{"sqlite:///" + directory.file("cars.db"), {.busy_timeout = 10ms}};
    Connection connection = engine.connect();

    Savepoints() { connection.execute("CREATE TABLE t (a)"); }
    void insert(int value) { connection.execute("INSERT INTO t VALUES (?)", value); }
    std::int64_t sum_outside() {
        return outside.connect().execute<std::int64_t>("SELECT coalesce(sum(a), 0) FROM t").scalar();
    }
};

TEST_F(Savepoints, nothing_is_seen_outside_before_the_outermost_commit) {
    auto transaction = connection.begin();
    insert(1);
    auto first = connection.begin_nested();
    insert(2);
    auto second = connection.begin_nested();
    insert(4);
    auto third = connection.begin_nested();
    insert(8);
    third.commit();
    second.rollback();
    first.commit();
    EXPECT_EQ(sum_outside(), 0);
    transaction.commit();
    EXPECT_EQ(sum_outside(), 3);
}

TEST_F(Savepoints, one_without_a_transaction_locks_and_commits_as_one) {
    auto savepoint = connection.begin_nested();
    EXPECT_TRUE(caught<OperationalError>([&] { outside.connect().execute("INSERT INTO t VALUES (1)"); }).is_busy());
    insert(2);
    EXPECT_EQ(sum_outside(), 0);
    savepoint.commit();
    EXPECT_EQ(sum_outside(), 2);
}

TEST_F(Savepoints, one_without_a_transaction_fails_where_the_lock_is_taken) {
    Connection other = outside.connect();
    auto transaction = connection.begin();
    EXPECT_TRUE(caught<OperationalError>([&] { static_cast<void>(other.begin_nested()); }).is_busy());
    EXPECT_FALSE(other.in_transaction());
    transaction.rollback();
    EXPECT_NO_THROW(other.begin_nested().commit());
}

TEST_F(Savepoints, undo_schema_changes) {
    auto transaction = connection.begin();
    {
        const auto savepoint = connection.begin_nested();
        connection.execute("CREATE TABLE u (a)");
        connection.execute("DROP TABLE t");
    }
    insert(1);
    transaction.commit();
    EXPECT_EQ(sum_outside(), 1);
    EXPECT_THROW(connection.execute("SELECT * FROM u"), SchemaMismatch);
}

TEST_F(Savepoints, undo_a_deferred_violation) {
    connection.execute("CREATE TABLE p (id INTEGER PRIMARY KEY)");
    connection.execute("CREATE TABLE c (p REFERENCES p DEFERRABLE INITIALLY DEFERRED)");
    auto transaction = connection.begin();
    auto savepoint = connection.begin_nested();
    connection.execute("INSERT INTO c VALUES (1)");
    savepoint.commit();
    EXPECT_THROW(transaction.commit(), IntegrityError);
    transaction.rollback();
    auto again = connection.begin();
    {
        const auto undone = connection.begin_nested();
        connection.execute("INSERT INTO c VALUES (1)");
    }
    EXPECT_NO_THROW(again.commit());
}

TEST_F(Savepoints, a_result_is_read_on_after_the_inner_part_is_undone) {
    insert(1);
    insert(2);
    auto transaction = connection.begin();
    auto rows = connection.execute<int>("SELECT a FROM t ORDER BY a");
    auto row = rows.begin();
    {
        const auto savepoint = connection.begin_nested();
        connection.execute("DELETE FROM t WHERE a = 2");
    }
    ++row;
    EXPECT_EQ(*row, 2);
    transaction.commit();
}

TEST_F(Savepoints, a_hundred_nested_ones_end_in_order) {
    auto transaction = connection.begin();
    std::vector<Savepoint> all;
    for (int i = 0; i < 100; ++i) {
        all.push_back(connection.begin_nested());
        insert(1);
    }
    for (int i = 0; i < 50; ++i) {
        all.back().rollback();
        all.pop_back();
    }
    all.front().commit();
    for (const Savepoint& savepoint : all) EXPECT_FALSE(savepoint.is_active());
    transaction.commit();
    EXPECT_EQ(sum_outside(), 50);
}

}  // namespace integration_savepoints
