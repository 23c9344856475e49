// SPDX-License-Identifier: BSL-1.0
#include <support/chinook.hpp>
#include <support/chinook_files.hpp>

#include <gtest/gtest.h>

#include <utility>

namespace integration_chinook_session_copy {
namespace {

using namespace chinook;

class ChinookSessionCopy : public mica::test::ChinookTest {};

template <class... Entities>
void add_rows(const mica::Connection& from, mica::Session& to) {
    (to.add_all(from.all(mica::select<Entities>())), ...);
}

TEST_F(ChinookSessionCopy, one_commit_writes_every_row_of_every_table) {
    {
        const mica::Engine source{source_url()};
        const mica::Engine copy{copy_url()};
        copy.create_all<Tables>();
        const mica::Connection from = source.connect();
        mica::Session session{copy};
        // Children first: the session finds the order.
        add_rows<InvoiceLine, Invoice, Customer, Employee>(from, session);
        add_rows<PlaylistTrack, Playlist, Track, MediaFormat, Genre, Album, Artist>(from, session);
        session.commit();
    }
    Files raw{*this};
    for (const mica::test::ChinookTable& table : mica::test::chinook_tables) {
        EXPECT_EQ(raw.literals("copy", table), raw.literals("source", table)) << table.name;
    }
    EXPECT_EQ(raw.value("SELECT count(*) FROM copy.PlaylistTrack"), "8715");
    EXPECT_TRUE(raw.rows("PRAGMA copy.foreign_key_check").empty());
}

}  // namespace
}  // namespace integration_chinook_session_copy
