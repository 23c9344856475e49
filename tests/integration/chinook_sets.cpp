// SPDX-License-Identifier: BSL-1.0
#include <support/chinook_query.hpp>

#include <gtest/gtest.h>

namespace integration_chinook_sets {
namespace {

using namespace chinook;
using mica::col;
using mica::select;

class ChinookSets : public mica::test::ChinookQuery {};

TEST_F(ChinookSets, everybody_with_a_name_once) {
    expect_same(mica::union_(select(col<&Customer::FirstName>, col<&Customer::LastName>),
                             select(col<&Employee::first_name>, col<&Employee::last_name>))
                    .order_by(col<&Customer::LastName>, col<&Customer::FirstName>),
                "SELECT FirstName, LastName FROM Customer UNION SELECT FirstName, LastName FROM Employee "
                "ORDER BY LastName, FirstName");
}

TEST_F(ChinookSets, the_shortest_and_the_longest_tracks) {
    const auto length = select(col<&Track::name>, col<&Track::milliseconds>);
    expect_same(mica::union_all(length.order_by(col<&Track::milliseconds>).limit(3),
                                length.order_by(col<&Track::milliseconds>.desc()).limit(3)),
                "SELECT * FROM (SELECT Name, Milliseconds FROM Track ORDER BY Milliseconds LIMIT 3) UNION ALL "
                "SELECT * FROM (SELECT Name, Milliseconds FROM Track ORDER BY Milliseconds DESC LIMIT 3)");
}

TEST_F(ChinookSets, cities_of_customers_and_of_employees) {
    expect_same(
        mica::intersect(select(col<&Customer::City>), select(col<&Employee::city>)).order_by(col<&Customer::City>),
        "SELECT City FROM Customer INTERSECT SELECT City FROM Employee ORDER BY City");
}

TEST_F(ChinookSets, tracks_of_one_playlist_and_not_of_another) {
    const auto tracks_of = [](std::int64_t playlist) {
        return select(col<&PlaylistTrack::track_id>).where(col<&PlaylistTrack::playlist_id> == playlist);
    };
    expect_same(mica::except(tracks_of(5), tracks_of(18), tracks_of(11))
                    .order_by(col<&PlaylistTrack::track_id>.desc())
                    .limit(100),
                "SELECT TrackId FROM PlaylistTrack WHERE PlaylistId = 5 EXCEPT SELECT TrackId FROM PlaylistTrack "
                "WHERE PlaylistId = 18 EXCEPT SELECT TrackId FROM PlaylistTrack WHERE PlaylistId = 11 "
                "ORDER BY TrackId DESC LIMIT 100");
}

TEST_F(ChinookSets, a_set_operation_as_a_member_of_another) {
    const auto canadians = mica::union_(select(col<&Customer::City>).where(col<&Customer::Country> == "Canada"),
                                        select(col<&Employee::city>).where(col<&Employee::country> == "Canada"));
    expect_same(mica::except(canadians, select(col<&Customer::City>).where(col<&Customer::State> == "ON"))
                    .order_by(col<&Customer::City>),
                "SELECT * FROM (SELECT City FROM Customer WHERE Country = 'Canada' UNION SELECT City FROM Employee "
                "WHERE Country = 'Canada') EXCEPT SELECT City FROM Customer WHERE State = 'ON' ORDER BY 1");
}

TEST_F(ChinookSets, rows_in_one_of_two_queries) {
    const auto rock = select(col<&Track::id>).where(col<&Track::genre_id> == 1);
    const auto long_ones = select(col<&Track::id>).where(col<&Track::milliseconds> > 600000);
    expect_same(
        select(col<&Track::name>).where(col<&Track::id>.in(mica::intersect(rock, long_ones))).order_by(col<&Track::id>),
        "SELECT Name FROM Track WHERE TrackId IN (SELECT TrackId FROM Track WHERE GenreId = 1 INTERSECT "
        "SELECT TrackId FROM Track WHERE Milliseconds > 600000) ORDER BY TrackId");
}

TEST_F(ChinookSets, the_rows_of_a_union_are_counted) {
    const auto people = mica::subquery<"people">(
        mica::union_all(select(col<&Customer::Country>.as<"country">()), select(col<&Employee::country>)));
    expect_same(select(people.col<"country">, mica::count())
                    .from(people)
                    .group_by(people.col<"country">)
                    .order_by(mica::count().desc(), people.col<"country">),
                "SELECT country, count(*) FROM (SELECT Country AS country FROM Customer UNION ALL SELECT Country "
                "FROM Employee) GROUP BY country ORDER BY count(*) DESC, country");
}

}  // namespace
}  // namespace integration_chinook_sets
