// SPDX-License-Identifier: BSL-1.0
#include <support/chinook_query.hpp>

#include <gtest/gtest.h>

namespace integration_chinook_joins {
namespace {

using namespace chinook;
using mica::col;
using mica::count;
using mica::select;

class ChinookJoins : public mica::test::ChinookQuery {};

TEST_F(ChinookJoins, four_tables_are_joined_by_their_foreign_keys) {
    expect_same(select(col<&Artist::name>, col<&Album::title>, col<&Track::name>, col<&Genre::Name>)
                    .join<Album>()
                    .join<Track>()
                    .join<Genre>()
                    .where(col<&Genre::Name> == "Jazz")
                    .order_by(col<&Artist::name>, col<&Album::title>, col<&Track::id>),
                "SELECT ar.Name, al.Title, t.Name, g.Name FROM Artist ar JOIN Album al ON al.ArtistId = ar.ArtistId "
                "JOIN Track t ON t.AlbumId = al.AlbumId JOIN Genre g ON g.GenreId = t.GenreId WHERE g.Name = 'Jazz' "
                "ORDER BY ar.Name, al.Title, t.TrackId");
}

TEST_F(ChinookJoins, whole_entities_come_side_by_side) {
    const auto query = select<Album, Artist>()
                           .join<Artist>()
                           .where(col<&Artist::name>.like("A%"))
                           .order_by(col<&Artist::name>, col<&Album::id>);
    static_assert(std::is_same_v<decltype(query)::Row, std::tuple<Album, Artist>>);
    expect_same(query,
                "SELECT Album.*, Artist.* FROM Album JOIN Artist USING (ArtistId) WHERE Name LIKE 'A%' "
                "ORDER BY Name, AlbumId");
}

TEST_F(ChinookJoins, a_left_join_keeps_artists_without_an_album) {
    const auto query = select(col<&Artist::name>, col<&Album::title>)
                           .left_join<Album>()
                           .where(col<&Artist::id>.between(20, 60))
                           .order_by(col<&Artist::id>, col<&Album::id>);
    static_assert(
        std::is_same_v<decltype(query)::Row, std::tuple<std::optional<std::string>, std::optional<std::string>>>);
    expect_same(query,
                "SELECT Name, Title FROM Artist LEFT JOIN Album USING (ArtistId) WHERE ArtistId BETWEEN 20 AND 60 "
                "ORDER BY ArtistId, AlbumId");
}

TEST_F(ChinookJoins, an_entity_that_a_left_join_misses_is_an_empty_optional) {
    const auto query = select<Artist, Album>()
                           .left_join<Album>()
                           .where(col<&Artist::id> > 190)
                           .order_by(col<&Artist::id>, col<&Album::id>);
    static_assert(std::is_same_v<decltype(query)::Row, std::tuple<Artist, std::optional<Album>>>);
    expect_same(query,
                "SELECT a.*, b.* FROM Artist a LEFT JOIN Album b ON b.ArtistId = a.ArtistId WHERE a.ArtistId > 190 "
                "ORDER BY a.ArtistId, b.AlbumId");
}

TEST_F(ChinookJoins, customers_meet_the_employees_who_support_them_and_those_without_any) {
    expect_same(select(col<&Employee::last_name>, count(col<&Customer::CustomerId>))
                    .left_join<Customer>()
                    .group_by(col<&Employee::id>)
                    .order_by(col<&Employee::id>),
                "SELECT e.LastName, count(c.CustomerId) FROM Employee e LEFT JOIN Customer c "
                "ON c.SupportRepId = e.EmployeeId GROUP BY e.EmployeeId ORDER BY e.EmployeeId");
}

TEST_F(ChinookJoins, employees_and_their_bosses_are_one_table_under_two_names) {
    constexpr auto boss = mica::alias<Employee, "boss">;
    expect_same(select(col<&Employee::first_name>, col<&Employee::last_name>, boss.col<&Employee::last_name>)
                    .left_join(boss, boss.col<&Employee::id> == col<&Employee::reports_to>)
                    .order_by(col<&Employee::id>),
                "SELECT e.FirstName, e.LastName, boss.LastName FROM Employee e LEFT JOIN Employee boss "
                "ON boss.EmployeeId = e.ReportsTo ORDER BY e.EmployeeId");
}

TEST_F(ChinookJoins, playlists_and_their_tracks_meet_in_the_association_table) {
    expect_same(select(col<&Playlist::Name>, col<&Track::name>, col<&MediaFormat::label>)
                    .join<PlaylistTrack>()
                    .join<Track>()
                    .join<MediaFormat>()
                    .where(col<&Playlist::PlaylistId>.in({9, 16, 17}))
                    .order_by(col<&Playlist::PlaylistId>, col<&Track::id>),
                "SELECT p.Name, t.Name, m.Name FROM Playlist p JOIN PlaylistTrack pt ON pt.PlaylistId = p.PlaylistId "
                "JOIN Track t ON t.TrackId = pt.TrackId JOIN MediaType m ON m.MediaTypeId = t.MediaTypeId "
                "WHERE p.PlaylistId IN (9, 16, 17) ORDER BY p.PlaylistId, t.TrackId");
}

TEST_F(ChinookJoins, colleagues_with_the_same_boss_are_paired_once) {
    constexpr auto other = mica::alias<Employee, "other">;
    expect_same(select(col<&Employee::last_name>, other.col<&Employee::last_name>)
                    .join(other, other.col<&Employee::reports_to> == col<&Employee::reports_to> &&
                                     other.col<&Employee::id> > col<&Employee::id>)
                    .order_by(col<&Employee::id>, other.col<&Employee::id>),
                "SELECT a.LastName, b.LastName FROM Employee a JOIN Employee b ON b.ReportsTo = a.ReportsTo "
                "AND b.EmployeeId > a.EmployeeId ORDER BY a.EmployeeId, b.EmployeeId");
}

TEST_F(ChinookJoins, a_full_join_keeps_what_either_side_misses) {
    const auto query =
        select(col<&Employee::city>, col<&Customer::City>)
            .full_join<Customer>(col<&Customer::City> == col<&Employee::city>)
            .where(col<&Employee::id>.is_null() || col<&Customer::CustomerId>.is_null() ||
                   col<&Customer::Country> == "Canada")
            .order_by(col<&Employee::city>, col<&Customer::City>, col<&Employee::id>, col<&Customer::CustomerId>);
    expect_same(query,
                "SELECT e.City, c.City FROM Employee e FULL JOIN Customer c ON c.City = e.City WHERE e.EmployeeId "
                "IS NULL OR c.CustomerId IS NULL OR c.Country = 'Canada' ORDER BY 1, 2, e.EmployeeId, c.CustomerId");
}

TEST_F(ChinookJoins, a_cross_join_is_asked_for_by_name) {
    expect_same(select(col<&MediaFormat::label>, col<&Genre::Name>)
                    .cross_join<Genre>()
                    .order_by(col<&MediaFormat::number>, col<&Genre::GenreId>)
                    .limit(30)
                    .offset(20),
                "SELECT m.Name, g.Name FROM MediaType m CROSS JOIN Genre g ORDER BY m.MediaTypeId, g.GenreId "
                "LIMIT 30 OFFSET 20");
}

}  // namespace
}  // namespace integration_chinook_joins
