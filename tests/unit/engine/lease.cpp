// SPDX-License-Identifier: BSL-1.0
#include <mica/engine/lease.hpp>
#include <mica/engine/sqlite_backend.hpp>

#include <support/caught.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace unit_lease {

using Open = mica::detail::OpenConnection<mica::sqlite::Backend>;
using Reference = mica::detail::ConnectionReference<mica::sqlite::Backend>;
using Lease = mica::detail::StatementLease<mica::sqlite::Backend>;
using mica::Lifetime;
using mica::ProgrammingError;
using mica::test::caught;

struct LeaseTest : testing::Test {
    Reference connection{*new Open{mica::sqlite::Database{"", {.mode = mica::sqlite::OpenMode::memory}}, false}};

    Lease lease(std::string_view sql) {
        return {*connection, connection->statements.acquire(connection->database, sql)};
    }
};

TEST_F(LeaseTest, gives_its_statement_back_at_its_end) {
    Lease::Entry* entry = nullptr;
    {
        const Lease held = lease("SELECT 1");
        entry = &*held;
        EXPECT_TRUE(entry->in_use);
    }
    EXPECT_FALSE(entry->in_use);
}

TEST_F(LeaseTest, gives_it_back_once_however_often_it_is_moved) {
    Lease first = lease("SELECT 1");
    Lease second = std::move(first);
    EXPECT_FALSE(first);
    EXPECT_TRUE(second);
    first.release();
    EXPECT_TRUE(second->in_use);
    Lease::Entry& entry = *second;
    second.release();
    EXPECT_FALSE(second);
    EXPECT_FALSE(entry.in_use);
}

TEST_F(LeaseTest, notices_that_the_connection_was_given_back) {
    const Lease held = lease("SELECT 1");
    EXPECT_NO_THROW(held.require_alive());
    connection->clean();
    const auto error = caught<ProgrammingError>([&] { held.require_alive(); });
    EXPECT_STREQ(error.what(), "mica: this result belongs to a connection that was given back");
}

TEST_F(LeaseTest, does_not_take_the_statement_from_the_next_holder) {
    Lease old = lease("SELECT 1");
    connection->clean();
    const Lease next = lease("SELECT 1");
    old.release();
    EXPECT_TRUE(next->in_use);
}

TEST_F(LeaseTest, outlives_a_statement_that_is_gone) {
    const Lease first = lease("SELECT 1");
    const Lease spare = lease("SELECT 1");
    connection->clean();
    EXPECT_THROW(spare.require_alive(), ProgrammingError);
}

TEST_F(LeaseTest, cleaning_rolls_back_and_closes_what_is_open) {
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

TEST_F(LeaseTest, cleaning_does_not_mind_a_transaction_that_has_ended_by_itself) {
    connection->clean();
    connection->run("BEGIN");
    connection->run("ROLLBACK");
    connection->clean();
    EXPECT_FALSE(connection->database.in_transaction());
}

TEST_F(LeaseTest, running_a_text_drops_its_rows_and_gives_the_statement_back) {
    connection->run("SELECT 1 UNION ALL SELECT 2");
    EXPECT_FALSE(lease("SELECT 1 UNION ALL SELECT 2")->next_spare);
    EXPECT_THROW(connection->run("SELEKT"), ProgrammingError);
    EXPECT_THROW(connection->run("INSERT INTO missing VALUES (1)"), mica::SchemaMismatch);
}

TEST_F(LeaseTest, a_reference_keeps_the_connection_alive) {
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

/// Remembers how long its text may be borrowed.
struct LifetimeProbe {
    Lifetime text = Lifetime::borrowed;
    Lifetime blob = Lifetime::borrowed;
    int last = 0;

    void bind_null(int index) { last = index; }
    void bind(int index, std::int64_t) { last = index; }
    void bind(int index, double) { last = index; }
    void bind(int index, std::string_view, Lifetime lifetime) { last = index, text = lifetime; }
    void bind(int index, mica::Bytes, Lifetime lifetime) { last = index, blob = lifetime; }
};

TEST(BindSink, counts_the_parameters_from_one) {
    LifetimeProbe probe;
    mica::detail::BindSink<LifetimeProbe> sink{probe};
    sink.null();
    EXPECT_EQ(probe.last, 1);
    sink.integer(1);
    sink.real(1);
    sink.text("", Lifetime::borrowed);
    EXPECT_EQ(probe.last, 4);
    sink.blob({}, Lifetime::borrowed);
    EXPECT_EQ(probe.last, 5);
}

TEST(BindSink, copies_what_either_side_says_must_be_copied) {
    for (const Lifetime least : {Lifetime::borrowed, Lifetime::copied}) {
        for (const Lifetime own : {Lifetime::borrowed, Lifetime::copied}) {
            LifetimeProbe probe;
            mica::detail::BindSink<LifetimeProbe> sink{probe, least};
            sink.text("a", own);
            sink.blob({}, own);
            const bool copied = least == Lifetime::copied || own == Lifetime::copied;
            EXPECT_EQ(probe.text, copied ? Lifetime::copied : Lifetime::borrowed);
            EXPECT_EQ(probe.blob, copied ? Lifetime::copied : Lifetime::borrowed);
        }
    }
}

}  // namespace unit_lease
