// SPDX-License-Identifier: BSL-1.0
#include <mica/engine/open_connection.hpp>
#include <mica/engine/statement_lease.hpp>
#include <mica/sqlite/backend.hpp>

#include <support/caught.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace unit_statement_lease {

using Open = mica::detail::OpenConnection<mica::sqlite::Backend>;
using Reference = mica::detail::ConnectionReference<mica::sqlite::Backend>;
using Lease = mica::detail::StatementLease<mica::sqlite::Backend>;
using mica::Lifetime;
using mica::ProgrammingError;
using mica::test::caught;

struct LeaseTest : testing::Test {
    Reference connection{*new Open{
        *new Open::Physical{mica::sqlite::Database{"", {.mode = mica::sqlite::OpenMode::memory}}}, nullptr, false}};

    Lease lease(std::string_view sql) { return connection->acquire(sql); }
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

}  // namespace unit_statement_lease
