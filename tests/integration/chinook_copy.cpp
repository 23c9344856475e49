// SPDX-License-Identifier: BSL-1.0
#include <support/chinook.hpp>
#include <support/chinook_files.hpp>

#include <gtest/gtest.h>

#include <utility>

namespace integration_chinook_copy {
namespace {

using namespace chinook;

class ChinookCopy : public mica::test::ChinookTest {};

template <class... Entities>
void copy_rows(const mica::Connection& from, const mica::Connection& to) {
    (to.execute(mica::insert_into<Entities>().values(from.all(mica::select<Entities>()))), ...);
}

TEST_F(ChinookCopy, every_row_of_every_table_reaches_a_new_file_unchanged) {
    {
        const mica::Engine source{source_url()};
        const mica::Engine copy{copy_url()};
        copy.create_all<Tables>();
        const mica::Connection from = source.connect();
        mica::Connection to = copy.connect();
        auto transaction = to.begin();
        // Parents first.
        copy_rows<Artist, Album, Genre, MediaFormat, Track, Playlist, PlaylistTrack>(from, to);
        copy_rows<Employee, Customer, Invoice, InvoiceLine>(from, to);
        transaction.commit();
    }
    Files raw{*this};
    for (const mica::test::ChinookTable& table : mica::test::chinook_tables) {
        EXPECT_EQ(raw.literals("copy", table), raw.literals("source", table)) << table.name;
    }
    EXPECT_EQ(raw.value("SELECT count(*) FROM copy.Track"), "3503");
    EXPECT_TRUE(raw.rows("PRAGMA copy.foreign_key_check").empty());
    EXPECT_EQ(raw.value("PRAGMA copy.integrity_check"), "ok");
}

TEST_F(ChinookCopy, children_before_their_parents_are_refused) {
    const mica::Engine source{source_url()};
    const mica::Engine copy{copy_url()};
    copy.create_all<Tables>();
    const mica::Connection to = copy.connect();
    EXPECT_THROW((copy_rows<Album>(source.connect(), to)), mica::IntegrityError);
    EXPECT_EQ(Files{*this}.value("SELECT count(*) FROM copy.Album"), "0");
}

}  // namespace
}  // namespace integration_chinook_copy
