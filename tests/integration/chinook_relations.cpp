// SPDX-License-Identifier: BSL-1.0
// The whole graph of a database that others designed: loaded by relations, changed in every table, read back raw.
#include <support/chinook_files.hpp>
#include <support/chinook_relations.hpp>
#include <support/statement_log.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace integration_chinook_relations {
namespace {

using namespace chinook_relations;
using mica::Ref;
using mica::test::StatementLog;

/// Changes the copy, and compares it with the source to which SQL has done the same.
class ChinookRelations : public mica::test::ChinookTest {
protected:
    void SetUp() override {
        mica::test::ChinookTest::SetUp();
        if (!IsSkipped()) std::filesystem::copy_file(source_file(), copy_file());
    }

    void expect_same_after(std::string_view sql) const {
        Files raw{*this};
        raw.must(sql);
        for (const mica::test::ChinookTable& table : mica::test::chinook_tables) {
            EXPECT_EQ(raw.literals("copy", table), raw.literals("source", table)) << table.name;
        }
        EXPECT_TRUE(raw.rows("PRAGMA copy.foreign_key_check").empty());
    }
};

TEST_F(ChinookRelations, the_whole_graph_is_one_select_for_each_relation) {
    const mica::Engine engine{copy_url()};
    const StatementLog log{engine};
    mica::Session session{engine};
    const auto artists = session.query<Artist>()
                             .with<&Artist::albums, &Album::tracks, &Track::genre>()
                             .with<&Artist::albums, &Album::tracks, &Track::playlists>()
                             .with<&Artist::albums, &Album::tracks, &Track::sales, &InvoiceLine::invoice,
                                   &Invoice::customer, &Customer::support, &Employee::boss>()
                             .all();
    // artists, albums, tracks, genres, playlists, lines, invoices, customers, employees, and bosses: all but the last
    // ones are new at each level.
    EXPECT_LE(log.starting_with("SELECT").size(), 11U);
    std::size_t albums = 0;
    std::size_t tracks = 0;
    std::size_t entries = 0;
    std::size_t sales = 0;
    for (const Ref<Artist>& artist : artists) {
        albums += artist->albums.size();
        for (const auto& album : artist->albums) {
            tracks += album->tracks.size();
            EXPECT_TRUE(album->artist.get() == artist);
            for (const auto& track : album->tracks) {
                entries += track->playlists.size();
                sales += track->sales.size();
                EXPECT_EQ(track->genre->GenreId, track->GenreId);
                for (const auto& sale : track->sales) {
                    EXPECT_EQ(sale->invoice->customer->support->EmployeeId, sale->invoice->customer->SupportRepId);
                }
            }
        }
    }
    EXPECT_EQ(artists.size(), 275U);
    EXPECT_EQ(albums, 347U);
    EXPECT_EQ(tracks, 3503U);
    EXPECT_EQ(entries, 8715U);
    EXPECT_EQ(sales, 2240U);
    EXPECT_TRUE(session.plan().empty());
}

TEST_F(ChinookRelations, a_playlist_is_edited_through_its_tracks) {
    {
        const mica::Engine engine{copy_url()};
        mica::Session session{engine};
        const auto grunge = session.query<Playlist>().with<&Playlist::tracks>().get(16);
        const auto music = session.query<Playlist>().with<&Playlist::tracks>().get(1);
        ASSERT_EQ(grunge->tracks.size(), 15U);
        while (grunge->tracks.size() > 10) grunge->tracks.remove(grunge->tracks[0]);
        for (std::size_t i = 0; i < 3; ++i) grunge->tracks.add(music->tracks[i]);
        const auto fresh = session.add(Playlist{.Name = "Fresh"});
        for (const auto& track : grunge->tracks) fresh->tracks.add(track);
        session.commit();
        EXPECT_EQ(grunge->tracks.size(), 13U);
        EXPECT_EQ(fresh->tracks.size(), 13U);
    }
    expect_same_after(
        "DELETE FROM source.PlaylistTrack WHERE PlaylistId = 16 AND TrackId IN (SELECT TrackId FROM "
        "source.PlaylistTrack WHERE PlaylistId = 16 ORDER BY TrackId LIMIT 5);"
        "INSERT INTO source.PlaylistTrack SELECT 16, TrackId FROM (SELECT TrackId FROM source.PlaylistTrack WHERE "
        "PlaylistId = 1 ORDER BY TrackId LIMIT 3);"
        "INSERT INTO source.Playlist VALUES (19, 'Fresh');"
        "INSERT INTO source.PlaylistTrack SELECT 19, TrackId FROM source.PlaylistTrack WHERE PlaylistId = 16");
}

TEST_F(ChinookRelations, changes_across_all_tables_reach_their_rows_and_no_others) {
    {
        const mica::Engine engine{copy_url()};
        mica::Session session{engine};
        const auto accept = session.query<Artist>().with<&Artist::albums, &Album::tracks>().get(2);
        const auto acdc = session.query<Artist>().with<&Artist::albums, &Album::tracks>().get(1);
        // an artist's albums go to another, whose first album loses its tracks
        while (!accept->albums.empty()) {
            const Ref<Album> album = accept->albums[0];
            accept->albums.remove(album);
            acdc->albums.add(album);
        }
        const Ref<Album> first = acdc->albums[0];
        while (!first->tracks.empty()) first->tracks.remove(first->tracks[0]);
        // a new artist with a new album takes tracks of the second
        const auto added = session.add(Artist{.Name = "Added"});
        const Ref<Album> best = added->albums.add(Album{.Title = "Best"});
        const Ref<Album> second = acdc->albums[1];
        for (const auto& track : second->tracks) best->tracks.add(track);
        // a genre for them
        const Ref<Genre> genre = session.add(Genre{.Name = "Added"});
        for (const auto& track : best->tracks) track->genre = genre;
        // the head of all gets a boss, and a customer another employee
        const auto head = session.get<Employee>(1);
        head->boss = session.get<Employee>(8);
        session.get<Customer>(1)->support = head;
        // an invoice goes to another customer, and loses its lines
        const auto invoice = session.query<Invoice>().with<&Invoice::lines>().with<&Invoice::customer>().get(1);
        invoice->customer = session.get<Customer>(3);
        while (!invoice->lines.empty()) invoice->lines.remove(invoice->lines[0]);
        session.commit();
        EXPECT_EQ(acdc->albums.size(), 4U);
        EXPECT_TRUE(second->tracks.empty());
        EXPECT_EQ(genre->tracks.size(), best->tracks.size());
    }
    expect_same_after(
        "UPDATE source.Album SET ArtistId = 1 WHERE ArtistId = 2;"
        "UPDATE source.Track SET AlbumId = NULL WHERE AlbumId = 1;"
        "INSERT INTO source.Artist VALUES (276, 'Added');"
        "INSERT INTO source.Album VALUES (348, 'Best', 276);"
        "INSERT INTO source.Genre VALUES (26, 'Added');"
        "UPDATE source.Track SET AlbumId = 348, GenreId = 26 WHERE AlbumId = 4;"
        "UPDATE source.Employee SET ReportsTo = 8 WHERE EmployeeId = 1;"
        "UPDATE source.Customer SET SupportRepId = 1 WHERE CustomerId = 1;"
        "UPDATE source.Invoice SET CustomerId = 3 WHERE InvoiceId = 1;"
        "DELETE FROM source.InvoiceLine WHERE InvoiceId = 1");
}

/// Says in SQL what was done to the objects.
struct Said {
    std::string sql{};
    int changes = 0;

