// SPDX-License-Identifier: BSL-1.0
// Outside a transaction a statement commits when it ends, and may fail to: nobody must miss that.
#include <support/caught.hpp>
#include <support/memory_database.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

namespace query_returning_commit {

struct Parent {
    std::int64_t id = 0;
};
struct Child {
    std::int64_t id = 0;
    std::int64_t parent_id = 0;
    static constexpr auto mapping() {
        return mica::table("child", mica::foreign_key<&Child::parent_id, &Parent::id>.deferrable());
    }
};

namespace {

using mica::col;
using mica::insert_into;
using mica::IntegrityError;
using mica::test::caught;
using query_returning_commit::Child;
using query_returning_commit::Parent;

struct QueryReturningCommit : mica::test::MemoryDatabase<Parent, Child> {
    template <class Action>
    void expect_refused(const Action& action) {
        const auto error = caught<IntegrityError>([&] { static_cast<void>(action()); });
        EXPECT_EQ(error.kind(), mica::ConstraintKind::foreign_key);
        EXPECT_EQ(connection.execute<int>("SELECT count(*) FROM child").one(), 0);
        EXPECT_FALSE(connection.in_transaction());
    }
    const decltype(insert_into<Child>().values(Child{}).returning(col<&Child::id>)) orphan =
        insert_into<Child>().values(Child{0, 99}).returning(col<&Child::id>);
    const std::vector<Child> orphans{{0, 98}, {0, 99}};
};

TEST_F(QueryReturningCommit, throws_from_whatever_runs_the_statement) {
    expect_refused([&] { return connection.execute(orphan).rows_affected(); });
    expect_refused([&] { return connection.all(orphan); });
    expect_refused([&] { return connection.first(orphan); });
    expect_refused([&] { return connection.one(orphan); });
    expect_refused([&] { return connection.scalar(orphan); });
}

TEST_F(QueryReturningCommit, throws_for_many) {
    const auto query = insert_into<Child>().values(orphans).returning(col<&Child::id>);
    expect_refused([&] { return connection.execute(query).rows_affected(); });
    expect_refused([&] { return connection.first(query); });
    expect_refused([&] { return connection.execute(insert_into<Child>().values(orphans)).rows_affected(); });
}

TEST_F(QueryReturningCommit, throws_for_sql_text_that_is_read) {
    constexpr const char* sql = "INSERT INTO child (parent_id) VALUES (99), (98) RETURNING id";
    expect_refused([&] { return connection.execute<int>(sql).all(); });
    expect_refused([&] { return connection.execute<int>(sql).first(); });
    expect_refused([&] { return connection.execute<int>(sql).scalar(); });
    expect_refused([&] {
        auto result = connection.execute<int>(sql);
        for (auto row = result.begin(); row != result.end(); ++row) {
        }
        return 0;
    });
}

TEST_F(QueryReturningCommit, leaves_it_to_the_transaction_where_there_is_one) {
    auto transaction = connection.begin();
    EXPECT_EQ(connection.scalar(orphan), 1);
    EXPECT_EQ(caught<IntegrityError>([&] { transaction.commit(); }).kind(), mica::ConstraintKind::foreign_key);
    EXPECT_TRUE(transaction.is_active());
    connection.execute(insert_into<Parent>().values(Parent{99}));
    transaction.commit();
    EXPECT_EQ(connection.scalar(orphan), 2);
}

TEST_F(QueryReturningCommit, sql_text_knows_its_rows_once_they_are_read) {
    connection.execute(insert_into<Parent>().values(Parent{1}));
    constexpr const char* sql = "INSERT INTO child (parent_id) VALUES (1), (1) RETURNING id";
    auto result = connection.execute<std::int64_t>(sql);
    EXPECT_EQ(result.rows_affected(), 0);
    EXPECT_EQ(result.all(), (std::vector<std::int64_t>{1, 2}));
    EXPECT_EQ(result.rows_affected(), 2);
    auto stream = connection.execute<std::int64_t>(sql);
    for (auto row = stream.begin(); row != stream.end(); ++row) {
    }
    EXPECT_EQ(stream.rows_affected(), 2);
    auto first = connection.execute<std::int64_t>(sql);
    static_cast<void>(first.first());
    EXPECT_EQ(first.rows_affected(), 2);
    auto none = connection.execute<std::int64_t>("DELETE FROM child WHERE id > 100 RETURNING id");
    EXPECT_EQ(none.rows_affected(), 0);
    auto read = connection.execute<std::int64_t>("SELECT id FROM child");
    EXPECT_EQ(read.all().size(), 6U);
    EXPECT_EQ(read.rows_affected(), 0);
}

}  // namespace
}  // namespace query_returning_commit
