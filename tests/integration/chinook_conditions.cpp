// SPDX-License-Identifier: BSL-1.0
#include <support/chinook_query.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace integration_chinook_conditions {
namespace {

using namespace chinook;
using mica::col;
using mica::count;
using mica::select;

class ChinookConditions : public mica::test::ChinookQuery {};

TEST_F(ChinookConditions, a_list_of_countries) {
    const std::set<std::string> countries{"Norway", "Denmark", "Sweden", "Finland", "Iceland"};
    expect_same(select(col<&Customer::LastName>, col<&Customer::Country>)
                    .where(col<&Customer::Country>.in(countries) && !col<&Customer::City>.in({"Oslo"}))
                    .order_by(col<&Customer::LastName>),
                "SELECT LastName, Country FROM Customer WHERE Country IN ('Norway', 'Denmark', 'Sweden', 'Finland', "
                "'Iceland') AND NOT City IN ('Oslo') ORDER BY LastName");
}

TEST_F(ChinookConditions, tracks_of_the_albums_of_some_artists) {
    const auto artists = select(col<&Artist::id>).where(col<&Artist::name>.in({"U2", "Queen", "Metallica"}));
    const auto albums = select(col<&Album::id>).where(col<&Album::artist_id>.in(artists));
    expect_same(select(col<&Track::name>)
                    .where(col<&Track::album_id>.in(albums) && col<&Track::name>.starts_with("The "))
                    .order_by(col<&Track::id>),
                "SELECT Name FROM Track WHERE AlbumId IN (SELECT AlbumId FROM Album WHERE ArtistId IN (SELECT ArtistId "
                "FROM Artist WHERE Name IN ('U2', 'Queen', 'Metallica'))) AND Name LIKE 'The %' ORDER BY TrackId");
}

TEST_F(ChinookConditions, invoices_between_two_dates) {
    using namespace std::chrono;
    const sys_seconds begin = sys_days{year{2023} / 6 / 15};
    const sys_seconds end = sys_days{year{2023} / 7 / 15};
    expect_same(select(col<&Invoice::id>, col<&Invoice::date>, col<&Invoice::country>)
                    .where(col<&Invoice::date>.between(begin, end))
                    .order_by(col<&Invoice::date>.desc(), col<&Invoice::id>),
                "SELECT InvoiceId, InvoiceDate, BillingCountry FROM Invoice WHERE InvoiceDate BETWEEN "
                "'2023-06-15 00:00:00' AND '2023-07-15 00:00:00' ORDER BY InvoiceDate DESC, InvoiceId");
}

TEST_F(ChinookConditions, like_ignores_the_case_and_glob_does_not) {
    expect_same(select(col<&Track::name>)
                    .where(col<&Track::name>.like("%love%") && !col<&Track::name>.glob("*Love*"))
                    .order_by(col<&Track::id>),
                "SELECT Name FROM Track WHERE Name LIKE '%love%' AND NOT Name GLOB '*Love*' ORDER BY TrackId");
}

TEST_F(ChinookConditions, signs_of_patterns_are_found_as_they_are) {
    expect_same(select(col<&Track::name>)
                    .where(col<&Track::name>.contains("%") || col<&Track::name>.contains("_") ||
                           col<&Track::name>.ends_with("\\"))
                    .order_by(col<&Track::id>),
                "SELECT Name FROM Track WHERE instr(Name, '%') OR instr(Name, '_') OR substr(Name, -1) = '\\' "
                "ORDER BY TrackId");
}

TEST_F(ChinookConditions, names_are_compared_and_sorted_without_regard_to_case) {
    expect_same(select(col<&Artist::name>)
                    .where(col<&Artist::name>.collate<"NOCASE">().between("ac/dc", "audioslave"))
                    .order_by(col<&Artist::name>.collate<"NOCASE">().desc()),
                "SELECT Name FROM Artist WHERE Name COLLATE NOCASE BETWEEN 'ac/dc' AND 'audioslave' "
                "ORDER BY Name COLLATE NOCASE DESC");
}

TEST_F(ChinookConditions, null_is_told_from_every_value) {
    expect_same(select(col<&Customer::CustomerId>, col<&Customer::State>)
                    .where(col<&Customer::State>.is_distinct_from("CA") && col<&Customer::Fax> == std::nullopt &&
                           (col<&Customer::Company>.is_not_null() || col<&Customer::Country> == "USA"))
                    .order_by(col<&Customer::State>.nulls_last(), col<&Customer::CustomerId>),
                "SELECT CustomerId, State FROM Customer WHERE State IS NOT 'CA' AND Fax IS NULL AND (Company IS NOT "
                "NULL OR Country = 'USA') ORDER BY State NULLS LAST, CustomerId");
}

TEST_F(ChinookConditions, row_values_are_compared_from_left_to_right) {
    expect_same(select(col<&Customer::LastName>, col<&Customer::FirstName>)
                    .where(mica::row(col<&Customer::LastName>, col<&Customer::FirstName>) > mica::row("Peterson", "J"))
                    .order_by(col<&Customer::LastName>, col<&Customer::FirstName>)
                    .limit(10),
                "SELECT LastName, FirstName FROM Customer WHERE (LastName, FirstName) > ('Peterson', 'J') "
                "ORDER BY LastName, FirstName LIMIT 10");
}

TEST_F(ChinookConditions, pairs_are_looked_for_in_a_list) {
    const std::vector<std::pair<std::string, std::string>> places{{"Canada", "ON"}, {"USA", "CA"}, {"Canada", "CA"}};
    expect_same(select(col<&Customer::City>, col<&Customer::State>)
                    .where(mica::row(col<&Customer::Country>, col<&Customer::State>).in(places))
                    .order_by(col<&Customer::CustomerId>),
                "SELECT City, State FROM Customer WHERE (Country, State) IN (VALUES ('Canada', 'ON'), ('USA', 'CA'), "
                "('Canada', 'CA')) ORDER BY CustomerId");
}

TEST_F(ChinookConditions, ten_thousand_values_are_one_parameter) {
    std::vector<std::int64_t> ids;
    for (std::int64_t id = 1; id <= 10000; ++id) ids.push_back(id * 7);
    expect_same(select(count(), mica::min(col<&Track::id>), mica::max(col<&Track::id>)).where(col<&Track::id>.in(ids)),
                "SELECT count(*), min(TrackId), max(TrackId) FROM Track WHERE TrackId % 7 = 0");
}

}  // namespace
}  // namespace integration_chinook_conditions