    void set(std::string_view table, std::string_view column, const std::string& value, std::int64_t id) {
        sql += "UPDATE source." + std::string{table} + " SET " + std::string{column} + " = " + value + " WHERE " +
               std::string{table} + "Id = " + std::to_string(id) + ";";
        ++changes;
    }
    void entry(bool is_added, std::int64_t playlist, std::int64_t track) {
        const std::string keys[2]{std::to_string(playlist), std::to_string(track)};
        sql += is_added ? "INSERT INTO source.PlaylistTrack VALUES (" + keys[0] + ", " + keys[1] + ");"
                        : "DELETE FROM source.PlaylistTrack WHERE PlaylistId = " + keys[0] +
                              " AND TrackId = " + keys[1] + ";";
        ++changes;
    }
};

TEST_F(ChinookRelations, hundreds_of_changes_in_all_tables_are_written_by_one_commit) {
    Said said;
    {
        const mica::Engine engine{copy_url()};
        mica::Session session{engine};
        const auto artists = session.query<Artist>().with<&Artist::albums>().all();
        const auto genres = session.query<Genre>().all();
        const auto types = session.query<MediaType>().with<&MediaType::tracks>().all();
        const auto playlists = session.query<Playlist>().with<&Playlist::tracks>().all();
        const auto staff = session.query<Employee>().with<&Employee::staff>().with<&Employee::boss>().all();
        const auto customers = session.query<Customer>().with<&Customer::invoices, &Invoice::lines>().all();
        const auto tracks = session.query<Track>().with<&Track::genre>().with<&Track::playlists>().all();
        for (std::size_t i = 0; i < genres.size(); ++i) {
            genres[i]->Name = "genre " + std::to_string(i);
            said.set("Genre", "Name", "'genre " + std::to_string(i) + "'", genres[i]->GenreId);
        }
        // albums go to the artist behind theirs, by its collection or by their own field in turn
        for (std::size_t i = 0; i < 40; ++i) {
            if (artists[i]->albums.empty()) continue;
            const Ref<Album> album = artists[i]->albums[0];
            if (album->ArtistId != artists[i]->ArtistId) continue;  // it has just come
            if (i % 2 == 0) {
                artists[i + 1]->albums.add(album);
            } else {
                album->artist = artists[i + 1];
            }
            said.set("Album", "ArtistId", std::to_string(artists[i + 1]->ArtistId), album->AlbumId);
        }
        for (std::size_t i = 100; i < 150; ++i) {
            const Ref<Track>& track = tracks[i];
            track->genre = genres[i % genres.size()];
            said.set("Track", "GenreId", std::to_string(genres[i % genres.size()]->GenreId), track->TrackId);
            types[i % types.size()]->tracks.add(track);
            said.set("Track", "MediaTypeId", std::to_string(types[i % types.size()]->MediaTypeId), track->TrackId);
            const Ref<Playlist>& playlist = playlists[i % playlists.size()];
            const bool is_added = !playlist->tracks.contains(track);
            if (!is_added) {
                EXPECT_TRUE(i % 2 == 0 ? playlist->tracks.remove(track) : track->playlists.remove(playlist));
            } else {
                EXPECT_TRUE(i % 2 == 0 ? playlist->tracks.add(track) : track->playlists.add(playlist));
            }
            said.entry(is_added, playlist->PlaylistId, track->TrackId);
        }
        // who reports to the second reports to the third
        while (!staff[1]->staff.empty()) {
            const Ref<Employee> one = staff[1]->staff[0];
            staff[1]->staff.remove(one);
            if (one == staff[2]) {
                said.set("Employee", "ReportsTo", "NULL", one->EmployeeId);
            } else {
                one->boss = staff[2];
                said.set("Employee", "ReportsTo", std::to_string(staff[2]->EmployeeId), one->EmployeeId);
            }
        }
        // each customer takes over the first invoice of the one before, and each of its lines one track further
        for (std::size_t i = 1; i < customers.size(); ++i) {
            const Ref<Invoice> invoice = customers[i - 1]->invoices[0];
            customers[i]->invoices.add(invoice);
            said.set("Invoice", "CustomerId", std::to_string(customers[i]->CustomerId), invoice->InvoiceId);
            for (const auto& line : invoice->lines) {
                line->track = session.get<Track>(line->TrackId % 3503 + 1);
                ++line->Quantity;
                said.set("InvoiceLine", "TrackId", std::to_string(line->TrackId % 3503 + 1), line->InvoiceLineId);
                said.set("InvoiceLine", "Quantity", "Quantity + 1", line->InvoiceLineId);
            }
        }
        EXPECT_GT(said.changes, 500);
        session.commit();
        EXPECT_TRUE(session.plan().empty());
        EXPECT_TRUE(staff[1]->staff.empty());
        for (const Ref<Track>& track : tracks) {
            for (const auto& playlist : track->playlists) EXPECT_TRUE(playlist->tracks.contains(track));
        }
    }
    expect_same_after(said.sql);
}

TEST_F(ChinookRelations, a_rollback_in_the_middle_leaves_the_database_and_the_objects) {
    {
        const mica::Engine engine{copy_url()};
        mica::Session session{engine};
        const auto artists = session.query<Artist>().with<&Artist::albums, &Album::tracks>().all();
        const std::size_t before = artists[0]->albums.size();
        for (const Ref<Artist>& artist : artists) {
            for (const auto& album : artist->albums) {
                if (album->artist.get() == artists[1]) continue;
                album->artist = artists[1];
                if (!album->tracks.empty()) album->tracks.remove(album->tracks[0]);
            }
        }
        session.flush();
        EXPECT_EQ(artists[1]->albums.size(), 347U);
        session.rollback();
        EXPECT_EQ(artists[0]->albums.size(), before);
        EXPECT_EQ(artists[1]->albums.size(), 2U);
        EXPECT_TRUE(session.plan().empty());
        session.commit();
    }
    expect_same_after("");
}

}  // namespace
}  // namespace integration_chinook_relations
